/** The edge's refusals: a stable code, a sentence, and when to try again. */
import type { Json } from "../../domain/json.ts";
import { type Encoded, encodeFrame } from "./encoded.ts";

export interface RefusalText {
  readonly code: string;
  readonly message: string;
  /** Null: decided, the same again would be refused again. */
  readonly retryAfterMs: number | null;
}

export interface Refusal extends RefusalText {
  readonly id: string | null;
  readonly channel: string | null;
  readonly detail: Json;
}

export function encodeRefusal(refusal: Refusal): Encoded {
  const { id, channel, code, message, detail, retryAfterMs } = refusal;
  return encodeFrame({ type: "refuse", id, channel, code, message, detail, retry_after_ms: retryAfterMs });
}
