/** A submission under a teacher's eyes: the draft of a language model, and the points that count. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import { submission } from "../../../src/domain/submission/aggregate.ts";
import {
  submissionAddress,
  type SubmissionCommand,
  type SubmissionEvent,
} from "../../../src/domain/submission/messages.ts";
import { rubric } from "./quest_run.ts";

const LEARNER: Origin = { kind: "actor", sender: addressOf("learner", "ada"), seq: 4 };
const TESS: Origin = { kind: "client", principal: { userId: "tess", role: "teacher" } };
const EFFECT: Origin = { kind: "effect", basisSeq: 1 };
const LEVELS = [0, 2].map((points) => ({ points, text: `level ${points}` }));
const CRITERIA = [
  rubric("clear"),
  { id: "right", text: "right", weight: 1, evidence: { kind: "assisted", levels: LEVELS } },
] as const;

class SubmissionRun {
  state = submission.initial("ada.q1.0.1");
  #seq = 0;

  send(command: SubmissionCommand, origin: Origin) {
    const decision = submission.decide(this.state, command, {
      actor: submissionAddress("ada", "q1.0", 1),
      seq: this.#seq,
      nowMs: 1_000,
      seed: 1,
      commandId: "c",
      origin,
    });
    if (decision.kind === "accepted") decision.events.forEach((event) => this.evolve(event));
    return decision;
  }

  evolve(event: SubmissionEvent): void {
    this.state = submission.evolve(this.state, event, { seq: ++this.#seq, atMs: 1_000 });
  }
}

function given(): SubmissionRun {
  const run = new SubmissionRun();
  const told = {
    learnerId: "ada",
    questId: "q1.0",
    templateId: "t",
    questKind: "explanation",
    title: "T",
    attempt: 1,
  } as const;
  const decision = run.send({ type: "submit", submission: { ...told, text: "So.", criteria: CRITERIA } }, LEARNER);
  assert.equal(decision.kind, "accepted");
  return run;
}

function codeOf(decision: ReturnType<SubmissionRun["send"]>): string {
  return decision.kind === "rejected" ? decision.code : decision.kind;
}

Deno.test("[Q8] a draft is asked for the assisted criteria alone and shown to the teacher; the teacher's points count", () => {
  const run = given();
  const [effect] = submission.pendingEffects(run.state);
  assert.deepEqual(effect?.criteria.map(({ id }) => id), ["right"]);
  run.send({ type: "draft_made", draft: { model: "m", points: { right: 2 }, quotes: {}, comment: "Good." } }, EFFECT);
  assert.deepEqual(submission.pendingEffects(run.state), []);
  assert.match(JSON.stringify(submission.view(run.state, "staff", 0)), /"drafted_points":2/);
  const decision = run.send({ type: "evaluate", points: { clear: 1, right: 0 }, comment: "Not quite." }, TESS);
  assert.ok(decision.kind === "accepted");
  assert.deepEqual(decision.messages.map(({ command }) => Object(command).points), [{ clear: 1, right: 0 }]);
});

Deno.test("[Q8] [S6] a draft that does not fit, fails or comes late leaves the teacher to judge without one", () => {
  const misfit = given();
  misfit.send({ type: "draft_made", draft: { model: "m", points: { right: 1 }, quotes: {}, comment: "" } }, EFFECT);
  const failed = given();
  failed.send({ type: "draft_failed", reason: "gone" }, EFFECT);
  for (const run of [misfit, failed]) {
    assert.match(JSON.stringify(submission.view(run.state, "staff", 0)), /"draft":"failed"/);
    const late = run.send(
      { type: "draft_made", draft: { model: "m", points: { right: 2 }, quotes: {}, comment: "" } },
      EFFECT,
    );
    assert.equal(codeOf(late), "late_result");
    assert.equal(codeOf(run.send({ type: "evaluate", points: { clear: 0, right: 2 }, comment: "" }, TESS)), "accepted");
  }
});

Deno.test("[Q8] only those who teach judge, never their own; every rubric criterion needs the points of one of its levels", () => {
  const run = given();
  const evaluate = { type: "evaluate", points: { clear: 1, right: 2 }, comment: "" } as const;
  const student: Origin = { kind: "client", principal: { userId: "bob", role: "student" } };
  const oneself: Origin = { kind: "client", principal: { userId: "ada", role: "teacher" } };
  for (const origin of [student, oneself, LEARNER, EFFECT]) {
    assert.equal(codeOf(run.send(evaluate, origin)), "forbidden");
  }
  for (const points of [{ clear: 1 }, { clear: 1, right: 1 }, { clear: 1, right: 2, constructor: 1 }, {}]) {
    assert.equal(codeOf(run.send({ ...evaluate, points }, TESS)), "bad_points", JSON.stringify(points));
  }
  assert.equal(codeOf(run.send({ type: "withdraw" }, TESS)), "forbidden");
  run.send({ type: "withdraw" }, LEARNER);
  assert.equal(codeOf(run.send(evaluate, TESS)), "not_waiting");
  assert.equal(submission.listing(run.state)?.status, "withdrawn");
});
