/** The knowledge model in its worker: batches over sessions, answers in time or not, a worker that dies. */
import assert from "node:assert/strict";
import { startBackend } from "../../../src/ml/backend.ts";
import { answerQuestions } from "../../../src/ml/knowledge/answer_questions.ts";
import { ANSWER_MS_MAX, KnowledgeService, openKnowledgeWorker } from "../../../src/ml/knowledge_service.ts";
import { CountingMeter, ManualClock } from "../manual_clock.ts";
import { questionOf, smallModel, smallModelFolder } from "./model_folder.ts";

await startBackend("wasm");

const ENTRY = new URL("../../../src/ml/knowledge_worker.ts", import.meta.url);
const UNAVAILABLE = { name: "KnowledgeUnavailableError" };

/** Handed a batch, it dies. */
class DoomedWorker extends Worker {
  override postMessage(message: { readonly kind: string }): void {
    if (message.kind !== "ask") return super.postMessage(message);
    this.dispatchEvent(new ErrorEvent("error", { message: "killed by the test", cancelable: true }));
  }
}

/** Handed a batch, it says nothing. */
class MuteWorker extends Worker {
  override postMessage(message: { readonly kind: string }): void {
    if (message.kind !== "ask") return super.postMessage(message);
  }
}

/** A service over real workers: the first of the class given, later ones sound. */
async function withService(
  First: typeof Worker,
  use: (
    service: KnowledgeService,
    world: {
      readonly clock: ManualClock;
      readonly meter: CountingMeter;
      readonly opened: readonly Worker[];
      /** Once a second worker is opened. */
      readonly replaced: Promise<void>;
    },
  ) => Promise<void>,
): Promise<void> {
  const folder = await smallModelFolder();
  const clock = new ManualClock();
  const meter = new CountingMeter();
  const opened: Worker[] = [];
  const replaced = Promise.withResolvers<void>();
  const openWorker = () => {
    const worker = opened.length === 0 ? new First(ENTRY, { type: "module" }) : openKnowledgeWorker();
    if (opened.push(worker) === 2) replaced.resolve();
    return worker;
  };
  const service = await KnowledgeService.start({ backend: "wasm", folder, clock, meter, openWorker });
  try {
    await use(service, { clock, meter, opened, replaced: replaced.promise });
  } finally {
    service.close();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("[N9] sessions that ask at once are answered as each would be alone", async () => {
  const model = smallModel();
  await withService(Worker, async (service) => {
    assert.deepEqual([service.report().model, service.report().backend], [model.id, "wasm"]);
    // One leaves at once, sixteen gather behind it: a full batch, which waits for no clock.
    const questions = Array.from({ length: 17 }, (_, seed) => questionOf(seed, seed % 3, 10));
    const answers = await Promise.all(questions.map((question) => service.ask(question)));
    const expected = await answerQuestions(model, questions);
    for (const [i, { probabilities }] of answers.entries()) {
      for (const [j, probability] of probabilities.entries()) {
        assert.ok(Math.abs(probability - (expected[i]?.probabilities[j] ?? NaN)) < 1e-5);
      }
    }
  });
  model.close();
});

Deno.test("[N10] a question without an answer in its time is refused, and the wait is over", async () => {
  await withService(MuteWorker, async (service, { clock, meter }) => {
    const asked = service.ask(questionOf(1, 0, 1));
    const refused = assert.rejects(asked, UNAVAILABLE);
    clock.advance(ANSWER_MS_MAX);
    await refused;
    assert.equal(meter.counts.get("knowledge_late"), 1);
  });
});

Deno.test("[N10] while the worker hangs nobody waits for it, and in its time it is replaced", async () => {
  await withService(MuteWorker, async (service, { clock, meter, opened, replaced }) => {
    const first = assert.rejects(service.ask(questionOf(1, 0, 1)), UNAVAILABLE);
    clock.advance(ANSWER_MS_MAX);
    await first;
    // No clock moves: this one is refused without a wait.
    await assert.rejects(service.ask(questionOf(2, 0, 1)), { ...UNAVAILABLE, message: /silent/ });
    assert.equal(meter.counts.get("knowledge_late"), 1);
    clock.advance(60_000);
    await replaced;
    await service.settled();
    assert.equal(opened.length, 2);
    assert.equal((await service.ask(questionOf(1, 0, 4))).probabilities.length, 4);
  });
});

Deno.test("[N10] numbers that are not finite are no answer, and the worker answers the next question", async () => {
  await withService(Worker, async (service, { opened }) => {
    const sound = questionOf(1, 0, 4);
    const { hidden } = await service.ask(sound);
    const damaged = { ...sound, hidden: { ...hidden, values: hidden.values.map(() => NaN) } };
    await assert.rejects(service.ask(damaged), { ...UNAVAILABLE, message: /not finite/ });
    assert.equal((await service.ask(sound)).probabilities.length, 4);
    assert.equal(opened.length, 1);
  });
});

Deno.test("[N10] a batch that the worker cannot carry out is refused, and the worker lives", async () => {
  await withService(Worker, async (service, { opened }) => {
    const misshapen = { ...questionOf(1, 0, 4), eloLogits: new Float32Array(3) };
    await assert.rejects(service.ask(misshapen), { ...UNAVAILABLE, message: /BatchShapeError/ });
    assert.equal((await service.ask(questionOf(1, 0, 4))).probabilities.length, 4);
    assert.equal(opened.length, 1);
  });
});

Deno.test("[B3] more questions than may wait are refused at once", async () => {
  await withService(MuteWorker, async (service, { clock }) => {
    const asked = Array.from({ length: 1_200 }, (_, seed) => service.ask(questionOf(seed, 0, 0)));
    const outcomes = Promise.allSettled(asked);
    const early = await Promise.race(asked.map((one) => one.catch((error: Error) => error.message)));
    assert.match(String(early), /too many questions/);
    clock.advance(ANSWER_MS_MAX);
    await outcomes;
  });
});

Deno.test("[N10] a worker that dies takes its batch along, and another takes its place", async () => {
  await withService(DoomedWorker, async (service, { meter, opened }) => {
    await assert.rejects(service.ask(questionOf(1, 0, 1)), UNAVAILABLE);
    assert.equal(meter.counts.get("knowledge_workers_lost"), 1);
    await service.settled();
    assert.equal(opened.length, 2);
    assert.equal((await service.ask(questionOf(1, 0, 4))).probabilities.length, 4);
  });
});

Deno.test("[N6] a folder without a sound model is refused with the reason; a closed service answers nothing", async () => {
  const parts = {
    backend: "wasm",
    clock: new ManualClock(),
    meter: new CountingMeter(),
    openWorker: openKnowledgeWorker,
  } as const;
  await assert.rejects(KnowledgeService.start({ ...parts, folder: "no/such/folder" }), {
    ...UNAVAILABLE,
    message: /cannot read/,
  });
  await withService(Worker, async (service) => {
    service.close();
    await assert.rejects(service.ask(questionOf(1, 0, 1)), UNAVAILABLE);
  });
});
