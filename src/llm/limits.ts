/** Every bound of the calls to a language model, by name, with its unit. */

/** Calls under way at a time on this node, and those waiting for one of them to end. */
export const CALLS_MAX = 8;
export const CALLS_WAITING_MAX = 32;

/** Without a first piece of text after this long a call has failed; models on small machines read slowly. */
export const FIRST_TEXT_MS_MAX = 8_000;

/** Tries of one call, as long as none of its text has been told. */
export const TRIES_MAX = 3;
/** The first pause before another try, doubled for each further one; half of it is drawn by chance. */
export const RETRY_MS_MIN = 250;

/** Bytes of one answer on the wire, frames included. */
export const RESPONSE_BYTES_MAX = 1_048_576;
/** Characters of an answer for each token that it may have: a host that goes on beyond them is cut off. */
export const CHARACTERS_PER_TOKEN_MAX = 12;
/** What a text costs where its host does not say: generous, so that budgets hold. */
export const CHARACTERS_PER_TOKEN_ASSUMED = 3;
/** What a host says that an answer cost is believed from this share of what its text suggests. */
export const COST_BELIEVED_SHARE_MIN = 0.5;
/** What a host may say that one answer cost; more is not believed. */
export const TOKENS_BELIEVED_MAX = 200_000;

/** Of one piece of data in a question; what is longer is cut, and says so. */
export const DATA_CHARACTERS_MAX = 8_000;

/** Failures in a row that open the circuit, how long it stays open at first, and at most. */
export const FAILURES_MAX = 5;
export const CIRCUIT_OPEN_MS_MIN = 15_000;
export const CIRCUIT_OPEN_MS_MAX = 240_000;

/** Answers kept for identical questions, and for how long. */
export const ANSWERS_CACHED_MAX = 256;
export const ANSWER_CACHED_MS = 3_600_000;

/** So many words in a row of the rules in an answer give the rules away. */
export const RULE_WORDS_TOLD_MAX = 7;
