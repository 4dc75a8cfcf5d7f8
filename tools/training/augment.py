"""Changes training faces as cameras, light, detectors and hands do."""
import math

import torch
import torch.nn.functional as F

from network import standardise

TURN_MAX_RADIANS = math.radians(12)
ZOOM_MAX, STRETCH_MAX = 0.15, 0.06
# In half sides of the picture: the detector's boxes wander by about a twentieth of a face.
SHIFT_MAX = 0.12
# Share of pictures that each change below touches: clean faces must stay part of what is learnt.
LIGHT_SHARE, BLUR_SHARE, NOISE_SHARE, COVER_SHARE = 0.5, 0.3, 0.3, 0.25
GAMMA_MAX = 0.4
# Of a picture's own deviation.
NOISE_MAX = 0.15
# Side of the covering rectangle as a share of the picture's.
COVER_MIN, COVER_MAX = 0.1, 0.4


def between(count: int, low: float, high: float) -> torch.Tensor:
    return torch.empty(count, 1, 1, 1).uniform_(low, high)


def some(count: int, share: float) -> torch.Tensor:
    return (torch.rand(count, 1, 1, 1) < share).float()


def augment(pixels: torch.Tensor, side: int) -> torch.Tensor:
    """uint8 [n, 48, 48] to what the network's layers take, [n, 1, side, side], each changed in its own way."""
    x = reframe(pixels.unsqueeze(1).float() / 255, side)
    return cover(grain(blur(standardise(light(x)))))


def reframe(x: torch.Tensor, side: int) -> torch.Tensor:
    """Mirror, turn, zoom, stretch, shift and enlarge; over the edge the nearest pixel is repeated, as the server does."""
    n = len(x)
    turn = between(n, -TURN_MAX_RADIANS, TURN_MAX_RADIANS).flatten()
    zoom = between(n, -ZOOM_MAX, ZOOM_MAX).flatten()
    stretch = between(n, -STRETCH_MAX, STRETCH_MAX).flatten()
    shift = between(2 * n, -SHIFT_MAX, SHIFT_MAX).view(n, 2)
    mirror = torch.where(torch.rand(n) < 0.5, -1.0, 1.0)
    across, down = torch.exp(zoom + stretch), torch.exp(zoom - stretch)
    cosine, sine = torch.cos(turn), torch.sin(turn)
    row_x = [across * cosine * mirror, -across * sine, shift[:, 0]]
    row_y = [down * sine * mirror, down * cosine, shift[:, 1]]
    rows = torch.stack(row_x + row_y, 1)
    grid = F.affine_grid(rows.view(n, 2, 3), [n, 1, side, side], align_corners=False)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def light(x: torch.Tensor) -> torch.Tensor:
    gamma = torch.exp(between(len(x), -GAMMA_MAX, GAMMA_MAX) * some(len(x), LIGHT_SHARE))
    return x.clamp(1e-3, 1).pow(gamma)


def blur(x: torch.Tensor) -> torch.Tensor:
    """A lens out of focus, by more or less."""
    binomial = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    padded = F.pad(x, (2, 2, 2, 2), mode="replicate")
    blurred = F.conv2d(F.conv2d(padded, binomial.view(1, 1, 1, 5)), binomial.view(1, 1, 5, 1))
    return torch.lerp(x, blurred, between(len(x), 0, 1) * some(len(x), BLUR_SHARE))


def grain(x: torch.Tensor) -> torch.Tensor:
    return x + torch.randn_like(x) * between(len(x), 0, NOISE_MAX) * some(len(x), NOISE_SHARE)


def cover(x: torch.Tensor) -> torch.Tensor:
    """One even rectangle over part of the face: a hand, a fringe, a microphone (DeVries and Taylor 2017)."""
    n, side = len(x), x.shape[-1]
    at = torch.arange(side).float()
    height, width = between(n, COVER_MIN * side, COVER_MAX * side), between(n, COVER_MIN * side, COVER_MAX * side)
    centre_y, centre_x = between(n, 0, side), between(n, 0, side)
    near_y = (at.view(1, 1, side, 1) - centre_y).abs() < height / 2
    near_x = (at.view(1, 1, 1, side) - centre_x).abs() < width / 2
    return x * (1 - (near_y & near_x).float() * some(n, COVER_SHARE))
