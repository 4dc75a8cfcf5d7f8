/** What a debate is told, what it asks for, and what it records. */
import { type Address, addressOf } from "../address.ts";
import type { RosterEntry } from "../classroom/roster.ts";
import type { ArgumentKind } from "./motion.ts";
import type { PersonMove } from "./people.ts";
import type { DebatePlan, Speaker } from "./plan.ts";
import type { Criterion, Rubric, RubricScores } from "./rubric.ts";

/** Why, in a line for the record and for all who watch. */
export interface Reasoned {
  readonly reason: string;
}

/** Sent by those who steer it. */
export type HostDebateCommand =
  | { readonly type: "start" }
  | ({ readonly type: "pause" } & Reasoned)
  | ({ readonly type: "resume" } & Reasoned)
  /** More time for the turn that is on. */
  | ({ readonly type: "extend_turn"; readonly byMs: number } & Reasoned)
  | ({ readonly type: "end_debate" } & Reasoned)
  /** What a teacher finds, once it is over; it stands above every other judgement, and may be changed. */
  | { readonly type: "judge"; readonly userId: string; readonly scores: RubricScores; readonly comment: string };

/** Sent by whose turn it is. */
export type SpeakerDebateCommand =
  | {
    readonly type: "state";
    readonly kind: ArgumentKind;
    /** Number of the statement it is aimed at; null for a claim. */
    readonly target: number | null;
    readonly text: string;
    /** Where evidence can be looked up; null where none is given. */
    readonly source: string | null;
  }
  | { readonly type: "end_turn" };

/** Sent by the edge, effects and timers. */
export type EngineDebateCommand =
  | { readonly type: "open_debate"; readonly plan: DebatePlan }
  /** How these people stand in the class now. */
  | {
    readonly type: "roster_changed";
    readonly upserted: readonly Pick<RosterEntry, "userId" | "part">[];
    readonly removed: readonly string[];
  }
  | { readonly type: "turn_deadline"; readonly turn: number }
  /** Words for each of the AI's statements; null where the authored ones stand. */
  | { readonly type: "statements_worded"; readonly turn: number; readonly texts: readonly (string | null)[] }
  | { readonly type: "judgement_drafted"; readonly userId: string; readonly text: string }
  | { readonly type: "judgement_not_drafted"; readonly userId: string; readonly reason: string };

export type DebateCommand = HostDebateCommand | SpeakerDebateCommand | EngineDebateCommand;

/** `left` is of a turn for which nobody is there; one that nobody was there to begin ends without a start. */
export type TurnEnd = "done" | "time" | "held" | "left";

export type WordedBy = "learner" | "author" | "model";

export interface NewStatement {
  readonly turn: number;
  readonly by: Speaker;
  /** A concession answers nothing: it lets a point of the other side stand. */
  readonly kind: ArgumentKind | "concession";
  readonly target: number | null;
  readonly text: string;
  readonly source: string | null;
  /** The authored argument that the AI makes; null for a learner's own. */
  readonly argumentId: string | null;
  readonly wordedBy: WordedBy;
}

export type DebateEvent =
  | { readonly type: "debate_opened"; readonly plan: DebatePlan; readonly by: string }
  | { readonly type: "debate_started"; readonly by: string }
  | { readonly type: "turn_started"; readonly turn: number; readonly speaker: Speaker; readonly dueMs: number }
  | { readonly type: "statement_made"; readonly number: number; readonly statement: NewStatement }
  /** Not shown to the others: it may hurt. */
  | { readonly type: "statement_held"; readonly userId: string; readonly turn: number; readonly text: string }
  | { readonly type: "turn_ended"; readonly turn: number; readonly cause: TurnEnd }
  | { readonly type: "roster_changed"; readonly moves: readonly PersonMove[] }
  | ({ readonly type: "debate_paused"; readonly by: string; readonly remainingMs: number } & Reasoned)
  | ({ readonly type: "debate_resumed"; readonly by: string; readonly dueMs: number } & Reasoned)
  | ({ readonly type: "turn_extended"; readonly by: string; readonly byMs: number; readonly dueMs: number } & Reasoned)
  /** `stopped` is by a host, with the reason. */
  | { readonly type: "debate_ended"; readonly cause: "completed" }
  | ({ readonly type: "debate_stopped"; readonly by: string } & Reasoned)
  | { readonly type: "judged_by_rules"; readonly userId: string; readonly rubric: Rubric }
  | { readonly type: "judgement_drafted"; readonly userId: string; readonly rubric: Rubric }
  | { readonly type: "judgement_not_drafted"; readonly userId: string; readonly reason: string }
  | {
    readonly type: "judgement_confirmed";
    readonly userId: string;
    readonly by: string;
    readonly scores: RubricScores;
    readonly comment: string;
  };

/** Puts what the AI is going to say in words that answer the other side's. */
export interface WordStatementsEffect {
  readonly kind: "word_statements";
  readonly turn: number;
  readonly motion: string;
  readonly statements: readonly {
    readonly text: string;
    /** What it answers; null when it answers nothing. */
    readonly answers: string | null;
  }[];
  readonly answerMsMax: number;
  readonly learnerId: string | null;
  readonly classId: string | null;
}

/** Drafts a judgement of one learner for their teacher. */
export interface DraftJudgementEffect {
  readonly kind: "draft_judgement";
  readonly userId: string;
  readonly motion: string;
  readonly criteria: readonly Criterion[];
  readonly statements: readonly { readonly number: number; readonly kind: string; readonly text: string }[];
  readonly classId: string | null;
}

export type DebateEffect = WordStatementsEffect | DraftJudgementEffect;

export function debateAddress(debateId: string): Address<DebateCommand> {
  return addressOf<DebateCommand>("debate", debateId);
}
