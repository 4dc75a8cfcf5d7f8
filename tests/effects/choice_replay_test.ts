/** The whole choice out of the journals alone: nothing that a choice rests on is lost or left to chance. */
import assert from "node:assert/strict";
import type { StoredEvent } from "../../src/actors/ports.ts";
import { type ActorId, addressOf } from "../../src/domain/address.ts";
import type { AskModel } from "../../src/domain/adaptive/model_question.ts";
import type { PublishedStatistics } from "../../src/domain/adaptive/published_statistics.ts";
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { course as courseAggregate } from "../../src/domain/course/aggregate.ts";
import { courseAddress } from "../../src/domain/course/messages.ts";
import { statisticsFromView } from "../../src/domain/course/view.ts";
import { createLearner } from "../../src/domain/learner/aggregate.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { session as sessionAggregate } from "../../src/domain/session/aggregate.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { createChooseItem } from "../../src/effects/choose_item.ts";
import { createKnowledgePredictor } from "../../src/effects/knowledge_predictor.ts";
import { startBackend } from "../../src/ml/backend.ts";
import { answerQuestions } from "../../src/ml/knowledge/answer_questions.ts";
import { loadKnowledgeModel } from "../../src/ml/knowledge/load_knowledge_model.ts";
import { rightAnswer } from "../../tools/month/keyed_answer.ts";
import { COURSE } from "../content/elementary_algebra.ts";
import { PLAN } from "../domain/session/session_run.ts";
import { wrongResponse } from "../domain/session/small_course.ts";
import { CountingMeter } from "../ml/manual_clock.ts";
import { LessonWorld } from "./lesson_world.ts";

const SEED = 20_261_122;
const SESSIONS = 5;
const ITEMS_EACH = 24;
const EVENTS_MAX = 2_000;
const TOPICS = [null, "quadratic-equations", "slope"] as const;
const DAY_MS = 86_400_000;

class NoAnswerError extends Error {}

await startBackend("wasm");
const shipped = await loadKnowledgeModel(new URL("../../models/knowledge", import.meta.url).pathname);
const askShipped: AskModel = async (question) => {
  const [answer] = await answerQuestions(shipped, [question]);
  if (answer === undefined) throw new NoAnswerError();
  return answer;
};

function journalOf(world: LessonWorld, actor: ActorId): Promise<readonly StoredEvent[]> {
  return world.settled(world.store.journal.read(actor, 0, EVENTS_MAX));
}

/** The state after the event number `seq`, out of the journal alone. */
function stateAt<S, C, E extends { readonly type: string }, F>(
  aggregate: Aggregate<S, C, E, F>,
  key: string,
  journal: readonly StoredEvent[],
  seq: number,
): S {
  return journal.slice(0, seq).reduce(
    (state, { version, type, body, ...place }) =>
      aggregate.evolve(state, aggregate.upcastEvent(version, type, body), place),
    aggregate.initial(key),
  );
}

/** Lessons of one learner over some weeks, who answers two of three right. */
async function lessons(ask: AskModel | null): Promise<LessonWorld> {
  const random = randomFrom(SEED);
  const world = new LessonWorld(COURSE, ask);
  await world.start();
  for (let lesson = 0; lesson < SESSIONS; lesson++) {
    const id = `s${lesson}`;
    const topic = TOPICS[lesson % TOPICS.length] ?? null;
    await world.tell(id, { type: "create", plan: { ...PLAN, courseId: COURSE.id, topic, targetItems: ITEMS_EACH } });
    for (let turn = 0; turn < ITEMS_EACH; turn++) {
      const { item_ref } = await world.openItem(id);
      const served = Object((await journalOf(world, sessionAddress(id))).at(item_ref - 1)?.body);
      const skip = random() < 0.1;
      const response = random() < 2 / 3 ? rightAnswer(served.item) : wrongResponse(served.item);
      await world.tell(id, skip ? { type: "skip", item: item_ref } : { type: "answer", item: item_ref, response });
    }
    let nextDay = false;
    world.time.in(12 * DAY_MS, () => nextDay = true);
    await world.until(() => nextDay);
  }
  await world.until(() => world.store.tables.pending("only", 10).length === 0);
  return world;
}

/** Chooses again for every item of session `id`, from what the journals say of the moment of each choice. */
async function chooseAgain(world: LessonWorld, id: string, ask: AskModel | null) {
  const [session, learner, course] = [
    await journalOf(world, sessionAddress(id)),
    await journalOf(world, learnerAddress("ada")),
    await journalOf(world, courseAddress(COURSE.id)),
  ];
  const policies: string[] = [];
  for (const { seq, type, body } of session) {
    if (type !== "item_served") continue;
    const { item, receipt } = Object(body);
    const [effect] = sessionAggregate.pendingEffects(stateAt(sessionAggregate, id, session, seq - 1));
    assert.ok(effect?.kind === "choose_item");
    const run = createChooseItem({
      // No lesson asked anything in these weeks: `heldBack` would say what.
      askedOf: () => Promise.resolve([]),
      courseById: () => Promise.resolve({ course: COURSE, version: receipt.courseVersion }),
      statisticsOf(): Promise<PublishedStatistics | null> {
        const state = stateAt(courseAggregate, COURSE.id, course, receipt.statisticsVersion);
        return Promise.resolve(statisticsFromView(courseAggregate.view(state, "engine", 0)));
      },
      readLearner() {
        const known = stateAt(createLearner([]), "ada", learner, receipt.learnerSeq);
        return Promise.resolve({ learner: known, seq: receipt.learnerSeq });
      },
      predict: createKnowledgePredictor(ask, new CountingMeter()),
      nowMs: () => receipt.chosenAtMs,
    });
    const again = await run(effect, addressOf("session", id), new AbortController().signal);
    const served = { type: "serve_item", item, receipt, suggestions: true };
    assert.deepEqual(JSON.parse(JSON.stringify(again)), served, `${id}, event ${seq}`);
    policies.push(receipt.policy);
  }
  return policies;
}

for (const [name, ask] of [["the shipped network", askShipped], ["Elo ratings", null]] as const) {
  Deno.test(`[E15] with ${name}, every choice of some weeks comes out of the journals again, to the last bit`, async () => {
    const world = await lessons(ask);
    const policies: string[] = [];
    for (let lesson = 0; lesson < SESSIONS; lesson++) policies.push(...await chooseAgain(world, `s${lesson}`, ask));
    assert.ok(policies.length >= SESSIONS * ITEMS_EACH, `${policies.length} choices, seed ${SEED}`);
    for (const policy of ["adaptive", "diagnostic", "review"]) assert.ok(policies.includes(policy), policy);
  });
}
