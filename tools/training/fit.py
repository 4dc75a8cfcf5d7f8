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
from network import INNER_SIDE, EmotionNet, prepared
from start_weights import begin

BATCH = 64
RATE_MAX = 1.2e-3
# The last layer begins from nothing, so it learns this much faster.
HEAD_FACTOR = 3.0
WARM_UP_STEPS = 400
# AdamW's: a step takes this times the rate off every weight (Loshchilov and Hutter 2019).
DECAY = 0.05
SMOOTHING = 0.05
# How much of a face's target is what the teachers say of it (Hinton et al. 2015); the rest is its label.
TEACHERS_SHARE = 0.5
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


class Plan(NamedTuple):
    epochs: int
    seed: int


def lesson_of(seen: Faces, opinions: np.ndarray | None) -> Lesson:
    """`opinions` is what teachers think of each face, probabilities [n, classes]; None where there are none."""
    classes = len(CLASSES)
    targets = F.one_hot(torch.from_numpy(seen.labels), classes) * (1 - SMOOTHING) + SMOOTHING / classes
    if opinions is not None:
        targets = targets.lerp(torch.from_numpy(opinions), TEACHERS_SHARE)
    return Lesson(torch.from_numpy(seen.pixels.copy()), targets)


def new_run(lesson: Lesson, start: dict) -> Run:
    net = EmotionNet(len(CLASSES)).eval()
    begin(net, start, prepared(lesson.pixels[:START_FACES].unsqueeze(1).float() / 255))
    net = net.to(memory_format=torch.channels_last)
    kernels = [weight for weight in net.layers.parameters() if weight.ndim > 1]
    others = [weight for weight in net.layers.parameters() if weight.ndim == 1]
    groups = [
        {"params": list(net.head.parameters()), "factor": HEAD_FACTOR, "weight_decay": DECAY},
        {"params": kernels, "factor": 1.0, "weight_decay": DECAY},
        {"params": others, "factor": 1.0, "weight_decay": 0.0},
    ]
    return Run(net, copy.deepcopy(net).requires_grad_(False), torch.optim.AdamW(groups, RATE_MAX), [])


def resume(run: Run, checkpoint: Path) -> None:
    stored = torch.load(checkpoint)
    run.net.load_state_dict(stored["net"])
    run.average.load_state_dict(stored["average"])
    run.optimiser.load_state_dict(stored["optimiser"])
    run.history.extend(stored["history"])


def fit(lesson: Lesson, aside: Faces, start: dict, plan: Plan, checkpoint: Path) -> EmotionNet:
    """Trains for `plan.epochs` passes over `lesson`, going on from `checkpoint` if it exists; returns the averaged net."""
    torch.manual_seed(plan.seed)
    run = new_run(lesson, start)
    if checkpoint.exists():
        resume(run, checkpoint)
    for epoch in range(len(run.history), plan.epochs):
        started = time.monotonic()
        # Seeded by the epoch: a resumed training draws what an uninterrupted one would have drawn.
        torch.manual_seed(plan.seed * 10_000 + epoch)
        loss = one_epoch(run, lesson, epoch, plan.epochs)
        accuracy = float((logits_of(run.average, aside.pixels).argmax(1) == aside.labels).mean())
        seconds = time.monotonic() - started
        run.history.append({"epoch": epoch + 1, "loss": loss, "aside_accuracy": accuracy, "seconds": seconds})
        store(run, checkpoint)
        print(f"epoch {epoch + 1}/{plan.epochs}: loss {loss:.4f}, set aside {accuracy:.4f}, {seconds:.0f} s", flush=True)
    return run.average.eval()


def store(run: Run, checkpoint: Path) -> None:
    """Replaces the checkpoint in one step, so that a kill leaves the last whole one."""
    part = checkpoint.with_suffix(".part")
    torch.save(run.state(), part)
    part.replace(checkpoint)


def rate_at(step: int, steps: int) -> float:
    """Cosine from RATE_MAX to 0 after a linear start."""
    return RATE_MAX * min(1.0, (step + 1) / WARM_UP_STEPS) * (1 + math.cos(math.pi * step / steps)) / 2


def one_epoch(run: Run, lesson: Lesson, epoch: int, epochs: int) -> float:
    run.net.train()
    order = torch.randperm(len(lesson.targets))
    steps = len(order) // BATCH
    losses = []
    for step, chosen in zip(range(epoch * steps, (epoch + 1) * steps), order.split(BATCH)):
        for group in run.optimiser.param_groups:
            group["lr"] = rate_at(step, steps * epochs) * group["factor"]
        x = augment(lesson.pixels[chosen], INNER_SIDE).contiguous(memory_format=torch.channels_last)
        losses.append(one_step(run, x, lesson.targets[chosen]))
        follow(run.average, run.net, step)
    return float(np.mean(losses))


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
