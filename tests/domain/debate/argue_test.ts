/** What the AI argues: to the point, nothing twice, and a point conceded when nothing is left. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { debate } from "../../../src/domain/debate/aggregate.ts";
import { bm25 } from "../../../src/domain/debate/bm25.ts";
import { turnsOf } from "../../../src/domain/debate/plan.ts";
import { stemOf, stemsOf } from "../../../src/domain/debate/words.ts";
import { AI_PLAN, DebateRun, MOTIONS } from "./debate_run.ts";

Deno.test("[V3] endings fall away so that forms of a word meet", () => {
  for (const [a, b] of [["banned", "ban"], ["buses", "bus"], ["families", "family"], ["learning", "learn"]]) {
    assert.equal(stemOf(a ?? ""), stemOf(b ?? ""), `${a} ${b}`);
  }
  assert.deepEqual(stemsOf("The buses are because of us"), ["bus"]);
});

Deno.test("[V3] BM25 ranks what shares rare words first and gives nothing to what shares none", () => {
  const scores = bm25("sleep before school", ["school buses drive", "sleep helps school", "zoos keep animals"]);
  const [buses = 0, sleep = 0, zoos = 0] = scores;
  assert.ok(sleep > buses && buses > zoos && zoos === 0, scores.join());
});

const POINTS: readonly (readonly [string, string, string])[] = [
  ["later-school-start", "Teenagers need more sleep, and a later start gives it to them.", "a-r-sleep"],
  ["later-school-start", "Tired students on the road to school have accidents, so a later start is safer.", "a-r-safe"],
  ["phones-away", "Phones make bullying and filming possible during school.", "a-r-bully"],
  ["nuclear-power", "We need steady power when there is no wind at night.", "a-r-steady"],
  ["phase-out-zoos", "Keeping animals just for our entertainment is wrong.", "a-r-show"],
  ["vote-at-sixteen", "Voting at sixteen makes it a habit for later elections.", "a-r-habit"],
  ["no-primary-homework", "It is unfair because some children have no quiet place or parent to help.", "a-r-fair"],
];

Deno.test("[V3] a learner's point in their own words is met by the rebuttal written against it", () => {
  for (const [motionId, point, rebuttal] of POINTS) {
    const motion = MOTIONS.find(({ id }) => id === motionId);
    assert.ok(motion);
    const run = DebateRun.started({ ...AI_PLAN, motion });
    run.says("ada", "claim", null, point);
    run.timeIsUp();
    run.aiSpeaks();
    run.timeIsUp();
    run.aiSpeaks();
    const answer = run.debate.statements.find(({ target, side }) => target === 1 && side === "against");
    assert.deepEqual([answer?.kind, answer?.argumentId], ["rebuttal", rebuttal], point);
  }
});

Deno.test("[V3] whatever is said, the AI repeats nothing, aims where it may, concedes what it cannot answer and is labelled in every frame", () => {
  const texts = fc.constantFrom(...MOTIONS.flatMap((motion) => motion.arguments.map(({ text }) => text)), "Quite so.");
  fc.assert(
    fc.property(
      fc.constantFrom(...MOTIONS),
      fc.array(texts, { minLength: 4, maxLength: 21 }),
      fc.constantFrom("for", "against"),
      (motion, said, aiSide) => {
        const speakers = { for: ["ada"], against: ["ada"], [aiSide]: [] };
        const plan = { ...AI_PLAN, motion, speakers, aiSide: aiSide as "for" | "against", rebuttalRounds: 5 };
        const run = DebateRun.started(plan);
        const queue = [...said];
        for (let left = turnsOf(plan).length; left > 0; left -= 1) {
          if (run.effects.length > 0) run.aiSpeaks();
          else {
            const text = queue.pop();
            if (text !== undefined) {
              const origin = { kind: "client", principal: { userId: "ada", role: "student" } } as const;
              run.send({ type: "state", kind: "claim", target: null, text, source: null }, origin);
            }
            run.timeIsUp();
          }
        }
        assert.equal(run.debate.phase.kind, "ended");
        const own = run.debate.statements.filter(({ by }) => by.kind === "ai");
        const made = own.map(({ argumentId }) => argumentId).filter((id) => id !== null);
        assert.equal(new Set(made).size, made.length, "an argument came twice");
        const conceded = own.filter(({ kind }) => kind === "concession").map(({ target }) => target);
        assert.equal(new Set(conceded).size, conceded.length);
        for (const { kind, target, side } of own) {
          const aimed = run.debate.statements.find(({ number }) => number === target);
          if (kind === "claim") assert.equal(target, null);
          else assert.equal(aimed?.side === side, kind === "support" || kind === "evidence");
        }
        for (const event of run.journal) {
          if (event.type !== "statement_made" || event.statement.by.kind !== "ai") continue;
          assert.match(JSON.stringify(debate.project(event, "spectator")), /"label":"AI"/);
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("[V3] an AI with nothing left lets the point stand", () => {
  const run = DebateRun.started({ ...AI_PLAN, motion: { ...AI_PLAN.motion, arguments: [] } });
  run.says("ada", "claim", null, "Sleep matters most of all.");
  run.timeIsUp();
  run.aiSpeaks();
  run.timeIsUp();
  run.aiSpeaks();
  assert.deepEqual(run.debate.statements.map(({ kind, target }) => [kind, target]), [["claim", null], [
    "concession",
    1,
  ]]);
});
