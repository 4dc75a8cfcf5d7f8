"""The emotion network: a small residual net over one 48x48 gray face, light and contrast removed first."""
import torch
import torch.nn.functional as F
from torch import nn

INPUT_SIDE = 48
STEM_CHANNELS = 16
# (channels, residual blocks) at a half, a quarter and an eighth of the input's side.
STAGES = ((32, 1), (96, 2), (176, 2))
DROPOUT = 0.15
# Added to a picture's variance (bytes scaled to 0..1), so that an even picture stays even instead of becoming noise.
VARIANCE_MIN = 1e-4


def convolution(inputs: int, outputs: int, side: int = 3, stride: int = 1) -> nn.Sequential:
    """Convolution without bias and its batch normalisation, in the order the export folds them."""
    layer = nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs))


class Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut (He et al. 2016); a halving shortcut averages first (He et al. 2019)."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.stride = stride
        self.first = convolution(inputs, outputs, 3, stride)
        self.second = convolution(outputs, outputs)
        self.shortcut = None if inputs == outputs and stride == 1 else convolution(inputs, outputs, 1)
        nn.init.zeros_(self.second[1].weight)

    def forward(self, x):
        beside = F.avg_pool2d(x, 2) if self.stride == 2 else x
        if self.shortcut is not None:
            beside = self.shortcut(beside)
        return F.relu(self.second(F.relu(self.first(x))) + beside)


class EmotionNet(nn.Module):
    """Gray pictures in 0..1, [n, 1, side, side] with side a multiple of 8, to logits [n, classes]."""

    def __init__(self, classes: int):
        super().__init__()
        self.stem = convolution(1, STEM_CHANNELS)
        self.halve = convolution(STEM_CHANNELS, STAGES[0][0], 3, 2)
        blocks, inputs = [], STAGES[0][0]
        for stage, (outputs, count) in enumerate(STAGES):
            for block in range(count):
                blocks.append(Residual(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
                inputs = outputs
        self.blocks = nn.ModuleList(blocks)
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(inputs, classes)

    def forward(self, x):
        x = F.relu(self.halve(F.relu(self.stem(standardise(x)))))
        for block in self.blocks:
            x = block(x)
        return self.head(self.dropout(x.mean((2, 3))))


def standardise(x: torch.Tensor) -> torch.Tensor:
    """Each picture to mean 0 and about unit variance: how bright or flat the light was no longer shows."""
    x = x - x.mean((2, 3), keepdim=True)
    return x * torch.rsqrt((x * x).mean((2, 3), keepdim=True) + VARIANCE_MIN)
