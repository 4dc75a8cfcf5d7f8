/** Receipts: what a choice rested on is enough to make it again, with statistics and without. */
import assert from "node:assert/strict";
import { addressOf } from "../../src/domain/address.ts";
import { rightIn } from "../../src/domain/adaptive/met_item.ts";
import { recomputeChoice } from "../../src/domain/adaptive/recompute_choice.ts";
import type { PublishedStatistics } from "../../src/domain/adaptive/published_statistics.ts";
import { course as aggregate } from "../../src/domain/course/aggregate.ts";
import type { CourseState } from "../../src/domain/course/state.ts";
import { statisticsFromView } from "../../src/domain/course/view.ts";
import { createLearner } from "../../src/domain/learner/aggregate.ts";
import type { LearnerState } from "../../src/domain/learner/knowledge.ts";
import { randomFrom } from "../../src/domain/random.ts";
import type { ChoiceReceipt, ChooseItemEffect, PastItem } from "../../src/domain/session/messages.ts";
import { createChooseItem } from "../../src/effects/choose_item.ts";
import { createKnowledgePredictor } from "../../src/effects/knowledge_predictor.ts";
import { CountingMeter } from "../ml/manual_clock.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { PLAN } from "../domain/session/session_run.ts";

const learner = createLearner([]);

const COURSE = chainCourse(["a", "b", "c"], 4, "fresh");
const SEED = 20_261_122;

function listed(): CourseState {
  const items = COURSE.items.map(({ id, skills, difficulty }) => ({ id, skills, difficulty }));
  return aggregate.evolve(aggregate.initial(COURSE.id), { type: "items_listed", items }, { seq: 1, atMs: 0 });
}

interface World {
  readonly course: CourseState;
  readonly learner: LearnerState;
  readonly history: readonly PastItem[];
}

function effectAt(turn: number, seed: number, history: readonly PastItem[]): ChooseItemEffect {
  const plan = { ...PLAN, courseId: COURSE.id };
  const right = [...rightIn(history)];
  return { kind: "choose_item", basisSeq: turn, sessionId: "s1", seed, plan, targetProbability: 0.75, history, right };
}

/** One choice in the world as it is, by the statistics or, without them, by ratings. */
async function served(world: World, effect: ChooseItemEffect, by: "statistics" | "ratings") {
  const published: PublishedStatistics | null = statisticsFromView(aggregate.view(world.course, "engine", 0));
  const run = createChooseItem({
    askedOf: () => Promise.resolve([]),
    courseById: () => Promise.resolve({ course: COURSE, version: 1 }),
    statisticsOf: () => Promise.resolve(by === "statistics" ? published : null),
    readLearner: () => Promise.resolve({ learner: world.learner, seq: effect.basisSeq }),
    predict: createKnowledgePredictor(null, new CountingMeter()),
    nowMs: () => effect.basisSeq * 1_000,
  });
  const command = await run(effect, addressOf("session", "s1"), new AbortController().signal);
  assert.ok(command.type === "serve_item", command.type);
  return command;
}

/** The world after the served item was answered, as session, learner and course would tell one another. */
function afterAnswer(world: World, served: { itemId: string; receipt: ChoiceReceipt }, correct: boolean, turn: number) {
  const item = COURSE.items.find(({ id }) => id === served.itemId);
  assert.ok(item);
  const atMs = turn * 1_000;
  const answer = {
    sessionId: "s1",
    courseId: COURSE.id,
    itemId: item.id,
    skills: item.skills,
    difficulty: item.difficulty,
    correct,
    score: correct ? 1 : 0,
    hintsUsed: 0,
    responseMs: 800,
    atMs,
    presentations: [],
    behaviour: [],
    sighting: served.receipt.sighting,
  };
  const decision = learner.decide(world.learner, { type: "record_answer", answer }, {
    actor: addressOf("learner", "ada"),
    seq: turn,
    nowMs: atMs,
    seed: 1,
    commandId: "c",
    origin: { kind: "actor", sender: addressOf("session", "s1"), seq: turn },
  });
  assert.equal(decision.kind, "accepted");
  if (decision.kind !== "accepted") return world;
  const [message] = decision.messages;
  const past = {
    itemId: item.id,
    skills: item.skills,
    correct,
    score: answer.score,
    answeredAtMs: atMs,
    policy: served.receipt.policy,
  };
  return {
    learner: learner.evolve(world.learner, { type: "answer_recorded", answer }, { seq: turn + 1, atMs }),
    course: message === undefined ? world.course : aggregate.evolve(
      world.course,
      { type: "answer_recorded", observation: Object(message.command).observation },
      { seq: world.course.version + 1, atMs },
    ),
    history: [...world.history, past].slice(-50),
  };
}

Deno.test("[E6] a thousand receipts, stored and read again, draw the items that they name", async () => {
  const random = randomFrom(SEED);
  let world: World = { course: listed(), learner: learner.initial("ada"), history: [] };
  for (let turn = 1; turn <= 1_000; turn++) {
    const effect = effectAt(turn, Math.floor(random() * 2 ** 32), world.history);
    const by = turn % 5 === 0 ? "ratings" : "statistics";
    const { item, receipt } = await served(world, effect, by);
    const stored: ChoiceReceipt = JSON.parse(JSON.stringify(receipt));
    const again = recomputeChoice(stored);
    assert.equal(again?.itemId, item.itemId, `turn ${turn}, seed ${SEED}`);
    assert.equal(again?.propensity, stored.propensity);
    assert.deepEqual(again?.scores, stored.considered.map(({ score }) => score));
    assert.equal(stored.statisticsVersion, by === "statistics" ? world.course.version : null);
    world = afterAnswer(world, { itemId: item.itemId, receipt }, random() < 0.75, turn);
  }
  assert.equal(world.learner.courses[COURSE.id]?.knowledge.answers, 800);
});

Deno.test("[E6] [N2] a learner who answers right moves on to what builds on it", async () => {
  const random = randomFrom(SEED);
  let world: World = { course: listed(), learner: learner.initial("ada"), history: [] };
  const skills: string[] = [];
  for (let turn = 1; turn <= 40; turn++) {
    const effect = effectAt(turn, Math.floor(random() * 2 ** 32), world.history);
    const { item, receipt } = await served(world, effect, "statistics");
    skills.push(item.skills[0] ?? "");
    assert.equal(receipt.policy, turn === 1 ? "diagnostic" : "adaptive");
    world = afterAnswer(world, { itemId: item.itemId, receipt }, turn > 0, turn);
  }
  assert.ok(skills.slice(1, 4).every((skill) => skill === "a"), skills.join(" "));
  assert.ok(skills.includes("b") && skills.includes("c"), skills.join(" "));
});
