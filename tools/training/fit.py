"""Fits the emotion network: the epochs, their schedule, the averaged weights and the checkpoint after each."""
import copy
import math
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from augment import augment
from faces import CLASSES, Faces
from measure import logits_of
from network import EmotionNet, prepared, standardise
from recipe import Stage
from start_weights import begin

BATCH = 64
# The last layer begins from nothing, so it learns this much faster.
HEAD_FACTOR = 3.0
WARM_UP_STEPS = 400
# AdamW's: a step takes this times the rate off every weight (Loshchilov and Hutter 2019).
DECAY = 0.05
MIXED_BATCHES_SHARE = 0.5
AVERAGE_KEEP = 0.999
GRADIENT_NORM_MAX = 2.0
# Faces whose statistics the network begins with.
START_FACES = 256


class Run(NamedTuple):
    """Everything that a resumed training needs to go on as if it had never stopped."""

    net: EmotionNet
    average: EmotionNet
    optimiser: torch.optim.Optimizer
    history: list

    def state(self) -> dict:
        return {
            "net": self.net.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "history": self.history,
        }


class Lesson(NamedTuple):
    """Faces to learn from: `pixels` uint8 [n, 48, 48] and `targets` float32 [n, classes]."""

    pixels: torch.Tensor
    targets: torch.Tensor


def lesson_of(seen: Faces, opinions: np.ndarray | None, stage: Stage) -> Lesson:
    """`opinions` is what teachers think of each face, probabilities [n, classes]; None where there are none."""
    classes = len(CLASSES)
    targets = F.one_hot(torch.from_numpy(seen.labels), classes) * (1 - stage.smoothing) + stage.smoothing / classes
    if opinions is not None:
        targets = targets.lerp(torch.from_numpy(opinions), stage.teachers_share)
    return Lesson(torch.from_numpy(seen.pixels.copy()), targets)


def begun(seen: Faces, start: dict, stage: Stage) -> EmotionNet:
    """A network with the weights that know faces, and a last layer that has learnt nothing."""
    net = EmotionNet(len(CLASSES), stage.side).eval()
    begin(net, start, prepared(torch.from_numpy(seen.pixels[:START_FACES].copy()).unsqueeze(1).float() / 255, stage.side))
    return net


def new_run(start: EmotionNet, stage: Stage) -> Run:
    net = copy.deepcopy(start).requires_grad_(True).to(memory_format=torch.channels_last)
    kernels = [weight for weight in net.layers.parameters() if weight.ndim > 1]
    others = [weight for weight in net.layers.parameters() if weight.ndim == 1]
    groups = [
        {"params": list(net.head.parameters()), "factor": HEAD_FACTOR, "weight_decay": DECAY},
        {"params": kernels, "factor": 1.0, "weight_decay": DECAY},
        {"params": others, "factor": 1.0, "weight_decay": 0.0},
    ]
    return Run(net, copy.deepcopy(net).requires_grad_(False), torch.optim.AdamW(groups, stage.rate_max), [])


def resume(run: Run, checkpoint: Path) -> None:
    stored = torch.load(checkpoint)
    run.net.load_state_dict(stored["net"])
    run.average.load_state_dict(stored["average"])
    run.optimiser.load_state_dict(stored["optimiser"])
    run.history.extend(stored["history"])


def fit(lesson: Lesson, aside: Faces, start: EmotionNet, stage: Stage, seed: int, checkpoint: Path) -> EmotionNet:
    """
    Trains a copy of `start` for `stage.epochs` passes over `lesson`, going on from `checkpoint` if it exists; returns the
    averaged net.
    """
    run = new_run(start, stage)
    if checkpoint.exists():
        resume(run, checkpoint)
    for epoch in range(len(run.history), stage.epochs):
        started = time.monotonic()
        # Seeded by the epoch: a resumed training draws what an uninterrupted one would have drawn.
        torch.manual_seed(seed * 10_000 + epoch)
        loss = one_epoch(run, lesson, epoch, stage)
        accuracy = float((logits_of(run.average, aside.pixels).argmax(1) == aside.labels).mean())
        seconds = time.monotonic() - started
        run.history.append({"epoch": epoch + 1, "loss": loss, "aside_accuracy": accuracy, "seconds": seconds})
        store(run, checkpoint)
        said = f"loss {loss:.4f}, set aside {accuracy:.4f}, {seconds:.0f} s"
        print(f"{stage.name}, epoch {epoch + 1}/{stage.epochs}: {said}", flush=True)
    return run.average.eval()


def store(run: Run, checkpoint: Path) -> None:
    """Replaces the checkpoint in one step, so that a kill leaves the last whole one."""
    part = checkpoint.with_suffix(".part")
    torch.save(run.state(), part)
    part.replace(checkpoint)


def rate_share(step: int, steps: int) -> float:
    """Cosine from 1 to 0 after a linear start."""
    return min(1.0, (step + 1) / WARM_UP_STEPS) * (1 + math.cos(math.pi * step / steps)) / 2


def one_epoch(run: Run, lesson: Lesson, epoch: int, stage: Stage) -> float:
    run.net.train()
    order = torch.randperm(len(lesson.targets))
    steps = len(order) // BATCH
    losses = []
    for step, chosen in zip(range(epoch * steps, (epoch + 1) * steps), order.split(BATCH)):
        for group in run.optimiser.param_groups:
            group["lr"] = stage.rate_max * rate_share(step, steps * stage.epochs) * group["factor"]
        x, targets = mixed(augment(lesson.pixels[chosen], stage.side), lesson.targets[chosen], stage.mixing)
        losses.append(one_step(run, x.contiguous(memory_format=torch.channels_last), targets))
        follow(run.average, run.net, step)
    return float(np.mean(losses))


def mixed(x: torch.Tensor, targets: torch.Tensor, mixing: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Half of the time, each face and its target blended with those of another of the batch."""
    if mixing == 0 or torch.rand(()) >= MIXED_BATCHES_SHARE:
        return x, targets
    share = torch.distributions.Beta(mixing, mixing).sample()
    others = torch.randperm(len(x))
    return standardise(x.lerp(x[others], 1 - share)), targets.lerp(targets[others], 1 - share)


def one_step(run: Run, x: torch.Tensor, targets: torch.Tensor) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = run.net.from_prepared(x)
    loss = -(targets * F.log_softmax(logits.float(), 1)).sum(1).mean()
    run.optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(run.net.parameters(), GRADIENT_NORM_MAX)
    run.optimiser.step()
    return float(loss)


@torch.no_grad()
def follow(average: EmotionNet, net: EmotionNet, step: int) -> None:
    """Exponential average of weights and batch statistics (Polyak and Juditsky 1992), shorter over the first steps."""
    keep = min(AVERAGE_KEEP, (step + 2) / (step + 11))
    for kept, latest in zip(average.state_dict().values(), net.state_dict().values()):
        if kept.dtype.is_floating_point:
            kept.lerp_(latest, 1 - keep)
        else:
            kept.copy_(latest)
