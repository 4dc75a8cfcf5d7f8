/** Learning-centred states as guesses that need a face and the work to agree; neither alone gives one. */
import { type BehaviourKind, behavioursIn, hardestGoing, isLongOnItem, type Situation } from "./behaviour.ts";
import { shareOf } from "./circumplex.ts";
import type { Emotion } from "./observation.ts";
import type { AffectSummary } from "./trajectory.ts";
import { isUnchallenged, rightShare } from "./work_log.ts";

/** The states that matter for learning (D'Mello and Graesser 2012; Baker et al. 2010). */
export type LearningState = "engaged" | "confused" | "frustrated" | "bored";

export interface Hypothesis {
  readonly state: LearningState;
  /** 0 to 1: the geometric mean of how far face and work speak for it. */
  readonly strength: number;
  readonly expression: string;
  readonly behaviour: string;
}

/** How far one side speaks for a state, 0 to 1, and why. */
interface Sign {
  readonly strength: number;
  readonly says: string;
}

/** Share of the smoothed face that must have been seen: about nine seconds of it. */
export const COVERAGE_MIN = 0.3;
/** A side that speaks for a state by less than this does not. */
const SIGN_MIN = 0.25;
/** Excess of puzzled expressions at which the face speaks wholly for confusion: assumed, like which they are. */
const PUZZLED_EXCESS_FULL = 0.3;
/** Neutral shares between which an unmoved face comes to speak for boredom: assumed. */
const UNMOVED_FROM = 0.5;
const UNMOVED_FULL = 0.9;
const LOOK_BACK_ITEMS = 4;

const NONE: Sign = { strength: 0, says: "" };

function clamped(strength: number): number {
  return Math.min(1, Math.max(0, strength));
}

function excessOf(emotion: Emotion, { face, rest }: AffectSummary): number {
  return shareOf(emotion, face.shares) - shareOf(emotion, rest);
}

/** A face that is not seen fades to rest: what rest too would show counts only as far as it is fresh. */
function expressionFor(state: LearningState, summary: AffectSummary): Sign {
  switch (state) {
    case "frustrated":
      return { strength: summary.strain, says: "a more negative face than this learner's at rest" };
    case "confused": {
      // A lowered brow goes with confusion (D'Mello and Graesser) and reads as anger; lifted ones read as surprise.
      const puzzled = excessOf("surprise", summary) + excessOf("fear", summary) + excessOf("angry", summary) / 2;
      return { strength: clamped(puzzled / PUZZLED_EXCESS_FULL), says: "a puzzled face" };
    }
    case "bored":
      return {
        strength: clamped((summary.neutral - UNMOVED_FROM) / (UNMOVED_FULL - UNMOVED_FROM)) * summary.freshness,
        says: "an unmoved face",
      };
    case "engaged":
      // Where strain begins to speak for frustration, nothing is left of ease: the two never stand side by side.
      return { strength: clamped(1 - summary.strain / SIGN_MIN) * summary.freshness, says: "a face at ease" };
  }
}

function boredSign(situation: Situation, kinds: readonly BehaviourKind[]): Sign {
  if (kinds.includes("off_task")) return { strength: 1, says: "the tab is often left" };
  if (kinds.includes("idle")) return { strength: 0.7, says: "nothing comes" };
  if (kinds.includes("rapid_guessing")) return { strength: 0.7, says: "answers are guessed" };
  return isUnchallenged(situation.log) ? { strength: 0.7, says: "every answer is right, quick and unaided" } : NONE;
}

function behaviourFor(state: LearningState, situation: Situation, kinds: readonly BehaviourKind[]): Sign {
  const { log, open } = situation;
  const lately = log.recent.slice(-LOOK_BACK_ITEMS);
  switch (state) {
    case "frustrated": {
      const hard = hardestGoing(situation);
      return hard === null ? NONE : { strength: hard.degree, says: hard.says };
    }
    case "confused": {
      if (isLongOnItem(situation)) return { strength: 0.8, says: "this question takes long" };
      if ((open?.hintsUsed ?? 0) > 0) return { strength: 0.6, says: "hints are asked for" };
      const mixed = lately.length >= 2 && rightShare(lately) > 0 && rightShare(lately) < 1;
      return mixed ? { strength: 0.4, says: "right and wrong answers alternate" } : NONE;
    }
    case "bored":
      return boredSign(situation, kinds);
    case "engaged": {
      const thought = lately.filter(({ hasty, outcome }) => !hasty && outcome !== "skipped");
      if (kinds.length > 0 || thought.length < 2) return NONE;
      return { strength: 0.5 + 0.5 * rightShare(thought), says: "steady work" };
    }
  }
}

/** The states that face and work both speak for, strongest first; none where too little of a face was seen. */
export function hypotheses(summary: AffectSummary | null, situation: Situation): readonly Hypothesis[] {
  if (summary === null || summary.face.coverage < COVERAGE_MIN) return [];
  const kinds = behavioursIn(situation).map(({ kind }) => kind);
  const states: readonly LearningState[] = ["engaged", "confused", "frustrated", "bored"];
  return states.flatMap((state) => {
    const face = expressionFor(state, summary);
    const work = behaviourFor(state, situation, kinds);
    if (face.strength < SIGN_MIN || work.strength < SIGN_MIN) return [];
    const strength = Math.sqrt(face.strength * work.strength);
    return [{ state, strength, expression: face.says, behaviour: work.says }];
  }).sort((a, b) => b.strength - a.strength);
}
