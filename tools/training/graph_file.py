"""Writes the network as a TensorFlow.js graph model: nodes as JSON, weights as one float16 file."""
import base64
import json
from pathlib import Path

import numpy as np
import torch

from network import INPUT_SIDE, VARIANCE_MIN, EmotionNet, Layer

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
        spec = {"name": name, "shape": list(value.shape), "dtype": dtype}
        if dtype == "float32":
            spec["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
            value = value.astype(np.float16)
        self.specs.append(spec)
        self.blobs.append(np.ascontiguousarray(value).tobytes())
        return name

    def mean(self, name: str, x: str, keeps_axes: bool) -> str:
        axes = self.constant(f"{name}/axes", np.array([1, 2], np.int32))
        return self.node(name, "Mean", [x, axes], Tidx={"type": INT}, keep_dims={"b": keeps_axes})

    def convolution(self, name: str, x: str, layer: Layer) -> str:
        """Convolution with its bias, padded as SAME, then ReLU."""
        conv = layer.conv
        is_depthwise = conv.groups > 1
        # PyTorch keeps [out, in, height, width], TensorFlow [height, width, in, out], depthwise [height, width, in, 1].
        kernel = conv.weight.permute(2, 3, 0, 1) if is_depthwise else conv.weight.permute(2, 3, 1, 0)
        return self.node(
            name,
            "FusedDepthwiseConv2dNative" if is_depthwise else "_FusedConv2D",
            [x, self.constant(f"{name}/kernel", kernel.numpy()), self.constant(f"{name}/bias", conv.bias.numpy())],
            num_args={"i": "1"},
            fused_ops={"list": {"s": [text("BiasAdd"), text("Relu")]}},
            strides=numbers(1, *conv.stride, 1),
            dilations=numbers(1, 1, 1, 1),
            padding={"s": text("SAME")},
            data_format={"s": text("NHWC")},
            epsilon={"f": 0},
        )


def text(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def numbers(*values: int) -> dict:
    return {"list": {"i": [str(value) for value in values]}}


@torch.no_grad()
def write_graph(net: EmotionNet, topology: Path, weights: Path) -> None:
    """Writes `net`, folded (see fold.py), for gray pictures in 0..1; its output is logits."""
    graph = GraphFile()
    dims = {"dim": [{"size": str(size)} for size in (-1, INPUT_SIDE, INPUT_SIDE, 1)]}
    form = {"shape": {"shape": dims}, "dtype": {"type": FLOAT}}
    graph.nodes.append({"name": "face", "op": "Placeholder", "attr": form})
    x = standardised(graph, enlarged(graph, "face", net.side))
    for number, layer in enumerate(net.layers):
        x = graph.convolution(f"layer{number}", x, layer)
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


def enlarged(graph: GraphFile, x: str, side: int) -> str:
    """`network.prepared`'s first half: bilinear, pixels taken at their centres."""
    size = graph.constant("enlarged/size", np.array([side, side], np.int32))
    return graph.node("enlarged", "ResizeBilinear", [x, size], half_pixel_centers={"b": True}, align_corners={"b": False})


def standardised(graph: GraphFile, x: str) -> str:
    """`network.standardise`, node by node."""
    centred = graph.node("centred", "Sub", [x, graph.mean("brightness", x, keeps_axes=True)])
    squares = graph.node("squares", "Mul", [centred, centred])
    floor = graph.constant("variance/floor", np.float32([VARIANCE_MIN]))
    variance = graph.node("variance", "AddV2", [graph.mean("contrast", squares, keeps_axes=True), floor])
    return graph.node("standardised", "Mul", [centred, graph.node("gain", "Rsqrt", [variance])])
