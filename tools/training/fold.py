"""Folds batch normalisation into kernels and biases and rounds all to what the exported file can hold."""
import copy

import torch
from torch import nn

from network import EmotionNet


@torch.no_grad()
def folded(net: EmotionNet) -> EmotionNet:
    """A copy that computes what `net` does in evaluation, with every weight a float16: as it will be served."""
    copied = copy.deepcopy(net).eval()
    for layer in copied.layers:
        conv, normal = layer.conv, layer.normal
        gain = normal.weight / torch.sqrt(normal.running_var + normal.eps)
        whole = nn.Conv2d(
            conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, conv.padding, groups=conv.groups
        )
        whole.weight.copy_(rounded(conv.weight * gain.view(-1, 1, 1, 1)))
        whole.bias.copy_(rounded(normal.bias - normal.running_mean * gain))
        layer.conv, layer.normal = whole, nn.Identity()
    for weight in copied.head.parameters():
        weight.copy_(rounded(weight))
    return copied


def rounded(weight: torch.Tensor) -> torch.Tensor:
    return weight.half().float()
