/** Minutes of work: each counts once, whichever sessions it was in and in whatever order they tell. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { NO_WORK, SPANS_MAX, withWork, workedMs } from "../../../src/domain/quests/work_time.ts";
import { factOf } from "../learner/learner_run.ts";
import { counted, draftOf, QuestRun, START_MS } from "./quest_run.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

Deno.test("[Q1] minutes of sessions that are open at the same time count once, in whatever order they are told", () => {
  const quest = draftOf([counted("minutes", { kind: "minutes" }, 60)], { subject: { courseId: null, skills: [] } });
  const minutes = (run: QuestRun) => run.told("quest_progressed").at(-1)?.amounts.minutes ?? 0;
  const beside = new QuestRun();
  beside.begun(quest);
  const fiveMs = START_MS + 5 * MINUTE_MS;
  for (let i = 0; i < 12; i++) {
    beside.answer(
      { ...factOf("algebra", fiveMs + i, "wrong"), sessionId: `s${i}`, responseMs: 5 * MINUTE_MS },
      `s${i}`,
    );
  }
  assert.equal(minutes(beside), 5);
  const work = fc.array(fc.record({ at: fc.nat(120), minutes: fc.nat(7) }), { maxLength: 30 });
  fc.assert(fc.property(work, fc.infiniteStream(fc.nat(1_000)), (drawn, keys) => {
    const orders = [
      drawn,
      drawn.map((one) => ({ one, key: Number(keys.next().value) }))
        .sort((a, b) => a.key - b.key).map(({ one }) => one),
    ];
    const busy = new Set(
      drawn.flatMap(({ at, minutes: spent }) => Array.from({ length: Math.min(at, spent, 5) }, (_, i) => at - i)),
    );
    for (const order of orders) {
      const run = new QuestRun();
      run.begun({ ...quest, criteria: [counted("minutes", { kind: "minutes" }, 500)] });
      for (const { at, minutes: spent } of order) {
        run.answer({ ...factOf("algebra", START_MS + at * MINUTE_MS), responseMs: spent * MINUTE_MS });
      }
      assert.equal(minutes(run), busy.size);
    }
  }));
});

Deno.test("[B3] [Q1] the stretches of work that are kept are bounded, and none is lost or counted again", () => {
  let work = NO_WORK;
  for (let i = 1; i <= 5 * SPANS_MAX; i++) work = withWork(work, [2 * i * MINUTE_MS, (2 * i + 1) * MINUTE_MS]);
  assert.deepEqual([work.spans.length, workedMs(work)], [SPANS_MAX, 5 * SPANS_MAX * MINUTE_MS]);
  assert.equal(withWork(work, [0, 3 * MINUTE_MS]), work);
});

Deno.test("[S5] minutes that an older program counted stay, and further ones are added", () => {
  const run = new QuestRun();
  run.begun(draftOf([counted("minutes", { kind: "minutes" }, 60)]));
  const [active] = run.state.quests.active;
  assert.ok(active);
  const tallies = { minutes: { kind: "count", count: 9 * MINUTE_MS } } as const;
  run.state = { ...run.state, quests: { ...run.state.quests, active: [{ ...active, tallies }] } };
  run.answer({ ...factOf("algebra", START_MS + HOUR_MS), responseMs: 2 * MINUTE_MS });
  assert.deepEqual(run.told("quest_progressed").map(({ amounts }) => amounts), [{ minutes: 11 }]);
});
