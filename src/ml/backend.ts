/** Chooses the TensorFlow.js backend and starts it: the GPU where there is one, WASM (SIMD, one thread) elsewhere. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend, env, setBackend } from "@tensorflow/tfjs-core";
import { tmpdir } from "node:os";
import { isCpuAdapter } from "./cpu_adapter.ts";
import { packageFile } from "./package_files.ts";

export type BackendName = "webgpu" | "wasm";
/** `auto` takes a GPU but no software rasteriser; `webgpu` takes either; both fall back to WASM. */
export type BackendChoice = "auto" | BackendName;

export class BackendError extends Error {
  override readonly name = "BackendError";
}

/** Backends to try, best first, and why one is not among them. */
export interface BackendPlan {
  readonly order: readonly BackendName[];
  readonly notes: readonly string[];
}

/** Looks at the adapter without opening a device. */
export async function planBackends(choice: BackendChoice): Promise<BackendPlan> {
  if (choice === "wasm") return { order: ["wasm"], notes: [] };
  const adapter = await requestAdapter();
  if (adapter === null) return { order: ["wasm"], notes: ["webgpu: no adapter"] };
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const label = [vendor, architecture, device, description].filter((part) => part !== "").join(" ");
  if (choice === "auto" && (isFallbackAdapter || isCpuAdapter(label))) {
    return { order: ["wasm"], notes: [`webgpu: passed over the software adapter "${label}"`] };
  }
  return { order: ["webgpu", "wasm"], notes: [`webgpu: adapter "${label}"`] };
}

async function requestAdapter(): Promise<GPUAdapter | null> {
  // Absent unless the runtime was started with WebGPU.
  const gpu: GPU | undefined = navigator.gpu;
  if (gpu === undefined) return null;
  // Mesa complains on stderr where a server has no session directory, and any existing one will do.
  if (Deno.build.os === "linux" && !Deno.env.has("XDG_RUNTIME_DIR")) Deno.env.set("XDG_RUNTIME_DIR", tmpdir());
  return await gpu.requestAdapter({ powerPreference: "high-performance" });
}

/** Makes a backend the current one. @throws BackendError when it does not start */
export async function startBackend(name: BackendName): Promise<void> {
  if (name === "wasm") {
    // Threads of the WASM build hang under Deno; a pool of workers uses the cores instead.
    env().set("WASM_HAS_MULTITHREAD_SUPPORT", THREADS_OFF);
    setWasmPaths(`${packageFile("@tensorflow/tfjs-backend-wasm", "dist")}/`);
  }
  if (!(await setBackend(name))) throw new BackendError(`backend ${name} did not start`);
}

const THREADS_OFF = false;

/** Resolves with the reason when the GPU device is lost; never on WASM, which has nothing to lose. */
export function deviceLoss(): Promise<string> {
  const current = backend();
  if (!(current instanceof WebGPUBackend)) return new Promise(() => undefined);
  return current.device.lost.then((info) => info.message === "" ? info.reason : `${info.reason}: ${info.message}`);
}
