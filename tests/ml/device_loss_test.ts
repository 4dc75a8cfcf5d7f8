import assert from "node:assert/strict";
import { backend } from "@tensorflow/tfjs-core";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { deviceLoss, planBackends, startBackend } from "../../src/ml/backend.ts";

const adapter = navigator.gpu === undefined ? null : await navigator.gpu.requestAdapter();
const whyIgnored = adapter === null ? " (ignored: this machine has no WebGPU adapter)" : "";

Deno.test({
  name: `[M5] deviceLoss tells when the GPU device is gone${whyIgnored}`,
  ignore: adapter === null,
  async fn() {
    await startBackend("webgpu");
    const current = backend();
    assert.ok(current instanceof WebGPUBackend);
    const lost = deviceLoss();
    current.device.destroy();
    assert.match(await lost, /destroyed/);
  },
});

Deno.test("[M5] WASM is tried last whatever is asked for, and a passed over adapter is named", async () => {
  for (const choice of ["auto", "webgpu", "wasm"] as const) {
    const { order, notes } = await planBackends(choice);
    assert.equal(order.at(-1), "wasm");
    if (choice !== "wasm" && order.length === 1) assert.equal(notes.length, 1);
  }
});
