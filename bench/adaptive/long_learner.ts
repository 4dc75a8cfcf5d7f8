/** What a learner costs who has given very many answers: bytes of their snapshot, milliseconds to restore and to answer. */
import { FEATURES } from "../../src/domain/adaptive/encode.ts";
import type { ItemPlace } from "../../src/domain/adaptive/answered.ts";
import { type LearnerState, newLearner, withAnswer } from "../../src/domain/learner/knowledge.ts";
import { LEARNER_SCHEMA_VERSION, upcastLearnerState } from "../../src/domain/learner/upcast.ts";
import { withAnswersRead } from "../../src/domain/learner/evolve.ts";
import type { AnswerFact } from "../../src/domain/learner/messages.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { factOf } from "../../tests/domain/learner/learner_run.ts";
import { percentilesMs } from "../percentiles.ts";

/** The largest course that may be stored. */
const SKILLS = 500;
const ITEMS = 5_000;
const HIDDEN = 64;
const FROM_MS = 1_700_000_000_000;
const ANSWER_EVERY_MS = 20_000;
const TIMED_ANSWERS = 1_000;

function answerOf(index: number, random: () => number): AnswerFact {
  const item = Math.floor(random() * ITEMS);
  const skill = item % SKILLS;
  const place: ItemPlace = { item, skills: [skill], skillSet: skill };
  const features = Array.from({ length: FEATURES }, () => Math.round(random() * 1e4) / 1e4);
  return {
    ...factOf("c", FROM_MS + index * ANSWER_EVERY_MS, random() < 0.7 ? "right" : "wrong"),
    itemId: `item-${item}`,
    skills: [`skill-${skill}`],
    sighting: { place, difficulty: 0, features },
  };
}

/** One answer and, as in service, the network's reading of it. */
function answered(learner: LearnerState, fact: AnswerFact, seq: number): LearnerState {
  const after = withAnswer(learner, fact, seq);
  const hidden = { model: "bench", values: fact.sighting?.features.slice(0, HIDDEN) ?? [] };
  return withAnswersRead(after, { type: "answers_read", courseId: fact.courseId, fromSeq: seq, untilSeq: seq, hidden });
}

/** A line each for the learner at a hundred answers and at `answers`. */
export function measureLongLearner(answers: number): readonly string[] {
  const random = randomFrom(1);
  let learner = newLearner("l");
  const lines: string[] = [];
  let answersMs: number[] = [];
  for (let index = 1; index <= answers; index += 1) {
    const fact = answerOf(index, random);
    const beganMs = performance.now();
    learner = answered(learner, fact, index);
    answersMs.push(performance.now() - beganMs);
    answersMs = answersMs.length > 2 * TIMED_ANSWERS ? answersMs.slice(-TIMED_ANSWERS) : answersMs;
    if (index !== 100 && index !== answers) continue;
    const stored = JSON.stringify(learner);
    const restoredFromMs = performance.now();
    upcastLearnerState(LEARNER_SCHEMA_VERSION, JSON.parse(stored));
    const restoreMs = performance.now() - restoredFromMs;
    lines.push(
      `${`learner of ${index} answers`.padEnd(38)} ${
        percentilesMs(answersMs.slice(-TIMED_ANSWERS), [50, 99])
      } an answer, ` +
        `snapshot ${(stored.length / 1024).toFixed(0)} KiB, restored in ${restoreMs.toFixed(1)} ms`,
    );
  }
  return lines;
}
