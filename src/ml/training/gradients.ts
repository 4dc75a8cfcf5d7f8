/** The gradients of the operations that the knowledge network is made of. */
import {
  type GradConfig,
  matMul,
  mul,
  neg,
  ones,
  pad,
  registerGradient,
  reshape,
  sigmoid,
  sub,
  type Tensor,
  type Tensor2D,
  tidy,
  transpose,
} from "@tensorflow/tfjs-core";

/**
 * Registers them with TensorFlow.js. Its own collection cannot be imported here (its modules name each other without
 * file extensions, which Deno refuses), and two of them would be slow on the WASM backend: the gradient of a product
 * multiplies by transposed operands, for which that backend has only a plain loop (1 to 2 GFLOP/s, against 15 and more
 * for a transposition followed by a product), and the gradient of an added row sums over the first axis, forty times
 * slower than a product with ones.
 */
export function registerGradients(): void {
  for (const gradient of GRADIENTS) registerGradient(gradient);
}

/** An operation was differentiated in a way that the network does not need. */
export class UnsupportedGradientError extends Error {
  override readonly name = "UnsupportedGradientError";
}

const GRADIENTS: readonly GradConfig[] = [
  {
    kernelName: "BatchMatMul",
    inputsToSave: ["a", "b"],
    gradFunc: (upstream, [a, b]) => ({
      a: () => productWithTransposed(upstream as Tensor2D, b as Tensor2D),
      b: () => transposedProduct(a as Tensor2D, upstream as Tensor2D),
    }),
  },
  {
    kernelName: "Add",
    inputsToSave: ["a", "b"],
    gradFunc: (upstream, [a, b]) => ({
      a: () => reduceTo(a, upstream as Tensor),
      b: () => reduceTo(b, upstream as Tensor),
    }),
  },
  {
    kernelName: "Sub",
    inputsToSave: ["a", "b"],
    gradFunc: (upstream, [a, b]) => ({
      a: () => reduceTo(a, upstream as Tensor),
      b: () => reduceTo(b, neg(upstream as Tensor)),
    }),
  },
  {
    kernelName: "Multiply",
    inputsToSave: ["a", "b"],
    gradFunc: (upstream, [a, b]) => ({
      a: () => reduceTo(a, mul(upstream as Tensor, b as Tensor)),
      b: () => reduceTo(b, mul(upstream as Tensor, a as Tensor)),
    }),
  },
  {
    kernelName: "Sigmoid",
    outputsToSave: [true],
    gradFunc: (upstream, [y]) => ({ x: () => mul(upstream as Tensor, mul(y as Tensor, sub(1, y as Tensor))) }),
  },
  {
    kernelName: "Softplus",
    inputsToSave: ["x"],
    gradFunc: (upstream, [x]) => ({ x: () => mul(upstream as Tensor, sigmoid(x as Tensor)) }),
  },
  {
    kernelName: "Reshape",
    inputsToSave: ["x"],
    gradFunc: (upstream, [x]) => ({ x: () => reshape(upstream as Tensor, (x as Tensor).shape) }),
  },
  {
    kernelName: "Slice",
    inputsToSave: ["x"],
    gradFunc: (upstream, [x], { begin }) => ({ x: () => padTo(x, upstream as Tensor, begin as readonly number[]) }),
  },
  {
    kernelName: "Sum",
    inputsToSave: ["x"],
    gradFunc: (upstream, [x]) => ({ x: () => spread(upstream as Tensor, x as Tensor) }),
  },
];

/** Puts the gradient of a slice back where the slice was taken, zeros around it. */
function padTo(whole: Tensor | undefined, piece: Tensor, begin: readonly number[]): Tensor {
  const before = (axis: number) => begin[axis] ?? 0;
  return pad(
    piece,
    (whole ?? piece).shape.map((size, axis) => [before(axis), size - (piece.shape[axis] ?? 0) - before(axis)]),
  );
}

/** Each addend of a full sum gets the sum's gradient. */
function spread(upstream: Tensor, x: Tensor): Tensor {
  if (upstream.size !== 1) throw new UnsupportedGradientError("only a sum over everything has a gradient here");
  return mul(ones(x.shape), upstream);
}

/** Sums the gradient of a broadcast operand over what it was spread to. */
function reduceTo(operand: Tensor | undefined, upstream: Tensor): Tensor {
  if (operand === undefined || operand.size === upstream.size) return upstream;
  if (operand.rank === 2 && upstream.rank === 2 && operand.shape[0] === 1 && operand.size === upstream.shape[1]) {
    return columnSums(upstream as Tensor2D);
  }
  throw new UnsupportedGradientError(`no gradient for spreading [${operand.shape}] to [${upstream.shape}]`);
}

/** `aᵀ · b`. */
export function transposedProduct(a: Tensor2D, b: Tensor2D): Tensor2D {
  return tidy(() => matMul(transpose(a), b));
}

/** `a · bᵀ`. */
export function productWithTransposed(a: Tensor2D, b: Tensor2D): Tensor2D {
  return tidy(() => matMul(a, transpose(b)));
}

/** Column sums as one row: `1ᵀ · a`. */
export function columnSums(a: Tensor2D): Tensor2D {
  return tidy(() => matMul(ones([1, a.shape[0]]) as Tensor2D, a));
}
