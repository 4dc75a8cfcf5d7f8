/** What seven shares of a face say about pleasantness and activation. */
import { type Emotion, EMOTIONS } from "./observation.ts";

/** Pleasantness and activation of each expression's word, as people rated them, each -1 to 1. */
interface Place {
  readonly valence: number;
  readonly arousal: number;
}

/**
 * Means of Russell and Mehrabian, "Evidence for a three-factor theory of emotions", 1977 (pleasure and arousal). That a
 * face read as `fear` means what the rated word means is assumed; so is the origin for `neutral`.
 */
const PLACES: { readonly [emotion in Emotion]: Place } = {
  angry: { valence: -0.51, arousal: 0.59 },
  disgust: { valence: -0.6, arousal: 0.35 },
  fear: { valence: -0.64, arousal: 0.6 },
  happy: { valence: 0.81, arousal: 0.51 },
  sad: { valence: -0.63, arousal: -0.27 },
  surprise: { valence: 0.4, arousal: 0.67 },
  neutral: { valence: 0, arousal: 0 },
};

const NEGATIVE: readonly Emotion[] = ["angry", "disgust", "fear", "sad"];

/** Probability that a face shows `emotion`; `probabilities` in the order of `EMOTIONS`. */
export function shareOf(emotion: Emotion, probabilities: readonly number[]): number {
  return probabilities[EMOTIONS.indexOf(emotion)] ?? 0;
}

/** Probability that a face shows anger, disgust, fear or sadness. */
export function negativeShare(probabilities: readonly number[]): number {
  return NEGATIVE.reduce((sum, emotion) => sum + shareOf(emotion, probabilities), 0);
}

/** Expected place of a face that shows each expression with its share. */
export function placeOf(probabilities: readonly number[]): Place {
  const mean = (axis: keyof Place) =>
    EMOTIONS.reduce((sum, emotion) => sum + PLACES[emotion][axis] * shareOf(emotion, probabilities), 0);
  return { valence: mean("valence"), arousal: mean("arousal") };
}
