"""Fits the emotion network: the epochs, their schedule, the averaged weights and the checkpoint after each."""
import copy
import math
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import multiprocessing

from augment import augment
from faces import CLASSES, Faces
from gradient_pool import GradientPool
from measure import logits_of
from network import INPUT_SIDE, EmotionNet

BATCH = 128
RATE_MAX = 3e-3
WARM_UP_EPOCHS = 1
# AdamW's: a step takes this times the rate off every weight (Loshchilov and Hutter 2019).
DECAY = 0.05
# (share of the training, side of the pictures): small ones cost less, and coarse features come first (Tan and Le 2021).
SIDES = ((0.35, 32), (0.57, 40), (0.08, INPUT_SIDE))
# A class of n faces is seen n^0.8 times, relatively: disgust has 1.5 % of the faces.
BALANCE_POWER = 0.8
SMOOTHING = 0.05
MIX_SHARE, MIX_ALPHA = 0.15, 0.3
# The last epochs see no mixed faces, so that the net ends on pictures like those it will meet.
MIX_UNTIL = 0.85
# FER2013's labels disagree with themselves about a third of the time. Once the net has learnt the plain cases, its
# own running opinion of a face is blended into the face's label (Lu and He 2022), up to this share.
OPINION_FROM, OPINION_SHARE, OPINION_KEEP = 0.3, 0.3, 0.9
AVERAGE_KEEP = 0.999


class Run(NamedTuple):
    """Everything that a resumed training needs to go on as if it had never stopped."""

    net: EmotionNet
    average: EmotionNet
    optimiser: torch.optim.Optimizer
    opinions: torch.Tensor
    history: list

    def state(self) -> dict:
        return {
            "net": self.net.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "opinions": self.opinions,
            "history": self.history,
        }


class Share(NamedTuple):
    """Which of the processes that train together this one is."""

    pool: GradientPool
    worker: int


class Span(NamedTuple):
    """Where in the whole training an epoch lies."""

    epoch: int
    epochs: int
    seed: int


def new_run(labels: torch.Tensor) -> Run:
    net = EmotionNet(len(CLASSES)).to(memory_format=torch.channels_last)
    weights = [p for p in net.parameters() if p.ndim > 1]
    others = [p for p in net.parameters() if p.ndim == 1]
    groups = [{"params": weights, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, RATE_MAX)
    return Run(net, copy.deepcopy(net).requires_grad_(False), optimiser, F.one_hot(labels, len(CLASSES)).float(), [])


def resume(run: Run, checkpoint: Path) -> None:
    stored = torch.load(checkpoint)
    run.net.load_state_dict(stored["net"])
    run.average.load_state_dict(stored["average"])
    run.optimiser.load_state_dict(stored["optimiser"])
    run.opinions.copy_(stored["opinions"])
    run.history.extend(stored["history"])


def fit(seen: Faces, aside: Faces, epochs: int, seed: int, workers: int, checkpoint: Path) -> EmotionNet:
    """Trains for `epochs` passes over `seen`, going on from `checkpoint` if it exists; returns the averaged net."""
    torch.manual_seed(seed)
    labels, pixels = torch.from_numpy(seen.labels), torch.from_numpy(seen.pixels.copy())
    run = new_run(labels)
    run.opinions.share_memory_()
    if checkpoint.exists():
        resume(run, checkpoint)
    pool = GradientPool(workers, sum(weight.numel() for weight in run.net.parameters()))

    def work(worker: int) -> None:
        torch.set_num_threads(1)
        for epoch in range(len(run.history), epochs):
            started = time.monotonic()
            loss = one_epoch(run, Share(pool, worker), pixels, labels, Span(epoch, epochs, seed))
            if worker > 0:
                continue
            accuracy = float((logits_of(run.average, aside.pixels).argmax(1) == aside.labels).mean())
            seconds = time.monotonic() - started
            run.history.append({"epoch": epoch + 1, "loss": loss, "aside_accuracy": accuracy, "seconds": seconds})
            store(run, checkpoint)
            print(f"epoch {epoch + 1}/{epochs}: loss {loss:.4f}, set aside {accuracy:.4f}, {seconds:.0f} s", flush=True)

    others = [multiprocessing.get_context("fork").Process(target=work, args=(worker,)) for worker in range(1, workers)]
    for other in others:
        other.start()
    work(0)
    for other in others:
        other.join()
    return run.average


def store(run: Run, checkpoint: Path) -> None:
    """Replaces the checkpoint in one step, so that a kill leaves the last whole one."""
    part = checkpoint.with_suffix(".part")
    torch.save(run.state(), part)
    part.replace(checkpoint)


def rate_at(done: float, epochs: int) -> float:
    """Cosine from RATE_MAX to 0 after a linear start; `done` in epochs."""
    return RATE_MAX * min(1.0, done / WARM_UP_EPOCHS) * (1 + math.cos(math.pi * done / epochs)) / 2


def side_at(progress: float) -> int:
    """The pictures' side in pixels at this share of the training."""
    end = 0.0
    for share, side in SIDES:
        end += share
        if progress < end:
            return side
    return INPUT_SIDE


def drawn_order(labels: torch.Tensor) -> torch.Tensor:
    """One epoch's faces in random order, each as often as its class's share asks; a fraction is drawn by chance."""
    counts = torch.bincount(labels).float()
    times = counts ** (BALANCE_POWER - 1)
    times *= len(labels) / (times * counts).sum()
    wanted = times[labels]
    often = torch.floor(wanted + torch.rand(len(labels))).long()
    drawn = torch.repeat_interleave(torch.arange(len(labels)), often)
    return drawn[torch.randperm(len(drawn))]


def one_epoch(run: Run, share: Share, pixels: torch.Tensor, labels: torch.Tensor, span: Span) -> float:
    run.net.train()
    # Seeded by the epoch: a resumed training draws what an uninterrupted one would have drawn.
    torch.manual_seed(span.seed * 10_000 + span.epoch)
    order = drawn_order(labels)
    # A face is always the same process's, so no two write one opinion.
    parts = [order[order % share.pool.workers == worker] for worker in range(share.pool.workers)]
    side_by_side = BATCH // share.pool.workers
    steps = min(len(part) for part in parts) // side_by_side
    torch.manual_seed((span.seed * 10_000 + span.epoch) * share.pool.workers + share.worker)
    losses = []
    for step, chosen in zip(range(steps), parts[share.worker].split(side_by_side)):
        progress = (span.epoch + step / steps) / span.epochs
        for group in run.optimiser.param_groups:
            group["lr"] = rate_at(progress * span.epochs, span.epochs)
        x = augment(pixels[chosen], side_at(progress))
        losses.append(one_step(run, share, x, labels, chosen, progress))
    share.pool.wait()
    return float(np.mean(losses))


def one_step(
    run: Run, share: Share, x: torch.Tensor, labels: torch.Tensor, chosen: torch.Tensor, progress: float
) -> float:
    is_mixed = progress < MIX_UNTIL and torch.rand(()) < MIX_SHARE
    targets = targets_for(run.opinions, labels, chosen, progress)
    if is_mixed:
        part = np.random.default_rng(int(torch.randint(2**31, ()))).beta(MIX_ALPHA, MIX_ALPHA)
        other = torch.randperm(len(x))
        x, targets = x.lerp(x[other], part), targets.lerp(targets[other], part)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = run.net(x.contiguous(memory_format=torch.channels_last))
    logits = logits.float()
    loss = -(targets * F.log_softmax(logits, 1)).sum(1).mean()
    run.optimiser.zero_grad()
    loss.backward()
    share.pool.average(share.worker, run.net)
    run.optimiser.step()
    if share.worker == 0:
        follow(run.average, run.net)
    if not is_mixed:
        run.opinions[chosen] = OPINION_KEEP * run.opinions[chosen] + (1 - OPINION_KEEP) * logits.detach().softmax(1)
    return float(loss)


def targets_for(opinions: torch.Tensor, labels: torch.Tensor, chosen: torch.Tensor, progress: float) -> torch.Tensor:
    """Smoothed labels (Szegedy et al. 2016), blended with the net's running opinion of each face."""
    classes = opinions.shape[1]
    given = F.one_hot(labels[chosen], classes) * (1 - SMOOTHING) + SMOOTHING / classes
    trust = OPINION_SHARE * max(0.0, (progress - OPINION_FROM) / (1 - OPINION_FROM))
    return given * (1 - trust) + opinions[chosen] * trust


@torch.no_grad()
def follow(average: EmotionNet, net: EmotionNet) -> None:
    """Exponential average of weights and batch statistics (Polyak and Juditsky 1992), shorter over the first steps."""
    steps = float(net.stem[1].num_batches_tracked)
    keep = min(AVERAGE_KEEP, steps / (steps + 10))
    for kept, latest in zip(average.state_dict().values(), net.state_dict().values()):
        if kept.dtype.is_floating_point:
            kept.lerp_(latest, 1 - keep)
        else:
            kept.copy_(latest)
