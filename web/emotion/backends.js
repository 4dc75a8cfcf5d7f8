/** TensorFlow.js backends of this browser: which are worth a try, and how each is started. */
import { env, setBackend } from "@tensorflow/tfjs-core";
import { isCpuAdapter } from "../../src/ml/cpu_adapter.ts";

const THREADS_OFF = false;

export class BackendStartError extends Error {
  name = "BackendStartError";
}

async function hasWebGpu() {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null || adapter === undefined) return false;
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  return isFallbackAdapter !== true && !isCpuAdapter([vendor, architecture, device, description].join(" "));
}

function hasWebGl() {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (gl === null) return false;
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = names === null ? "" : gl.getParameter(names.UNMASKED_RENDERER_WEBGL);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return !isCpuAdapter(renderer);
}

/** Each is loaded only where it is tried: together they are a megabyte. */
const LOADERS = {
  webgpu: () => import("@tensorflow/tfjs-backend-webgpu"),
  webgl: () => import("@tensorflow/tfjs-backend-webgl"),
  wasm: async () => {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    // Threads would need a page that is isolated from all others; one face every half second needs none.
    env().set("WASM_HAS_MULTITHREAD_SUPPORT", THREADS_OFF);
    setWasmPaths(new URL("../../vendor/", import.meta.url).href);
  },
};

/** Names of the backends to try, best first. */
export async function backendsToTry() {
  return [...(await hasWebGpu() ? ["webgpu"] : []), ...(hasWebGl() ? ["webgl"] : []), "wasm"];
}

/** Makes a backend the current one. Throws {@link BackendStartError} when it does not start. */
export async function startBackend(name) {
  await LOADERS[name]();
  if (!await setBackend(name)) throw new BackendStartError(`backend ${name} did not start`);
}
