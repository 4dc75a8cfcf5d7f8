/** Priorities of threads: a worker that stands back takes no other thread along. */
import assert from "node:assert/strict";
import { getPriority } from "node:os";
import { openImageDecoder } from "../../src/ml/decode_image.ts";

Deno.test({
  name: "[M8] an emotion worker stands back behind the threads that serve lessons",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const before = getPriority();
    const worker = new Worker(new URL("../../src/ml/emotion_worker.ts", import.meta.url), { type: "module" });
    const started = Promise.withResolvers<{ readonly kind: string; readonly report: { readonly notes: string[] } }>();
    worker.onmessage = ({ data }) => started.resolve(data);
    worker.postMessage({ kind: "start", setup: { backend: "wasm", emotionModelPath: null } });
    const { kind, report } = await started.promise;
    const niceness = [...Deno.readDirSync("/proc/self/task")].map(({ name }) => getPriority(Number(name)));
    worker.terminate();
    assert.equal(kind, "started");
    assert.deepEqual(report.notes, (await openImageDecoder()).notes);
    assert.equal(getPriority(), before);
    assert.ok(Math.max(...niceness) > before);
  },
});
