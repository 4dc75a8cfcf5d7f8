/** How debaters are judged: rules that quote, drafts that must quote, and the teacher above both. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { debate } from "../../../src/domain/debate/aggregate.ts";
import { ARGUMENT_KINDS } from "../../../src/domain/debate/motion.ts";
import { readDraft } from "../../../src/domain/debate/read_draft.ts";
import {
  CRITERIA,
  type CriterionScore,
  isScore,
  type Quote,
  type RubricScores,
} from "../../../src/domain/debate/rubric.ts";
import { scoreByRules } from "../../../src/domain/debate/score_by_rules.ts";
import type { OpenedDebate, Statement } from "../../../src/domain/debate/state.ts";
import { as, DebateRun } from "./debate_run.ts";

const SLEEP = "Teenagers need sleep. They learn better, because memory is sorted at night.";
const SCORES: RubricScores = { claim: 4, evidence: 3, reasoning: 2, rebuttal: 1, civility: 4 };

/** Ada has made a claim with evidence, Ben has rebutted it, and the debate is over. */
function held(): DebateRun {
  const run = DebateRun.started();
  run.says("ada", "claim", null, SLEEP);
  const source = "Dunster et al. 2018";
  const text = "In Seattle students slept 34 minutes longer.";
  run.done({ type: "state", kind: "evidence", target: 1, text, source }, as("ada"));
  run.timeIsUp();
  run.says("ben", "rebuttal", 1, "Memory needs a regular evening more than a late morning.");
  run.done({ type: "end_debate", reason: "Time for lunch" }, as("tess"));
  return run;
}

function drafted(score: number, quotes: readonly string[]): string {
  const one = { score, quotes, why: "You said clearly what you hold." };
  return JSON.stringify(Object.fromEntries(CRITERIA.map((criterion) => [criterion, one])));
}

Deno.test("[V5] rules see a backed claim, evidence with its source, a reason and a rebuttal in the other's words", () => {
  const { judgements } = held().debate;
  const [ada, ben] = [judgements.ada?.byRules, judgements.ben?.byRules];
  assert.ok(ada && ben);
  assert.deepEqual(CRITERIA.map((one) => ada[one].score), [3, 2, 1, 0, 4]);
  assert.deepEqual(CRITERIA.map((one) => ben[one].score), [0, 0, 0, 2, 4]);
  assert.deepEqual(ada.reasoning.grounds, [
    { statement: 1, quote: "They learn better, because memory is sorted at night." },
  ]);
});

function judged(held: OpenedDebate, userId: string): readonly CriterionScore[] {
  const rubric = scoreByRules(held, userId);
  return rubric === null ? [] : CRITERIA.map((criterion) => rubric[criterion]);
}

function stands({ statement, quote }: Quote, statements: readonly Statement[]): boolean {
  return statements.some(({ number, text }) => number === statement && text.includes(quote));
}

const SAID = fc.array(
  fc.record({
    kind: fc.constantFrom(...ARGUMENT_KINDS),
    target: fc.option(fc.integer({ min: 1, max: 6 })),
    text: fc.oneof(
      fc.constantFrom(SLEEP, "Because.", "No dot", "3 of 4 sleep. Therefore later!", "… what?"),
      fc.string({ minLength: 1, maxLength: 80 }),
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

Deno.test("[V5] whatever was said, scores are whole from 0 to 4 and every quote stands in its statement letter for letter", () => {
  fc.assert(fc.property(SAID, (said) => {
    const statements: readonly Statement[] = said.map((one, i) => ({
      ...one,
      number: i + 1,
      turn: 1,
      by: { kind: "learner", userId: "ada" },
      side: "for",
      source: null,
      argumentId: null,
      wordedBy: "learner",
      atMs: 0,
    }));
    for (const { score, grounds } of judged({ ...held().debate, statements, held: [] }, "ada")) {
      if (!isScore(score)) assert.fail(`${score}`);
      for (const ground of grounds) if (!stands(ground, statements)) assert.fail(ground.quote);
    }
  }));
});

Deno.test("[V5] a draft holds only as a whole: five scores, quotes that the learner said, a reason that can be shown", () => {
  const own = held().debate.statements.slice(0, 2);
  const faulty = [
    "no JSON",
    "[]",
    "{}",
    drafted(5, ["Teenagers need sleep."]),
    drafted(3, ["Teenagers want sleep."]),
    drafted(3, []),
    drafted(3, [""]),
    drafted(2, ["Teenagers need sleep."]).replaceAll("You said clearly", "You are stupid"),
    JSON.stringify({ ...JSON.parse(drafted(2, ["Teenagers need sleep."])), civility: null }),
  ];
  for (const text of faulty) assert.equal(readDraft(text, own).kind, "faulty", text);
  const sound = readDraft(drafted(3, ["Teenagers need sleep."]), own);
  assert.ok(sound.kind === "rubric" && sound.rubric.claim.grounds[0]?.statement === 1);
});

Deno.test("[V5] a draft is for those who lead; the teacher's word stands above it, and no speaker or student judges", () => {
  const run = held();
  const engine = { kind: "effect", basisSeq: 1 } as const;
  run.done({ type: "judgement_drafted", userId: "ada", text: drafted(2, ["Teenagers need sleep."]) }, engine);
  run.done({ type: "judgement_drafted", userId: "ben", text: drafted(2, ["Teenagers need sleep."]) }, engine);
  const [ada, ben] = [run.debate.judgements.ada, run.debate.judgements.ben];
  assert.deepEqual([ada?.draft.kind, ben?.draft.kind], ["made", "failed"], "ben never said it");
  const late = { type: "judgement_not_drafted", userId: "ada", reason: "late" } as const;
  assert.equal(run.refused(late, engine), "late_result");
  for (const who of ["ada", "ben", "cat", "otto"]) {
    assert.equal(run.refused({ type: "judge", userId: "ada", scores: SCORES, comment: "" }, as(who)), "forbidden");
  }
  run.done({ type: "judge", userId: "ada", scores: SCORES, comment: "Well argued." }, as("tess"));
  const shown = JSON.stringify(debate.view(run.debate, "speaker:ada", run.nowMs));
  assert.match(shown, /Well argued/);
  assert.doesNotMatch(shown, /"draft":\{/);
  assert.doesNotMatch(JSON.stringify(debate.view(run.debate, "spectator", run.nowMs)), /by_rules/);
  for (const event of run.journal) {
    const isPersonal = event.type.startsWith("judge");
    if (isPersonal) assert.equal(debate.project(event, "spectator"), null);
    if (isPersonal && "userId" in event && event.userId === "ada") {
      assert.equal(debate.project(event, "speaker:ben"), null);
    }
  }
});
