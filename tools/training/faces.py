"""Reads FER2013 as gray bytes with labels, and sets part of the training faces aside for choosing."""
import gzip
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


class Faces(NamedTuple):
    """`pixels` uint8 [count, 48, 48], `labels` int64 [count], indices into CLASSES, `places` in the file."""

    pixels: np.ndarray
    labels: np.ndarray
    places: np.ndarray

    def take(self, chosen):
        return Faces(self.pixels[chosen], self.labels[chosen], self.places[chosen])


def read_faces(stem: Path) -> Faces:
    """Reads `stem`.u8.gz and the `stem`.json beside it."""
    described = json.loads(stem.with_suffix(".json").read_text())
    if tuple(described["classes"]) != CLASSES:
        raise ValueError(f"{stem}: classes are {described['classes']}, expected {CLASSES}")
    side, count = described["size"], described["count"]
    with gzip.open(stem.with_suffix(".u8.gz")) as packed:
        pixels = np.frombuffer(packed.read(), np.uint8).reshape(count, side, side)
    return Faces(pixels, np.asarray(described["labels"], np.int64), np.arange(count))


def without_copies(faces: Faces, of: Faces) -> Faces:
    """Leaves out faces that are in `of` pixel for pixel: FER2013 repeats some across its parts."""
    elsewhere = {face.tobytes() for face in of.pixels}
    return faces.take(np.array([face.tobytes() not in elsewhere for face in faces.pixels]))


def set_aside(faces: Faces, share: float, seed: int) -> tuple[Faces, Faces]:
    """Splits off about `share` of every class; copies of one picture always go to the same side."""
    groups = {}
    for index, face in enumerate(faces.pixels):
        groups.setdefault(face.tobytes(), []).append(index)
    by_class = {}
    for members in groups.values():
        by_class.setdefault(int(faces.labels[members[0]]), []).append(members)
    chance = np.random.default_rng(seed)
    aside = []
    for label in sorted(by_class):
        pictures = by_class[label]
        for at in chance.permutation(len(pictures))[: round(share * len(pictures))]:
            aside.extend(pictures[at])
    is_aside = np.zeros(len(faces.labels), bool)
    is_aside[aside] = True
    return faces.take(~is_aside), faces.take(is_aside)
