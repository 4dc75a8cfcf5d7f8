/** The rungs on which a tutor helps with an item, from a question to a step worked out; the answer stands on none. */

import type { Calculations } from "./answer_leak.ts";

/** 0: a question, at no cost; 1 to 3: as high as the authored hints, each at the cost of one. */
export type TutorRung = 0 | 1 | 2 | 3;

/** What a learner asks for: help as high as so far, or a rung higher. */
export type TutorHelp = "same" | "more";

const RUNG_MAX = 3;
/** Questions to the tutor about one item. */
export const TUTOR_ASKS_MAX = 12;
export const TUTOR_WORDS_LENGTH_MAX = 500;
export const TUTOR_TEXT_LENGTH_MAX = 1_200;

/** What the tutor asks where no model does. */
const OPENING_QUESTION = "What exactly is asked here, and what do you know already that could help?";

/** Who wrote what the tutor said. */
export type TutorSource =
  | { readonly kind: "model"; readonly model: string }
  /** An author did, because a model had no answer or none that may be shown. */
  | { readonly kind: "authored"; readonly because: string };

export interface TutorTurn {
  readonly words: string;
  readonly rung: TutorRung;
  readonly text: string;
  readonly source: TutorSource;
}

/** What was said about the item that is open. */
export interface TutorThread {
  /** The highest reached. */
  readonly rung: TutorRung;
  readonly asks: number;
  /** Oldest first, at most `TUTOR_ASKS_MAX`. */
  readonly turns: readonly TutorTurn[];
  /** The question that waits for its answer: the number of its event, and its words. */
  readonly awaited: { readonly ask: number; readonly words: string } | null;
}

/** A learner stays on the rung that they have reached, by hints or with the tutor, or climbs one. */
export function rungOfAsk(thread: TutorThread | undefined, hintsGiven: number, help: TutorHelp): TutorRung {
  const reached = Math.max(thread?.rung ?? 0, hintsGiven) + (help === "more" ? 1 : 0);
  const rungs: readonly TutorRung[] = [0, 1, 2, RUNG_MAX];
  return rungs[Math.min(reached, RUNG_MAX)] ?? RUNG_MAX;
}

/** On the last rung a calculation may be told that is left to the learner. */
export function calculationsOn(rung: TutorRung): Calculations {
  return rung === RUNG_MAX ? "told" : "withheld";
}

/** How much help with the item counts, in hints: the higher of the two ladders. */
export function helpUsed(hintsGiven: number, thread: TutorThread | undefined): number {
  return Math.max(hintsGiven, thread?.rung ?? 0);
}

/** What stands on a rung where no model speaks. */
export function authoredHelp(rung: TutorRung, hints: readonly [string, string, string]): string {
  switch (rung) {
    case 0:
      return OPENING_QUESTION;
    case 1:
    case 2:
    case 3:
      return hints[rung - 1] ?? OPENING_QUESTION;
  }
}
