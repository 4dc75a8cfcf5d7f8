"""Begins the network with weights that have learnt faces: HSE-FaceRes, as the npm package @vladmandic/human ships it."""
import json
from pathlib import Path

import numpy as np
import torch

from network import EmotionNet

# Bytes of a standardised picture lie about this far from their mean, which is what the stem has learnt.
BYTES_DEVIATION = 55.0


def read_graph_weights(topology: Path) -> dict:
    """Arrays by name of the TensorFlow.js graph model `topology` and the float16 or float32 file beside it."""
    groups = json.loads(topology.read_text())["weightsManifest"]
    weights = {}
    for group in groups:
        raw, at = b"".join((topology.parent / path).read_bytes() for path in group["paths"]), 0
        for spec in group["weights"]:
            kind = {"float16": "<f2", "float32": "<f4", "int32": "<i4"}[spec.get("quantization", spec)["dtype"]]
            count = int(np.prod(spec["shape"], dtype=np.int64))
            part = np.frombuffer(raw, kind, count, at)
            at += part.nbytes
            weights[spec["name"]] = torch.from_numpy(part.astype(np.float32).reshape(spec["shape"]))
    return weights


@torch.no_grad()
def begin(net: EmotionNet, weights: dict, faces: torch.Tensor) -> None:
    """
    Puts FaceRes' layers in the place of the net's. Its batch normalisation is folded away, so the net's is set to the
    statistics that `faces` (prepared, [n, 1, side, side]) give, with gain and shift such that nothing changes.
    """
    x = faces
    for number, layer in enumerate(net.layers):
        kernel, bias = kernel_and_bias(weights, number)
        layer.conv.weight.copy_(kernel)
        before = layer.convolved(x)
        mean, variance = before.mean((0, 2, 3)), before.var((0, 2, 3))
        normal = layer.normal
        normal.running_mean.copy_(mean)
        normal.running_var.copy_(variance)
        normal.weight.copy_(torch.sqrt(variance + normal.eps))
        normal.bias.copy_(bias + mean)
        x = torch.relu(before + bias.view(1, -1, 1, 1))


def kernel_and_bias(weights: dict, number: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Of the layer `number`: the stem, then depthwise and pointwise by turns. PyTorch keeps [out, in, height, width]."""
    if number == 0:
        # Trained on colours; a gray picture has the same in all three.
        kernel = weights["conv1/convolution/merged_input"].sum(2, keepdim=True) * BYTES_DEVIATION
        return kernel.permute(3, 2, 0, 1), weights["conv1_bn/batchnorm_1/sub"]
    block = (number + 1) // 2
    if number % 2 == 1:
        kernel = weights[f"conv_dw_{block}/depthwise_kernel"] * weights[f"conv_dw_{block}_bn/batchnorm_1/mul"][:, None]
        return kernel.permute(2, 3, 0, 1), weights[f"conv_dw_{block}_bn/batchnorm_1/sub"]
    return weights[f"conv_pw_{block}/convolution/merged_input"].permute(3, 2, 0, 1), weights[f"conv_pw_{block}_bn/batchnorm_1/sub"]
