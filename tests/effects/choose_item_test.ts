/** The choice as the session asks for it: from effect to served item, over the real predictor and course. */
import assert from "node:assert/strict";
import { addressOf } from "../../src/domain/address.ts";
import { UNKNOWN_ABILITIES } from "../../src/domain/adaptive/elo.ts";
import type { Abilities } from "../../src/domain/adaptive/prediction.ts";
import { NEW_PROFILE } from "../../src/domain/learner/profile.ts";
import { statisticsAsAuthored } from "../../src/domain/adaptive/simulation/play_run.ts";
import { CountingMeter } from "../ml/manual_clock.ts";
import type { AskedItem } from "../../src/domain/curriculum/asked_item.ts";
import { renderItem } from "../../src/domain/curriculum/render_item.ts";
import { type LearnerState, newLearner } from "../../src/domain/learner/knowledge.ts";
import type { ChooseItemEffect, SessionCommand } from "../../src/domain/session/messages.ts";
import { createChooseItem, itemSeed } from "../../src/effects/choose_item.ts";
import { CATALOGUE_ELO_MODEL, createKnowledgePredictor } from "../../src/effects/knowledge_predictor.ts";
import { ELO_MODEL, predictByElo } from "../../src/effects/elo_predictor.ts";
import { rightAnswer } from "../../tools/month/keyed_answer.ts";
import { chainCourse, mastering } from "../domain/adaptive/practice_course.ts";
import { begun, PLAN } from "../domain/session/session_run.ts";

const COURSE = chainCourse(["a", "b"], 3, "fresh");

function effectWith(changes: Partial<ChooseItemEffect>): ChooseItemEffect {
  return {
    kind: "choose_item",
    basisSeq: 4,
    sessionId: "s1",
    seed: 99,
    plan: { ...PLAN, courseId: COURSE.id },
    targetProbability: 0.75,
    history: [],
    right: [],
    ...changes,
  };
}

/** A learner whom ratings alone describe. */
function rated({ overall, skills, lastAnswerAtMs }: Abilities): LearnerState {
  const ofCourse = Object.entries(skills).map(([id, rating]) => [`${COURSE.id}:${id}`, rating] as const);
  return {
    ...newLearner("ada"),
    overall,
    skills: Object.fromEntries(ofCourse),
    lastAnswerAtMs: lastAnswerAtMs ?? null,
  };
}

function choose(
  effect: ChooseItemEffect,
  abilities: Abilities | null,
  courses = [COURSE],
  asked: readonly AskedItem[] = [],
): Promise<SessionCommand> {
  const run = createChooseItem({
    askedOf: (userIds) => Promise.resolve(userIds.includes("ada") ? asked : []),
    courseById(id) {
      const course = courses.find((one) => one.id === id);
      return Promise.resolve(course === undefined ? null : { course, version: 3 });
    },
    statisticsOf: () => Promise.resolve(null),
    readLearner: () => Promise.resolve(abilities === null ? null : { learner: rated(abilities), seq: 12 }),
    predict: predictByElo,
    nowMs: () => 0,
  });
  return run(effect, addressOf("session", "s1"), new AbortController().signal);
}

Deno.test("[E6] [C2] a choice serves a rendered item with a receipt that names model, target and propensity", async () => {
  const command = await choose(effectWith({}), mastering(["a"]));
  assert.equal(command.type, "serve_item");
  if (command.type !== "serve_item") return;
  const authored = COURSE.items.find((item) => item.id === command.item.itemId);
  assert.ok(authored);
  assert.deepEqual(command.item, renderItem(authored, command.item.seed));
  const { receipt } = command;
  assert.deepEqual([receipt.id, receipt.model, receipt.prior], ["s1.4", ELO_MODEL, false]);
  assert.ok(receipt.propensity > 0 && receipt.propensity <= 1);
  assert.ok(receipt.considered.some(({ itemId }) => itemId === command.item.itemId));
  assert.deepEqual(await choose(effectWith({}), mastering(["a"])), command);
});

Deno.test("[J19] what a lesson asks is not served, with other numbers it is; the receipt names what was held back", async () => {
  const free = await choose(effectWith({}), mastering(["a"]));
  assert.ok(free.type === "serve_item");
  const { itemId, prompt } = free.item;
  const asking = { courseId: COURSE.id, itemId, prompt };
  const held = await choose(effectWith({}), mastering(["a"]), [COURSE], [asking]);
  assert.ok(held.type === "serve_item");
  assert.notEqual(held.item.itemId, itemId);
  assert.ok(!held.receipt.considered.some((one) => one.itemId === itemId));
  assert.deepEqual(held.receipt.heldBack, [itemId]);
  const others = [{ ...asking, prompt: "with other numbers" }, { ...asking, courseId: "another" }];
  assert.deepEqual(await choose(effectWith({}), mastering(["a"]), [COURSE], others), free);
});

Deno.test("[J19] where a lesson asks all that is left, the choice is tried again later and ends nothing", async () => {
  const asked = COURSE.items.map((item) => ({
    courseId: COURSE.id,
    itemId: item.id,
    prompt: renderItem(item, itemSeed(effectWith({}).seed)).prompt,
  }));
  assert.equal((await choose(effectWith({}), mastering(["a"]), [COURSE], asked)).type, "choice_failed");
});

Deno.test("[E6] another choice of the same item draws other parameters", async () => {
  const single = { ...COURSE, items: COURSE.items.slice(0, 1) };
  const prompts = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const command = await choose(effectWith({ seed }), null, [single]);
    if (command.type === "serve_item") prompts.add(JSON.stringify(command.item.key));
  }
  assert.ok(prompts.size > 10, `${prompts.size} different of 20`);
});

Deno.test("[E6] without known abilities the prior stands in, marked, and only what needs nothing is served", async () => {
  for (const abilities of [null, UNKNOWN_ABILITIES]) {
    const command = await choose(effectWith({}), abilities);
    assert.equal(command.type, "serve_item");
    if (command.type !== "serve_item") return;
    assert.ok(command.receipt.prior);
    assert.deepEqual(command.item.skills, ["a"]);
  }
});

Deno.test("[E6] an answer of this session counts before the learner's record has it", async () => {
  const [item] = COURSE.items;
  assert.ok(item);
  const history = [
    { itemId: item.id, skills: item.skills, correct: true, score: 1, answeredAtMs: 5, policy: "adaptive" } as const,
  ];
  const command = await choose(effectWith({ history }), UNKNOWN_ABILITIES);
  assert.equal(command.type === "serve_item" && command.receipt.prior ? "prior" : "known", "known");
});

Deno.test("[E6] a course that is gone fails the choice, one with nothing left says so", async () => {
  assert.equal((await choose(effectWith({}), null, [])).type, "choice_failed");
  const fixed = chainCourse(["a"], 1, "fixed");
  const past = { correct: true, score: 1, answeredAtMs: 1, policy: "adaptive" } as const;
  const history = fixed.items.map((item) => ({ itemId: item.id, skills: item.skills, ...past }));
  const right = fixed.items.map(({ id }) => id);
  assert.equal((await choose(effectWith({ history, right }), null, [fixed])).type, "no_item_left");
});

Deno.test("[E12] [N10] a model whose answer is not one probability an item is answered by the prior, marked and counted", async () => {
  const published = statisticsAsAuthored(COURSE);
  const hidden = { model: "odd-1", values: [] };
  const answers: readonly ((candidates: number) => readonly number[])[] = [
    (candidates) => Array.from({ length: candidates }, () => NaN),
    (candidates) => Array.from({ length: candidates }, (_, i) => i === 0 ? 1.001 : 0.5),
    (candidates) => Array.from({ length: candidates }, (_, i) => i === 0 ? -0.001 : 0.5),
    (candidates) => Array.from({ length: candidates - 1 }, () => 0.5),
  ];
  for (const answer of answers) {
    const meter = new CountingMeter();
    const run = createChooseItem({
      askedOf: () => Promise.resolve([]),
      courseById: () => Promise.resolve({ course: COURSE, version: 1 }),
      statisticsOf: () => Promise.resolve(published),
      readLearner: () => Promise.resolve(null),
      predict: createKnowledgePredictor(
        ({ eloLogits }) => Promise.resolve({ hidden, probabilities: Float32Array.from(answer(eloLogits.length)) }),
        meter,
      ),
      nowMs: () => 0,
    });
    const command = await run(effectWith({}), addressOf("session", "s1"), new AbortController().signal);
    assert.ok(command.type === "serve_item");
    assert.deepEqual([command.receipt.model, command.receipt.prior], [CATALOGUE_ELO_MODEL, true]);
    assert.equal(meter.counts.get("knowledge_priors"), 1);
    assert.match(command.receipt.grounds.join(" "), /stated prior stood in/);
  }
});

Deno.test("[E14] [F4] what the learner set in their profile reaches the choice: difficulty, goals and pace", async () => {
  const profile = {
    ...NEW_PROFILE,
    version: 1,
    difficulty: 5,
    goals: [{ courseId: COURSE.id, skillId: "b" }],
  } as const;
  const learner = { ...rated(mastering(["a", "b"])), profile };
  const run = createChooseItem({
    askedOf: () => Promise.resolve([]),
    courseById: () => Promise.resolve({ course: COURSE, version: 1 }),
    statisticsOf: () => Promise.resolve(null),
    readLearner: () => Promise.resolve({ learner, seq: 3 }),
    predict: predictByElo,
    nowMs: () => 0,
  });
  const command = await run(effectWith({}), addressOf("session", "s1"), new AbortController().signal);
  assert.ok(command.type === "serve_item");
  assert.equal(command.receipt.targetProbability, 0.58);
  assert.ok(command.receipt.considered.every(({ terms }) => (terms.goal ?? 0) > 0));
  assert.equal(command.receipt.learnerSeq, 3);
});

Deno.test("[S6] an aborted choice rejects before it asks the predictor", async () => {
  const abort = new AbortController();
  abort.abort();
  const run = createChooseItem({
    askedOf: () => Promise.resolve([]),
    courseById: () => Promise.resolve({ course: COURSE, version: 1 }),
    statisticsOf: () => Promise.resolve(null),
    readLearner: () => Promise.resolve(null),
    nowMs: () => 0,
    predict: () => assert.fail("asked"),
  });
  await assert.rejects(run(effectWith({}), addressOf("session", "s1"), abort.signal), { name: "AbortError" });
});

Deno.test("[E4] [E6] a whole session runs on real choices to its target", async () => {
  const run = begun({ ...PLAN, courseId: COURSE.id, targetItems: 12 });
  const served: string[] = [];
  while (run.state.status === "active") {
    const effect = run.effects.pop();
    assert.ok(effect?.kind === "choose_item");
    const command = await choose(effect, null);
    run.done(command, { kind: "effect", basisSeq: effect.basisSeq });
    const { number, item } = run.opened();
    served.push(item.itemId);
    run.done({ type: "answer", item: number, response: rightAnswer(item) });
  }
  assert.equal(served.length, 12);
  assert.ok(served.every((id, i) => id !== served[i - 1]), served.join(" "));
});
