/** How much a debate may hold, and what its settings may be. */

/** On a side; the AI is alone on its own. */
export const SPEAKERS_MAX = 4;
export const REBUTTAL_ROUNDS_MIN = 1;
export const REBUTTAL_ROUNDS_MAX = 5;
export const REBUTTAL_ROUNDS_DEFAULT = 2;
export const TURN_MS_MIN = 15_000;
export const TURN_MS_MAX = 900_000;
export const TURN_MS_DEFAULT = 180_000;
export const STATEMENTS_A_TURN_MAX = 5;
export const STATEMENTS_A_TURN_DEFAULT = 3;
export const STATEMENT_LENGTH_MAX = 600;
export const SOURCE_LENGTH_MAX = 200;
/** Texts held back from one turn before the turn ends. */
export const HELD_A_TURN_MAX = 5;
export const EXTEND_MS_MIN = 1_000;
export const EXTEND_MS_MAX = 600_000;
export const REASON_LENGTH_MAX = 300;
export const COMMENT_LENGTH_MAX = 2_000;
/** How long a language model may word what the AI says; the turn's own time goes before it. */
export const WORDING_MS_MAX = 20_000;
/** Of the turn's time, kept back from the model so that the authored words still come in time. */
export const WORDING_RESERVE_MS = 3_000;
export const RUBRIC_SCORE_MAX = 4;
