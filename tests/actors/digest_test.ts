/** Digests: what the state's way means to an audience, paced, from what each watcher knows. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import type { WatchOutcome } from "../../src/actors/envelope.ts";
import type { Registry } from "../../src/actors/registry.ts";
import type { Digest } from "../../src/domain/aggregate.ts";
import { ExplosionError, NOTEBOOK, notebookAddress, type NotebookState } from "./notebook.ts";
import { Diary, Stage, STUDENT, TEACHER } from "./stage.ts";

const BOOK = notebookAddress("digested");
const EVERY_MS = 250;

/** Increments that count: told twice or left out once, they no longer add up. */
const GAINS: Digest<NotebookState> = {
  everyMs: EVERY_MS,
  tells: (audience) => audience === "staff",
  of(before, after, _audience, nowMs) {
    const lines = after.lines.length - before.lines.length;
    const marks = after.marks - before.marks;
    return lines === 0 && marks === 0 ? null : { type: "gained", data: { lines, marks, nowMs } };
  },
};

/** A notebook whose staff is told its events by digests alone, and sees its marks. */
const DIGESTED: typeof NOTEBOOK = {
  ...NOTEBOOK,
  view: ({ lines, marks }, audience) => ({ audience, lines: lines.length, marks }),
  project: (event, audience) => audience === "staff" ? null : { type: event.type, data: null },
  digest: GAINS,
};

const gained = z.object({ lines: z.number(), marks: z.number() });

function digestedStage(): Stage {
  const stage = new Stage();
  stage.aggregate = DIGESTED;
  return stage;
}

/** What a watcher knows who adds up its view and its digests. */
function knownBy(outcome: WatchOutcome, diary: Diary): z.infer<typeof gained> {
  const start = gained.parse(outcome.kind === "reset" ? outcome.state : null);
  return diary.heard.map(({ data }) => gained.parse(data)).reduce(
    (sum, { lines, marks }) => ({ lines: sum.lines + lines, marks: sum.marks + marks }),
    start,
  );
}

Deno.test("[Z1] the first change is told at once, those after it together once the time is up, each once", async () => {
  const stage = digestedStage();
  const node = await stage.started();
  const diary = new Diary();
  await stage.until(node.watch(BOOK, TEACHER, null, diary));
  await stage.pass(1);
  const startMs = stage.time.nowMs();
  await stage.tell(node, BOOK, { type: "write", text: "a" });
  await stage.pass(1);
  assert.deepEqual(diary.heard.map(({ data, seq, key }) => ({ data, seq, key })), [
    { data: { lines: 1, marks: 0, nowMs: startMs }, seq: 1, key: null },
  ]);
  await stage.tell(node, BOOK, { type: "write", text: "b" });
  await stage.tell(node, BOOK, { type: "mark" });
  await stage.tell(node, BOOK, { type: "refuse" });
  await stage.pass(EVERY_MS - 50);
  assert.equal(diary.heard.length, 1);
  await stage.pass(50);
  assert.deepEqual(diary.heard[1]?.data, { lines: 1, marks: 1, nowMs: startMs + EVERY_MS });
  assert.deepEqual([diary.heard[1]?.class, diary.heard[1]?.seq], ["ephemeral", 2]);
  await stage.pass(10 * EVERY_MS);
  assert.equal(diary.heard.length, 2);
});

Deno.test("[Z1] what time alone brings is told while somebody watches, and puts no change off", async () => {
  const stage = digestedStage();
  const AGAIN_MS = 1_000;
  const OLD_MS = 2_500;
  let asked = 0;
  const bornMs = stage.time.nowMs();
  const isOld = (atMs: number) => atMs - bornMs >= OLD_MS;
  const ageing: Digest<NotebookState> = {
    ...GAINS,
    againMs: AGAIN_MS,
    of(before, after, audience, nowMs, beforeMs) {
      asked += 1;
      const gains = GAINS.of(before, after, audience, nowMs, beforeMs);
      return gains ?? (isOld(nowMs) === isOld(beforeMs) ? null : { type: "old", data: null });
    },
  };
  stage.aggregate = { ...DIGESTED, digest: ageing };
  const node = await stage.started();
  const diary = new Diary();
  await stage.until(node.watch(BOOK, TEACHER, null, diary));
  await stage.pass(OLD_MS + AGAIN_MS);
  assert.deepEqual(diary.heard.map(({ type }) => type), ["old"]);
  await stage.pass(3 * AGAIN_MS);
  assert.equal(diary.heard.length, 1);
  await stage.tell(node, BOOK, { type: "write", text: "a" });
  await stage.pass(0);
  assert.deepEqual(diary.heard.map(({ type }) => type), ["old", "gained"]);
  node.unwatch(BOOK, diary);
  await stage.pass(AGAIN_MS);
  const askedBefore = asked;
  await stage.pass(5 * AGAIN_MS);
  assert.equal(asked, askedBefore);
});

Deno.test("[Z1] nothing is worked out while no such audience watches; a recovered actor starts from the present", async () => {
  const stage = digestedStage();
  let asked = 0;
  stage.aggregate = { ...DIGESTED, digest: { ...GAINS, of: (...way) => (asked += 1, GAINS.of(...way)) } };
  const first = await stage.started();
  await stage.until(first.watch(BOOK, STUDENT, null, new Diary()));
  await stage.tell(first, BOOK, { type: "write", text: "a" });
  await stage.pass(2 * EVERY_MS);
  await stage.until(first.drain(1_000));
  const node = await stage.started();
  const [diary, gone] = [new Diary(), new Diary()];
  const outcome = await stage.until(node.watch(BOOK, TEACHER, null, diary));
  await stage.until(node.watch(BOOK, TEACHER, null, gone));
  node.unwatch(BOOK, gone);
  await stage.pass(2 * EVERY_MS);
  assert.deepEqual([asked, diary.heard.length], [0, 0]);
  await stage.tell(node, BOOK, { type: "write", text: "b" });
  assert.deepEqual(knownBy(outcome, diary), { lines: 2, marks: 0 });
  assert.deepEqual([asked, gone.heard.length], [1, 0]);
});

Deno.test("[R2 Z1] one who is told digests and comes back is given the view, others exactly what they missed", async () => {
  const stage = digestedStage();
  const node = await stage.started();
  await stage.until(node.watch(BOOK, STUDENT, null, new Diary()));
  await stage.tell(node, BOOK, { type: "write", text: "a" });
  await stage.tell(node, BOOK, { type: "write", text: "b" });
  const point = { epoch: 1, seq: 1 };
  const student = await stage.until(node.watch(BOOK, STUDENT, point, new Diary()));
  assert.deepEqual(student.kind === "resumed" ? student.missed.map(({ seq }) => seq) : student.kind, [2]);
  assert.deepEqual(await stage.until(node.watch(BOOK, TEACHER, point, new Diary())), {
    kind: "reset",
    epoch: 1,
    seq: 2,
    state: { audience: "staff", lines: 2, marks: 0 },
  });
});

Deno.test("[R4 Z1] a digest that throws costs its audience the watch and nobody else anything", async () => {
  const stage = digestedStage();
  const broken: Digest<NotebookState> = {
    ...GAINS,
    of() {
      throw new ExplosionError("cannot compare");
    },
  };
  stage.aggregate = { ...DIGESTED, digest: broken };
  const node = await stage.started();
  const [teacher, student] = [new Diary(), new Diary()];
  await stage.until(node.watch(BOOK, TEACHER, null, teacher));
  await stage.until(node.watch(BOOK, STUDENT, null, student));
  assert.equal((await stage.tell(node, BOOK, { type: "write", text: "a" })).kind, "done");
  await stage.pass(1);
  assert.deepEqual([teacher.lostReasons, student.lostReasons, student.seqs], [["projection_failed"], [], [1]]);
});

Deno.test("[S3 Z1] digests go on over an append of unknown outcome and tell what became of it", async () => {
  const stage = digestedStage();
  const node = await stage.started();
  const diary = new Diary();
  const outcome = await stage.until(node.watch(BOOK, TEACHER, null, diary));
  await stage.pass(1);
  await stage.tell(node, BOOK, { type: "mark" });
  stage.journal.mood = "fail_after";
  const doubted = stage.send(node, BOOK, { type: "write", text: "a" });
  await stage.pass(0);
  stage.journal.mood = "commit";
  await stage.until(doubted);
  await stage.pass(EVERY_MS);
  // The mark was only noted and is lost with the actor's memory; that is told too.
  assert.deepEqual(knownBy(outcome, diary), { lines: 1, marks: 0 });
  assert.equal(diary.heard.at(-1)?.epoch, 2);
});

type Step =
  | { readonly kind: "write" | "mark" | "join" | "leave" }
  | { readonly kind: "pass"; readonly ms: number };

async function play(stage: Stage, node: Registry, steps: readonly Step[]) {
  const watching: { readonly outcome: WatchOutcome; readonly diary: Diary }[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case "write":
        await stage.tell(node, BOOK, { type: "write", text: "x" });
        break;
      case "mark":
        await stage.tell(node, BOOK, { type: "mark" });
        break;
      case "join": {
        const diary = new Diary();
        watching.push({ outcome: await stage.until(node.watch(BOOK, TEACHER, null, diary)), diary });
        break;
      }
      case "leave": {
        const leaving = watching.pop();
        if (leaving !== undefined) node.unwatch(BOOK, leaving.diary);
        break;
      }
      case "pass":
        await stage.pass(step.ms);
    }
  }
  return watching;
}

Deno.test("[Z1] view and digests add up to the present for whoever joins whenever, and keep their distance", async () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.constantFrom<Step>({ kind: "write" }, { kind: "mark" }, { kind: "join" }, { kind: "leave" }),
    fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: EVERY_MS + 50 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30, size: "max" }), async (steps) => {
      const stage = digestedStage();
      const node = await stage.started();
      const watching = await play(stage, node, [{ kind: "join" }, ...steps]);
      await stage.pass(EVERY_MS);
      const written = steps.filter(({ kind }) => kind === "write").length;
      const marked = steps.filter(({ kind }) => kind === "mark").length;
      for (const { outcome, diary } of watching) {
        assert.deepEqual(knownBy(outcome, diary), { lines: written, marks: marked });
        const toldMs = diary.heard.map(({ atMs }) => atMs);
        for (const [i, atMs] of toldMs.entries()) assert.ok(i === 0 || atMs - (toldMs[i - 1] ?? 0) >= EVERY_MS);
      }
    }),
    { numRuns: 60 },
  );
});
