"""Writes the network as a TensorFlow.js graph model: nodes as JSON, weights as one float32 file."""
import base64
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from network import VARIANCE_MIN, EmotionNet

FLOAT, INT = "DT_FLOAT", "DT_INT32"


class GraphFile:
    """A graph in the making; every method adds nodes and returns the name of the one that holds the result."""

    def __init__(self):
        self.nodes, self.specs, self.blobs = [], [], []

    def node(self, name: str, op: str, inputs: list, **attributes) -> str:
        attributes.setdefault("T", {"type": FLOAT})
        self.nodes.append({"name": name, "op": op, "input": inputs, "attr": attributes})
        return name

    def constant(self, name: str, value: np.ndarray) -> str:
        kind, dtype = (INT, "int32") if value.dtype == np.int32 else (FLOAT, "float32")
        shape = {"dim": [{"size": str(size)} for size in value.shape]}
        tensor = {"tensor": {"dtype": kind, "tensorShape": shape}}
        self.nodes.append({"name": name, "op": "Const", "attr": {"value": tensor, "dtype": {"type": kind}}})
        self.specs.append({"name": name, "shape": list(value.shape), "dtype": dtype})
        self.blobs.append(np.ascontiguousarray(value).tobytes())
        return name

    def mean(self, name: str, x: str, keeps_axes: bool) -> str:
        axes = self.constant(f"{name}/axes", np.array([1, 2], np.int32))
        return self.node(name, "Mean", [x, axes], Tidx={"type": INT}, keep_dims={"b": keeps_axes})

    def convolution(self, name: str, x: str, layers: nn.Sequential, is_rectified: bool) -> str:
        """Convolution, its batch normalisation folded into kernel and bias, then ReLU if asked."""
        layer, normal = layers
        gain = normal.weight / torch.sqrt(normal.running_var + normal.eps)
        bias = normal.bias - normal.running_mean * gain
        # PyTorch keeps [out, in, height, width], TensorFlow [height, width, in, out].
        kernel = (layer.weight * gain.view(-1, 1, 1, 1)).permute(2, 3, 1, 0)
        # Before the edge as PyTorch pads; behind it a stride of two over an even side never reads.
        before = layer.padding[0]
        after = before if layer.stride[0] == 1 else 0
        return self.node(
            name,
            "_FusedConv2D",
            [x, self.constant(f"{name}/kernel", kernel.numpy()), self.constant(f"{name}/bias", bias.numpy())],
            num_args={"i": "1"},
            fused_ops={"list": {"s": [text("BiasAdd"), *([text("Relu")] if is_rectified else [])]}},
            strides=numbers(1, *layer.stride, 1),
            dilations=numbers(1, 1, 1, 1),
            padding={"s": text("EXPLICIT")},
            explicit_paddings=numbers(0, 0, before, after, before, after, 0, 0),
            data_format={"s": text("NHWC")},
            epsilon={"f": 0},
        )


def text(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def numbers(*values: int) -> dict:
    return {"list": {"i": [str(value) for value in values]}}


@torch.no_grad()
def write_graph(net: EmotionNet, side: int, topology: Path, weights: Path) -> None:
    """Writes `net` for gray pictures of `side` pixels in 0..1; its output is logits."""
    graph = GraphFile()
    dims = {"dim": [{"size": str(size)} for size in (-1, side, side, 1)]}
    form = {"shape": {"shape": dims}, "dtype": {"type": FLOAT}}
    graph.nodes.append({"name": "face", "op": "Placeholder", "attr": form})
    x = standardised(graph, "face")
    x = graph.convolution("stem", x, net.stem, is_rectified=True)
    x = graph.convolution("halve", x, net.halve, is_rectified=True)
    for number, block in enumerate(net.blocks):
        x = residual(graph, f"block{number}", x, block)
    pooled = graph.mean("pooled", x, keeps_axes=False)
    kernel = graph.constant("logits/kernel", net.head.weight.T.numpy())
    product = graph.node("product", "MatMul", [pooled, kernel], transpose_a={"b": False}, transpose_b={"b": False})
    graph.node("logits", "AddV2", [product, graph.constant("logits/bias", net.head.bias.numpy())])
    weights.write_bytes(b"".join(graph.blobs))
    # The converter reads the version and does nothing with it.
    nodes = {"node": graph.nodes, "versions": {"producer": 0, "minConsumer": 0}}
    files = [{"paths": [weights.name], "weights": graph.specs}]
    model = {"format": "graph-model", "modelTopology": nodes, "weightsManifest": files}
    topology.write_text(json.dumps(model, separators=(",", ":")) + "\n")


def standardised(graph: GraphFile, x: str) -> str:
    """`network.standardise`, node by node."""
    centred = graph.node("centred", "Sub", [x, graph.mean("brightness", x, keeps_axes=True)])
    squares = graph.node("squares", "Mul", [centred, centred])
    floor = graph.constant("variance/floor", np.float32([VARIANCE_MIN]))
    variance = graph.node("variance", "AddV2", [graph.mean("contrast", squares, keeps_axes=True), floor])
    return graph.node("standardised", "Mul", [centred, graph.node("gain", "Rsqrt", [variance])])


def residual(graph: GraphFile, name: str, x: str, block) -> str:
    """`network.Residual`, node by node."""
    through = graph.convolution(f"{name}/first", x, block.first, is_rectified=True)
    through = graph.convolution(f"{name}/second", through, block.second, is_rectified=False)
    if block.stride == 2:
        window = numbers(1, 2, 2, 1)
        form = {"padding": {"s": text("VALID")}, "data_format": {"s": text("NHWC")}}
        x = graph.node(f"{name}/average", "AvgPool", [x], ksize=window, strides=window, **form)
    if block.shortcut is not None:
        x = graph.convolution(f"{name}/shortcut", x, block.shortcut, is_rectified=False)
    return graph.node(f"{name}/out", "Relu", [graph.node(f"{name}/sum", "AddV2", [through, x])])
