/** What is settled about a debate before it begins, and the order of its turns. */
import { type Motion, otherSide, type Side, SIDES } from "./motion.ts";

export const ROUND_KINDS = ["opening", "rebuttal", "closing"] as const;
export type RoundKind = typeof ROUND_KINDS[number];

/** Who speaks; the AI is never taken for a person. */
export type Speaker = { readonly kind: "learner"; readonly userId: string } | { readonly kind: "ai" };

export interface DebatePlan {
  /** As it was when the debate was opened. */
  readonly motion: Motion;
  /** Null outside any class. */
  readonly classId: string | null;
  /** Who speaks on each side, in their order; of the AI's side nobody. */
  readonly speakers: { readonly [side in Side]: readonly string[] };
  readonly aiSide: Side | null;
  readonly rebuttalRounds: number;
  readonly turnMs: { readonly [round in RoundKind]: number };
  readonly statementsATurn: number;
  /** Who steers it at first: those who teach the class, and the learner who opened it to practise. */
  readonly hosts: readonly string[];
  /** Who else may watch at first: the class as it was then. */
  readonly spectators: readonly string[];
}

export interface Turn {
  readonly number: number;
  readonly round: RoundKind;
  /** 1 is the first of its kind. */
  readonly roundNumber: number;
  readonly side: Side;
  readonly speaker: Speaker;
}

export function speakersOf({ speakers }: DebatePlan): readonly string[] {
  return SIDES.flatMap((side) => speakers[side]);
}

export function sideOf({ speakers }: DebatePlan, userId: string): Side | null {
  return SIDES.find((side) => speakers[side].includes(userId)) ?? null;
}

function speakerIn({ speakers, aiSide }: DebatePlan, side: Side, round: number): Speaker {
  const inTurn = speakers[side];
  const userId = inTurn[round % Math.max(1, inTurn.length)];
  return userId === undefined || side === aiSide ? { kind: "ai" } : { kind: "learner", userId };
}

/** Every turn in order. Those on a side speak in turn; the side that is for the motion begins and has the last word. */
export function turnsOf(plan: DebatePlan): readonly Turn[] {
  const rebuttals = Array.from(
    { length: plan.rebuttalRounds },
    (_, i) => ({ round: "rebuttal" as const, number: i + 1 }),
  );
  const rounds = [{ round: "opening" as const, number: 1 }, ...rebuttals, { round: "closing" as const, number: 1 }];
  return rounds.flatMap(({ round, number: roundNumber }, i) => {
    const first: Side = round === "closing" ? "against" : "for";
    return [first, otherSide(first)].map((side, j) => ({
      number: 2 * i + j + 1,
      round,
      roundNumber,
      side,
      speaker: speakerIn(plan, side, i),
    }));
  });
}

/** Turn `number`, counted from 1; null beyond the last. */
export function turnOf(plan: DebatePlan, number: number): Turn | null {
  return turnsOf(plan)[number - 1] ?? null;
}
