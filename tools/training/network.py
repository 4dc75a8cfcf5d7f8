"""The emotion network: MobileNet v1 over one gray face, light and contrast removed first."""
import torch
import torch.nn.functional as F
from torch import nn

# What comes in: a face of the training data has 48 pixels a side.
INPUT_SIDE = 48
STEM_CHANNELS = 32
# (channels, stride) of the separable layers after the stem (Howard et al. 2017).
PLAN = (
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1),) * 5,
    *((1024, 2), (1024, 1)),
)
DROPOUT = 0.3
# Added to a picture's variance (bytes scaled to 0..1), so that an even picture stays even instead of becoming noise.
VARIANCE_MIN = 2.0**-13
NORMAL_FLOOR = 1e-3


class Layer(nn.Module):
    """Convolution, batch normalisation, ReLU; padded as TensorFlow's SAME."""

    def __init__(self, inputs: int, outputs: int, side: int, stride: int, groups: int):
        super().__init__()
        self.is_padded_by_hand = stride == 2
        padding = 0 if self.is_padded_by_hand else side // 2
        self.conv = nn.Conv2d(inputs, outputs, side, stride, padding, groups=groups, bias=False)
        self.normal = nn.BatchNorm2d(outputs, eps=NORMAL_FLOOR)

    def convolved(self, x):
        if not self.is_padded_by_hand:
            return self.conv(x)
        # A stride of 2 needs one pixel more than an even side has, and it goes behind; over an odd side one on each.
        before = x.shape[-1] % 2
        return self.conv(F.pad(x, (before, 1, before, 1)))

    def forward(self, x):
        return F.relu(self.normal(self.convolved(x)))


class EmotionNet(nn.Module):
    """Gray pictures in 0..1, [n, 1, 48, 48], to logits [n, classes]; inside they are enlarged to `side` pixels."""

    def __init__(self, classes: int, side: int):
        super().__init__()
        self.classes, self.side = classes, side
        layers, inputs = [Layer(1, STEM_CHANNELS, 3, 2, 1)], STEM_CHANNELS
        for outputs, stride in PLAN:
            layers.append(Layer(inputs, inputs, 3, stride, inputs))
            layers.append(Layer(inputs, outputs, 1, 1, 1))
            inputs = outputs
        self.layers = nn.Sequential(*layers)
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.from_prepared(prepared(x, self.side))

    def from_prepared(self, x):
        """Of pictures that are enlarged and standardised already."""
        return self.head(self.dropout(self.layers(x).mean((2, 3))))


def prepared(x: torch.Tensor, side: int) -> torch.Tensor:
    """[n, 1, 48, 48] in 0..1 to what the first layer takes, [n, 1, side, side]."""
    return standardise(F.interpolate(x, size=(side, side), mode="bilinear", align_corners=False))


def standardise(x: torch.Tensor) -> torch.Tensor:
    """Each picture to mean 0 and about unit variance: how bright or flat the light was no longer shows."""
    x = x - x.mean((2, 3), keepdim=True)
    return x * torch.rsqrt((x * x).mean((2, 3), keepdim=True) + VARIANCE_MIN)
