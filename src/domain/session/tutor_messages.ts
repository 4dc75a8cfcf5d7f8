/** What the tutor of a session is told, records and asks for. */
import type { RenderedItem } from "../curriculum/rendered_item.ts";
import type { TutorHelp, TutorRung, TutorSource, TutorTurn } from "../tutor/ladder.ts";

export type TutorLearnerCommand = {
  readonly type: "tutor_ask";
  /** Number of the event that served the item. */
  readonly item: number;
  readonly words: string;
  readonly help: TutorHelp;
};

/** Sent by those who teach: the tutor of this session is silent until it may go on. */
export type TutorStaffCommand = { readonly type: "tutor_pause" | "tutor_resume" };

export type TutorEngineCommand =
  /** Whole sentences of the answer to question `ask`, from its character `at` on. */
  | { readonly type: "tutor_piece"; readonly ask: number; readonly at: number; readonly text: string }
  | { readonly type: "tutor_reply"; readonly ask: number; readonly text: string; readonly model: string }
  | { readonly type: "tutor_unanswered"; readonly ask: number; readonly because: string };

export type TutorCommand = TutorLearnerCommand | TutorStaffCommand | TutorEngineCommand;

export type TutorEvent =
  | {
    readonly type: "tutor_asked";
    /** This event's own number; the answer names it. */
    readonly ask: number;
    readonly item: number;
    readonly words: string;
    readonly rung: TutorRung;
    /** Help with the item so far, in hints. */
    readonly helpUsed: number;
  }
  | {
    readonly type: "tutor_said";
    readonly ask: number;
    readonly item: number;
    readonly rung: TutorRung;
    readonly text: string;
    readonly source: TutorSource;
  }
  | { readonly type: "tutor_paused" | "tutor_resumed"; readonly by: string };

export interface AskTutorEffect {
  readonly kind: "ask_tutor";
  readonly ask: number;
  readonly learnerId: string;
  readonly classId: string | null;
  /** With its key, for the filter: no word of it goes to a model. */
  readonly item: Pick<RenderedItem, "prompt" | "form" | "key" | "hints">;
  readonly rung: TutorRung;
  readonly turns: readonly TutorTurn[];
  readonly words: string;
}
