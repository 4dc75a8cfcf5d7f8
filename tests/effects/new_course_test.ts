/** A learner of whom nothing is known, in a course that nobody has answered yet, with the shipped network. */
import assert from "node:assert/strict";
import type { AskModel } from "../../src/domain/adaptive/model_question.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { statisticsAsAuthored } from "../../src/domain/adaptive/simulation/play_run.ts";
import { predictItems, readChoiceBasis } from "../../src/effects/choice_basis.ts";
import { createKnowledgePredictor } from "../../src/effects/knowledge_predictor.ts";
import { startBackend } from "../../src/ml/backend.ts";
import { answerQuestions } from "../../src/ml/knowledge/answer_questions.ts";
import { loadKnowledgeModel } from "../../src/ml/knowledge/load_knowledge_model.ts";
import { COURSE } from "../content/elementary_algebra.ts";
import { CountingMeter } from "../ml/manual_clock.ts";

const SEED = 20_261_122;
const PAIRS = 4_000;

class NoAnswerError extends Error {}

Deno.test(`[N14] with the shipped network, what authors hold for harder is expected right less often, seed ${SEED}`, async () => {
  await startBackend("wasm");
  const shipped = await loadKnowledgeModel(new URL("../../models/knowledge", import.meta.url).pathname);
  const ask: AskModel = async (question) => {
    const [answer] = await answerQuestions(shipped, [question]);
    if (answer === undefined) throw new NoAnswerError();
    return answer;
  };
  const sources = {
    courseById: () => Promise.resolve({ course: COURSE, version: 1 }),
    statisticsOf: () => Promise.resolve(statisticsAsAuthored(COURSE)),
    readLearner: () => Promise.resolve(null),
    predict: createKnowledgePredictor(ask, new CountingMeter()),
    nowMs: () => 0,
  };
  const { signal } = new AbortController();
  const basis = await readChoiceBasis(sources, { learnerId: "ada", courseId: COURSE.id, history: [] }, signal);
  assert.ok(basis !== null);
  const { prediction: { probabilities, prior } } = await predictItems(sources, basis, COURSE.items, signal);
  shipped.close();
  assert.ok(!prior);
  const random = randomFrom(SEED);
  const anyItem = () => Math.floor(random() * COURSE.items.length);
  for (let pair = 0; pair < PAIRS; pair++) {
    const [one, other] = [anyItem(), anyItem()];
    const step = (COURSE.items[other]?.difficulty ?? 0) - (COURSE.items[one]?.difficulty ?? 0);
    const fall = (probabilities[one] ?? 0) - (probabilities[other] ?? 0);
    assert.ok(step === 0 || Math.sign(fall) === Math.sign(step), `${step} steps harder, ${fall} less likely`);
  }
});
