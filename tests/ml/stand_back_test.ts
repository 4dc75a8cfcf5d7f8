/** Priorities of threads: a worker that stands back takes no other thread along. */
import assert from "node:assert/strict";
import { getPriority } from "node:os";
import { openImageDecoder } from "../../src/ml/decode_image.ts";

/** Of every thread of this process that lives on: other tests' threads come and go beside this one. */
function nicenessByThread(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { name } of Deno.readDirSync("/proc/self/task")) {
    try {
      found.set(name, getPriority(Number(name)));
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof Error && error.message.includes("ESRCH"))) throw error;
    }
  }
  return found;
}

Deno.test({
  name: "[M8] an emotion worker stands back behind the threads that serve lessons",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const before = getPriority();
    const threadsBefore = nicenessByThread();
    const worker = new Worker(new URL("../../src/ml/emotion_worker.ts", import.meta.url), { type: "module" });
    const started = Promise.withResolvers<{ readonly kind: string; readonly report: { readonly notes: string[] } }>();
    worker.onmessage = ({ data }) => started.resolve(data);
    worker.postMessage({ kind: "start", setup: { backend: "wasm", emotionModelPath: null } });
    const { kind, report } = await started.promise;
    const niceness = [...nicenessByThread()].filter(([thread]) => !threadsBefore.has(thread)).map(([, own]) => own);
    worker.terminate();
    assert.equal(kind, "started");
    assert.deepEqual(report.notes, (await openImageDecoder()).notes);
    assert.equal(getPriority(), before);
    assert.ok(Math.max(...niceness) > before);
  },
});
