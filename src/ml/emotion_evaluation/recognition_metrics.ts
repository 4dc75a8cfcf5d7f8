/** How well seven probabilities name the emotion that an image is labelled with. */
import { type Emotion, EMOTIONS } from "../../domain/affect/observation.ts";
import { calibrationError } from "../training/metrics.ts";

/** A face that was read, with its label. */
export interface ReadFace {
  readonly label: Emotion;
  /** In the order of `EMOTIONS`, adding up to 1. */
  readonly probabilities: readonly number[];
}

/** All are NaN without a face. */
export interface RecognitionMetrics {
  /** Share of faces whose likeliest class is their label. */
  readonly accuracy: number;
  /** Mean of the F1 of those classes that are labelled at least once. */
  readonly macroF1: number;
  /** Mean gap between confidence and accuracy over 15 equal bins of confidence, weighted by faces. */
  readonly ece: number;
  /** Share of faces read with a confidence of `confidenceMin` or more. */
  readonly coverage: number;
  /** Share of those that are read right. */
  readonly accuracyAtCoverage: number;
  /** Faces by label (row) and likeliest class (column), both in the order of `EMOTIONS`. */
  readonly confusion: readonly (readonly number[])[];
}

interface Verdict {
  readonly label: number;
  readonly answer: number;
  readonly confidence: number;
}

function verdictOn({ label, probabilities }: ReadFace): Verdict {
  const confidence = Math.max(...probabilities);
  return { label: EMOTIONS.indexOf(label), answer: probabilities.indexOf(confidence), confidence };
}

function shareRight(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ label, answer }) => label === answer).length / verdicts.length;
}

/** `2 tp / (2 tp + fp + fn)`, the mean over labelled classes; a class never answered rightly counts 0. */
function macroF1(confusion: readonly (readonly number[])[]): number {
  const scores = confusion.flatMap((row, label) => {
    const labelled = row.reduce((sum, count) => sum + count, 0);
    if (labelled === 0) return [];
    const answered = confusion.reduce((sum, other) => sum + (other[label] ?? 0), 0);
    return [2 * (row[label] ?? 0) / (labelled + answered)];
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Measures faces read; `confidenceMin` is where the model abstains. */
export function measureRecognition(faces: readonly ReadFace[], confidenceMin: number): RecognitionMetrics {
  const verdicts = faces.map(verdictOn);
  const confusion = EMOTIONS.map((_, label) =>
    EMOTIONS.map((_, answer) => verdicts.filter((v) => v.label === label && v.answer === answer).length)
  );
  const confident = verdicts.filter(({ confidence }) => confidence >= confidenceMin);
  return {
    accuracy: shareRight(verdicts),
    macroF1: macroF1(confusion),
    ece: calibrationError({
      logits: Float64Array.from(verdicts, ({ confidence }) => Math.log(confidence / (1 - confidence))),
      correct: Uint8Array.from(verdicts, ({ label, answer }) => label === answer ? 1 : 0),
    }),
    coverage: confident.length / verdicts.length,
    accuracyAtCoverage: shareRight(confident),
    confusion,
  };
}
