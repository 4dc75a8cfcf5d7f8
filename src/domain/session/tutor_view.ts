/** What is shown of the tutor: to the learner, and word for word to those who teach; what an AI wrote says so. */
import { assertNever } from "../assert_never.ts";
import type { Projection } from "../aggregate.ts";
import type { Json } from "../json.ts";
import { TUTOR_ASKS_MAX, type TutorSource } from "../tutor/ladder.ts";
import { scoreShareAfterHints } from "./limits.ts";
import type { OpenItem } from "./state.ts";
import { roundShare } from "./tally.ts";
import type { TutorEvent } from "./tutor_messages.ts";

type JsonObject = { readonly [key: string]: Json };

function sourceData(source: TutorSource): JsonObject {
  switch (source.kind) {
    case "model":
      return { by: "ai", model: source.model };
    case "authored":
      return { by: "author", because: source.because };
    default:
      return assertNever(source);
  }
}

export function tutorAskedData(
  { ask, item, words, rung, helpUsed }: Extract<TutorEvent, { type: "tutor_asked" }>,
): JsonObject {
  return { ask, item_ref: item, words, rung, score_share: roundShare(scoreShareAfterHints(helpUsed)) };
}

export function tutorProjection(event: TutorEvent): Projection {
  switch (event.type) {
    case "tutor_asked":
      return { type: "tutor_asked", data: tutorAskedData(event) };
    case "tutor_said": {
      const { ask, item, rung, text, source } = event;
      return { type: "tutor_said", data: { ask, item_ref: item, rung, text, ...sourceData(source) } };
    }
    case "tutor_paused":
    case "tutor_resumed":
      return { type: event.type, data: {} };
    default:
      return assertNever(event);
  }
}

/** The talk about an open item; null before its first question. */
export function tutorView({ tutor }: OpenItem): Json {
  if (tutor === undefined) return null;
  const { rung, asks, turns, awaited } = tutor;
  return {
    rung,
    asks_left: TUTOR_ASKS_MAX - asks,
    turns: turns.map(({ words, rung, text, source }) => ({ words, rung, text, ...sourceData(source) })),
    awaited: awaited === null ? null : { ask: awaited.ask, words: awaited.words },
  };
}
