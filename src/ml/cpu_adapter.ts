/** Graphics adapters that are none: on the server and in a browser. */

/** Software implementations of Vulkan, Direct3D and OpenGL: correct, and slower than WebAssembly. */
const CPU_ADAPTER = /llvmpipe|lavapipe|swiftshader|software|basic render|\bcpu\b/i;

/** Whether what an adapter or renderer calls itself says that a CPU does its work. */
export function isCpuAdapter(label: string): boolean {
  return CPU_ADAPTER.test(label);
}
