/** Questions of many learners in one pass: each answered as if it had been asked alone. */
import assert from "node:assert/strict";
import { startBackend } from "../../../src/ml/backend.ts";
import { answerQuestions } from "../../../src/ml/knowledge/answer_questions.ts";
import { questionOf, smallModel } from "./model_folder.ts";

await startBackend("wasm");

function near(got: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(got.length, expected.length);
  for (let i = 0; i < got.length; i++) assert.ok(Math.abs((got[i] ?? NaN) - (expected[i] ?? NaN)) < 1e-5, `${i}`);
}

Deno.test("[N9] company changes no answer, whatever each has to read and to judge", async () => {
  const model = smallModel();
  const questions = [questionOf(1, 0, 3), questionOf(2, 5, 0), questionOf(3, 2, 7), questionOf(4, 0, 0)];
  const together = await answerQuestions(model, questions);
  for (const [i, question] of questions.entries()) {
    const [alone] = await answerQuestions(model, [question]);
    assert.ok(alone);
    near(together[i]?.hidden.values ?? [], alone.hidden.values);
    near(together[i]?.probabilities ?? [], alone.probabilities);
    assert.equal(alone.probabilities.length, question.eloLogits.length);
    assert.ok(alone.probabilities.every((probability) => probability > 0 && probability < 1));
  }
  model.close();
});

Deno.test("[N4] answers read at once or in two goes leave the learner in one and the same state", async () => {
  const model = smallModel();
  const question = questionOf(6, 4, 5);
  const [once] = await answerQuestions(model, [question]);
  const [half] = await answerQuestions(model, [{ ...question, unread: question.unread.slice(0, 2) }]);
  assert.ok(once && half);
  const [rest] = await answerQuestions(model, [{ ...question, hidden: half.hidden, unread: question.unread.slice(2) }]);
  assert.ok(rest);
  near(rest.hidden.values, once.hidden.values);
  near(rest.probabilities, once.probabilities);
  model.close();
});

Deno.test("[N5] another model's memory counts as none; an answer of another encoding teaches nothing", async () => {
  const model = smallModel();
  const question = questionOf(7, 1, 5);
  const foreign = { model: "other@1", values: Array.from({ length: 8 }, () => 0.9) };
  const odd = { features: [1, 2, 3], correct: true };
  const [plain, mixed] = await answerQuestions(model, [
    question,
    { ...question, hidden: foreign, unread: [odd, ...question.unread] },
  ]);
  assert.ok(plain && mixed);
  near(mixed.probabilities, plain.probabilities);
  model.close();
});
