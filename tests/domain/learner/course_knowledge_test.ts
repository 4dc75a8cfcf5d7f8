/** What the learner actor keeps of a course: one knowledge for all sessions, read by the network as it catches up. */
import assert from "node:assert/strict";
import { UNREAD_MAX } from "../../../src/domain/learner/course_knowledge.ts";
import type { AnswerFact } from "../../../src/domain/learner/messages.ts";
import { factOf, learner, LearnerRun, SIGHTING } from "./learner_run.ts";

Deno.test("[X2] an answer moves the learner's knowledge of the course and tells the course what it taught", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", 5_000));
  const known = run.state.courses.algebra;
  assert.ok(known);
  assert.equal(known.knowledge.answers, 1);
  assert.ok(known.knowledge.ability > 0);
  const [message] = run.messages.map((one) => Object(one));
  assert.equal(message.to, "course/algebra");
  const { observation } = message.command;
  assert.deepEqual(observation.answered, { place: SIGHTING.place, correct: true, atS: 5, responseMs: 900 });
  assert.equal(observation.expected, 1 / (1 + Math.exp(0.25)));
  assert.deepEqual(JSON.parse(JSON.stringify(run.state)), run.state);
});

Deno.test("[N3] two sessions at once: one reading is under way, the next takes in all that came meanwhile", () => {
  const run = new LearnerRun();
  for (const session of ["s1", "s2", "s1"]) run.answer(factOf("algebra", 5_000), session);
  assert.equal(run.effects.length, 1);
  assert.equal(run.read().answers.length, 1);
  assert.equal(run.state.courses.algebra?.knowledge.hidden?.model, "m");
  const next = run.read();
  assert.deepEqual([next.answers.length, next.hidden?.values], [2, [1]]);
  assert.deepEqual([run.effects.length, run.state.courses.algebra?.unread], [0, []]);
});

Deno.test("[S7] a reading under way is asked for again after recovery", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", 5_000));
  run.answer(factOf("geometry", 5_000, "wrong"));
  const recovered = learner.upcastState(learner.schemaVersion, JSON.parse(JSON.stringify(run.state)));
  assert.deepEqual(learner.pendingEffects(recovered), run.effects);
});

Deno.test("[S6] a reading that is not awaited any more changes nothing, nor does one that a person sends", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", 5_000));
  const effect = run.read();
  const late = { type: "answers_read", ...effect, hidden: { model: "m", values: [9] } } as const;
  const codes = ([{ kind: "effect", basisSeq: 1 }, {
    kind: "client",
    principal: { userId: "ada", role: "student" },
  }] as const).map((origin) => {
    const decision = run.send(late, origin);
    return decision.kind === "rejected" ? decision.code : decision.kind;
  });
  assert.deepEqual(codes, ["late_result", "forbidden"]);
});

Deno.test("[N3] without a model knowledge goes on, a bounded number of answers waits, the next answer tries again", () => {
  const run = new LearnerRun();
  for (let answers = 0; answers < UNREAD_MAX + 20; answers++) {
    run.answer(factOf("algebra", answers));
    const effect = run.effects.shift();
    assert.ok(effect, `answer ${answers} asked for no reading`);
    run.send(learner.effectFailed(effect, "gone"), { kind: "effect", basisSeq: run.seq });
  }
  const known = run.state.courses.algebra;
  assert.deepEqual([known?.knowledge.answers, known?.unread.length], [UNREAD_MAX + 20, UNREAD_MAX]);
  assert.equal(known?.unread.at(-1)?.seq, run.seq);
});

Deno.test("[N3] knowledge of more courses than are kept lets the one go that was not worked on longest", () => {
  const run = new LearnerRun();
  for (let course = 0; course < 20; course++) run.answer(factOf(`c${course}`, 1_000 + course));
  const kept = Object.keys(run.state.courses);
  assert.deepEqual([kept.length, kept.includes("c3"), kept.includes("c4")], [16, false, true]);
  assert.equal(run.state.answered, 20);
});

Deno.test("[S5] a learner of version 1 keeps ratings and counts; answers of version 1 move the ratings alone", () => {
  const { courses: _none, memory: _nothing, profile: _unset, ...version1 } = new LearnerRun().state;
  assert.deepEqual(learner.upcastState(1, version1).courses, {});
  const { sighting: _unseen, ...answer1 } = factOf("algebra", 1);
  const event = learner.upcastEvent(1, "answer_recorded", { type: "answer_recorded", answer: answer1 });
  const after = learner.evolve(learner.initial("ada"), event, { seq: 1, atMs: 1 });
  assert.deepEqual([after.answered, after.courses], [1, {}]);
});

Deno.test("[X2] a message that an older session stored is recorded as unsighted", () => {
  const { sighting: _unseen, ...answer1 } = factOf("algebra", 1);
  const run = new LearnerRun();
  const decision = run.answer(answer1 as AnswerFact);
  assert.equal(decision.kind, "accepted");
  assert.deepEqual([run.state.answered, run.state.courses, run.messages], [1, {}, []]);
});

Deno.test("[A4] the network's memory is shown to the engine alone", () => {
  const run = new LearnerRun();
  run.answer(factOf("algebra", 5_000));
  for (const audience of ["learner", "staff"]) {
    assert.ok(!JSON.stringify(learner.view(run.state, audience, 0)).includes("hidden"));
  }
});
