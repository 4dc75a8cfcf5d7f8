"""The stages from weights that know faces to the network that is served, and every number in which they differ."""
from typing import NamedTuple

import torch

from network import EmotionNet


class Stage(NamedTuple):
    name: str
    # Pixels a side that faces are enlarged to.
    side: int
    epochs: int
    rate_max: float
    # Of a label's certainty, spread evenly over all classes (Szegedy et al. 2016).
    smoothing: float
    # How much of a face's target is what the teachers say of it (Hinton et al. 2015); the rest is its label.
    teachers_share: float
    # Half of the batches hold means of two faces, weighted by Beta(mixing, mixing) (Zhang et al. 2018); 0 for none.
    mixing: float
    # Added to the command's: stages that begin alike draw differently.
    seed: int


# On labels alone, to teach the next.
TEACHER = Stage("teacher", 96, 8, 1e-3, 0.1, 0.0, 0.0, 0)
# With finer pictures than are served; the second goes on from the first.
LARGE = Stage("large", 112, 20, 1.2e-3, 0.05, 0.5, 0.0, 1)
LONGER = Stage("longer", 112, 10, 6e-4, 0.0, 0.5, 0.0, 2)
# Both go on from the mean of those; what is served is their weighted mean.
MIXED = Stage("mixed", 96, 14, 1e-3, 0.1, 0.5, 0.4, 3)
PLAIN = Stage("plain", 96, 14, 7e-4, 0.1, 0.7, 0.0, 4)
MIXED_SHARE = 0.75
# Opinions of the 112-pixel networks count this much in the mean of all teachers, the others once.
LARGE_VOICE = 2


@torch.no_grad()
def mean_net(first: EmotionNet, second: EmotionNet, first_share: float) -> EmotionNet:
    """Weights between two networks that began from the same ones and lie in one basin (Wortsman et al. 2022)."""
    mean = EmotionNet(first.classes, first.side).eval()
    kept, others = first.state_dict(), second.state_dict()
    shares = {name: kept[name].lerp(others[name], 1 - first_share) for name in kept if kept[name].is_floating_point()}
    mean.load_state_dict({**kept, **shares})
    return mean


@torch.no_grad()
def seen_at(net: EmotionNet, side: int) -> EmotionNet:
    """A copy that enlarges faces to `side` pixels; convolutions fit any."""
    copied = EmotionNet(net.classes, side).eval()
    copied.load_state_dict(net.state_dict())
    return copied
