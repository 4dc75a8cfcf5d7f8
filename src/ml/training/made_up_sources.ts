/** Sources of made-up courses, on which the network learns to trust plain figures where there is no more to be known. */
import { randomFrom } from "../../domain/random.ts";
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import type { Source } from "./draw_answers.ts";
import { makeUpLearners } from "./made_up_learners.ts";
import { prepareSequences } from "./prepare_sequences.ts";
import { prepareThin } from "./thin_statistics.ts";
import type { TrainingMode } from "./training_options.ts";

/** The name of the sources: a file of recorded answers cannot be called so, for the space. */
const MADE_UP = "made up";
/** A validation course for so many training courses. */
const COURSES_A_VALIDATION = 8;
const COURSE_STRIDE = 15_485_863;

/**
 * One source for each mode out of `courses` courses together; an eighth as many others, of drawn parameters not trained
 * on, are for validation, except in mode `thin`.
 */
export function makeUpSources(courses: number, modes: readonly TrainingMode[], seed: number): readonly Source[] {
  if (courses === 0) return [];
  const validations = Math.ceil(courses / COURSES_A_VALIDATION);
  return modes.map((mode) => ({
    name: `${MADE_UP} ${courses} ${mode}`,
    training: prepareCourses(0, courses, mode, seed),
    validation: mode === "thin" ? [] : prepareCourses(courses, courses + validations, mode, seed),
  }));
}

/** Statistics are each course's own. */
function prepareCourses(from: number, to: number, mode: TrainingMode, seed: number): readonly AnswerSequence[] {
  return Array.from({ length: to - from }, (_, index) => {
    const training = makeUpLearners(randomFrom(seed + COURSE_STRIDE * (from + index + 1)));
    if (mode === "thin") return prepareThin(training);
    return prepareSequences({ training, validation: [], test: [] }, mode).training;
  }).flat();
}
