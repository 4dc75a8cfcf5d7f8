"""Changes training faces as cameras, light, detectors and hands do."""
import math

import torch
import torch.nn.functional as F

# Share of pictures that each change touches: clean faces must stay part of what is learnt.
FRAMING_SHARE = 0.9
LIGHT_SHARE = 0.6
SHARPNESS_SHARE = 0.5
NOISE_SHARE = 0.3
COVER_SHARE = 0.3

TURN_MAX_RADIANS = math.radians(15)
ZOOM_MAX = math.log(1.22)
STRETCH_MAX = math.log(1.1)
# In half sides of the picture: the detector's boxes wander by about a tenth of a face.
SHIFT_MAX = 0.2
GAMMA_MAX = math.log(1.7)
SLOPE_MAX = 0.4
EXPOSURE_MAX = 0.2
NOISE_MAX = 0.06
# Side of the covering rectangle as a share of the picture's.
COVER_MIN, COVER_MAX = 0.15, 0.45


def between(count: int, low: float, high: float) -> torch.Tensor:
    return torch.empty(count, 1, 1, 1).uniform_(low, high)


def some(count: int, share: float) -> torch.Tensor:
    return (torch.rand(count, 1, 1, 1) < share).float()


def augment(pixels: torch.Tensor, side: int) -> torch.Tensor:
    """uint8 [n, 48, 48] to gray pictures in 0..1, [n, 1, side, side], each changed in its own way."""
    x = reframe(pixels.unsqueeze(1).float() / 255, side)
    return cover(grain(sharpness(light(x))))


def reframe(x: torch.Tensor, side: int) -> torch.Tensor:
    """Mirror, turn, zoom, stretch and shift; over the edge the nearest pixel is repeated, as the server does."""
    n = len(x)
    touched = some(n, FRAMING_SHARE).flatten()
    turn = between(n, -TURN_MAX_RADIANS, TURN_MAX_RADIANS).flatten() * touched
    zoom = between(n, -ZOOM_MAX, ZOOM_MAX).flatten() * touched
    stretch = between(n, -STRETCH_MAX, STRETCH_MAX).flatten() * touched
    shift = between(2 * n, -SHIFT_MAX, SHIFT_MAX).view(n, 2) * touched[:, None]
    mirror = torch.where(torch.rand(n) < 0.5, -1.0, 1.0)
    across, down = torch.exp(zoom + stretch), torch.exp(zoom - stretch)
    cosine, sine = torch.cos(turn), torch.sin(turn)
    row_x = [across * cosine * mirror, -across * sine, shift[:, 0]]
    row_y = [down * sine * mirror, down * cosine, shift[:, 1]]
    rows = torch.stack(row_x + row_y, 1)
    grid = F.affine_grid(rows.view(n, 2, 3), [n, 1, side, side], align_corners=False)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def light(x: torch.Tensor) -> torch.Tensor:
    """Gamma, light from one side, exposure that clips."""
    n, side = len(x), x.shape[-1]
    touched = some(n, LIGHT_SHARE)
    along = torch.linspace(-1, 1, side)
    angle = between(n, 0, 2 * math.pi)
    slope = along.view(1, 1, 1, side) * torch.cos(angle) + along.view(1, 1, side, 1) * torch.sin(angle)
    gamma = torch.exp(between(n, -GAMMA_MAX, GAMMA_MAX) * touched)
    gain = 1 + between(n, 0, SLOPE_MAX) * slope * touched
    exposure = between(n, -EXPOSURE_MAX, EXPOSURE_MAX) * touched
    return (x.clamp(1e-3, 1).pow(gamma) * gain * (1 + exposure) + exposure / 4).clamp(0, 1)


def sharpness(x: torch.Tensor) -> torch.Tensor:
    """From a defocused lens (-1: the blurred picture) to an over-sharpened one."""
    binomial = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    padded = F.pad(x, (2, 2, 2, 2), mode="replicate")
    blurred = F.conv2d(F.conv2d(padded, binomial.view(1, 1, 1, 5)), binomial.view(1, 1, 5, 1))
    return x + (x - blurred) * between(len(x), -1.0, 0.8) * some(len(x), SHARPNESS_SHARE)


def grain(x: torch.Tensor) -> torch.Tensor:
    strength = between(len(x), 0, NOISE_MAX) * some(len(x), NOISE_SHARE)
    return (x + torch.randn_like(x) * strength).clamp(0, 1)


def cover(x: torch.Tensor) -> torch.Tensor:
    """One even rectangle over part of the face: a hand, a fringe, a microphone (DeVries and Taylor 2017)."""
    n, side = len(x), x.shape[-1]
    at = torch.arange(side).float()
    height, width = between(n, COVER_MIN * side, COVER_MAX * side), between(n, COVER_MIN * side, COVER_MAX * side)
    centre_y, centre_x = between(n, 0, side), between(n, 0, side)
    near_y = (at.view(1, 1, side, 1) - centre_y).abs() < height / 2
    near_x = (at.view(1, 1, 1, side) - centre_x).abs() < width / 2
    covered = (near_y & near_x).float() * some(n, COVER_SHARE)
    return x * (1 - covered) + between(n, 0, 1) * covered
