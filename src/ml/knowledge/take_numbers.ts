/** Moves a tensor's numbers off the backend. */
import type { Tensor } from "@tensorflow/tfjs-core";

/** The numbers, row after row; disposes of the tensor. Asynchronous, because a GPU cannot be read otherwise. */
export async function takeNumbers(tensor: Tensor): Promise<Float32Array> {
  try {
    return await tensor.data<"float32">();
  } finally {
    tensor.dispose();
  }
}
