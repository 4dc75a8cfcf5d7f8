/** Finds out whether prepared features know what they must not: later answers, or the learners of the test. */
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import type { StatisticsMode } from "./prepare_sequences.ts";
import type { LearnerAnswers } from "./read_answers.ts";
import { type Part, PARTS, type Split } from "./split_learners.ts";

export type Prepare = (split: Split<LearnerAnswers>, mode: StatisticsMode) => Split<AnswerSequence>;

/** The audit works on a sample: a leak is in the code, so it shows in any data. */
const SAMPLE_LEARNERS: { readonly [part in Part]: number } = { training: 20, validation: 4, test: 6 };
const SAMPLE_ANSWERS_MAX = 40;
/** Another duration for the answers that are changed. */
const OTHER_RESPONSE_MS = 86_400;

/** An encoded answer that changed with something it must not depend on. */
export class LeakError extends Error {
  override readonly name = "LeakError";
}

function sampleOf(split: Split<LearnerAnswers>): Split<LearnerAnswers> {
  const of = (part: Part) =>
    split[part].slice(0, SAMPLE_LEARNERS[part]).map(({ learner, answers }) => ({
      learner,
      answers: answers.slice(0, SAMPLE_ANSWERS_MAX),
    }));
  return { training: of("training"), validation: of("validation"), test: of("test") };
}

/** The learner with every outcome and duration from answer `from` on turned into another. */
function changedFrom({ learner, answers }: LearnerAnswers, from: number): LearnerAnswers {
  const changed = answers.map((answered, index) =>
    index < from ? answered : { ...answered, correct: !answered.correct, responseMs: OTHER_RESPONSE_MS }
  );
  return { learner, answers: changed };
}

function sameUntil(before: AnswerSequence, after: AnswerSequence, answers: number): boolean {
  const numbers = answers * (before.features.length / before.correct.length);
  return before.features.subarray(0, numbers).every((value, index) => Object.is(value, after.features[index])) &&
    before.eloLogits.subarray(0, answers).every((value, index) => Object.is(value, after.eloLogits[index]));
}

/** Whether the outcomes of learner `changed` of `part` may show in the sequences of learner `seen` of `inPart`. */
function mayDependOn(part: Part, changed: number, inPart: Part, seen: number, mode: StatisticsMode): boolean {
  if (inPart === "test") return part !== "test" ? mode === "warm" : mode === "cold" && seen > changed;
  return part !== "test";
}

/** Compares everything that must not have changed after learner `changed` of `part` changed from answer `from` on. */
function checkChange(
  before: Split<AnswerSequence>,
  after: Split<AnswerSequence>,
  change: { readonly part: Part; readonly index: number; readonly from: number },
  mode: StatisticsMode,
): void {
  for (const part of PARTS) {
    before[part].forEach((sequence, index) => {
      const self = part === change.part && index === change.index;
      if (!self && mayDependOn(change.part, change.index, part, index, mode)) return;
      const answers = self ? change.from + 1 : sequence.correct.length;
      const again = after[part][index];
      if (again !== undefined && sameUntil(sequence, again, answers)) return;
      throw new LeakError(
        `${mode}: answers of ${change.part} learner ${change.index} from ${change.from} on show in ${part} learner ${index}`,
      );
    });
  }
}

/**
 * Prepares a sample of `split`, changes the later outcomes of one learner after another and prepares again. What was
 * encoded before an answer must not change with it, nor anything with the answers of a test learner, but in a stream
 * those that come after.
 * @throws LeakError naming the first dependence found
 */
export function auditLeaks(prepare: Prepare, split: Split<LearnerAnswers>, mode: StatisticsMode): void {
  const sample = sampleOf(split);
  const before = prepare(sample, mode);
  for (const part of PARTS) {
    for (const index of [0, sample[part].length - 1]) {
      const from = Math.floor((sample[part][index]?.answers.length ?? 0) / 2);
      const changed = sample[part].map((learner, other) => other === index ? changedFrom(learner, from) : learner);
      checkChange(before, prepare({ ...sample, [part]: changed }, mode), { part, index, from }, mode);
    }
  }
}
