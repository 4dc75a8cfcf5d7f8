"""Writes models/emotion: the graph, the manifest with its figures, and the answers that prove the export."""
import hashlib
import json
from pathlib import Path

import numpy as np

from faces import CLASSES
from graph_file import write_graph
from measure import logits_of
from network import INPUT_SIDE, EmotionNet

TOPOLOGY, WEIGHTS = "model.json", "weights.bin"
NAME, LICENCE = "neurolearn-emotion", "MIT"
# TensorFlow.js may be this far from the trainer, relative to 1 + |logit|.
TOLERANCE = 1e-4
REFERENCE_PICTURES = 8


def warm_up_picture(side: int) -> np.ndarray:
    """The luma (ITU-R BT.601) of the picture in src/ml/warm_up.ts, [side, side] in 0..255, not rounded."""
    y, x = np.mgrid[0:side, 0:side]
    red, green, blue = ((7 * x + 13 * y + 29 * c + x * y) % 256 for c in range(3))
    return (0.299 * red + 0.587 * green + 0.114 * blue).astype(np.float32)


def reference_pictures(side: int) -> np.ndarray:
    """Bytes `(((k + 1) x² + (2k + 1) y² + k x y) >> (k + 3)) mod 256`; the later, the smoother."""
    y, x = np.mgrid[0:side, 0:side]
    made = [((k + 1) * x * x + (2 * k + 1) * y * y + k * x * y >> (k + 3)) % 256 for k in range(REFERENCE_PICTURES)]
    return np.array(made, np.uint8)


def write_model_folder(net: EmotionNet, folder: Path, version: str, output: dict, metrics: list) -> None:
    """`net` is folded; `output` holds temperature and confidenceMin, `metrics` what the manifest states so."""
    folder.mkdir(parents=True, exist_ok=True)
    write_graph(net, folder / TOPOLOGY, folder / WEIGHTS)
    manifest = {
        "task": "emotion",
        "name": NAME,
        "version": version,
        "licence": LICENCE,
        "source": {"kind": "folder"},
        "topology": described(folder / TOPOLOGY),
        "weights": [described(folder / WEIGHTS)],
        "input": {"width": INPUT_SIDE, "height": INPUT_SIDE, "channels": 1, "scale": 1 / 255, "offset": 0},
        "output": {"kind": "logits", "classes": list(CLASSES), **output},
        "metrics": metrics,
        "warmUp": {
            "width": INPUT_SIDE,
            "height": INPUT_SIDE,
            "every": 1,
            "expected": rounded(logits_of(net, warm_up_picture(INPUT_SIDE)[None]))[0],
            "tolerance": TOLERANCE,
        },
    }
    write_json(folder / "manifest.json", manifest)
    write_json(folder / "reference.json", {"logits": rounded(logits_of(net, reference_pictures(INPUT_SIDE)))})


def described(file: Path) -> dict:
    return {"path": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def rounded(logits: np.ndarray) -> list:
    return [[round(float(value), 6) for value in row] for row in logits]


def write_json(file: Path, value: dict) -> None:
    file.write_text(json.dumps(value, indent=2) + "\n")
