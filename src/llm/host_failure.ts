/** What went wrong with a call to a model's host, and what follows from it. */
import { APIConnectionError, APIError } from "openai";

export class HostFailure extends Error {
  override readonly name = "HostFailure";
  constructor(
    message: string,
    /** `passing`: the same call may work in a moment. */
    readonly lasts: "passing" | "lasting",
    /** What the circuit is told: `question` where another question may well be answered. */
    readonly fault: "host" | "question",
    /** The pause that the host asks for; null where it asks for none. */
    readonly retryAfterMs: number | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A host that does not keep to the protocol. */
export function brokenAnswer(message: string, cause?: unknown): HostFailure {
  return new HostFailure(message, "passing", "host", null, { cause });
}

/** Seconds, or a date by the host's own clock, which its `Date` header tells (RFC 9110, 10.2.3). */
function retryAfterMs(headers: Headers | undefined): number | null {
  const asked = headers?.get("retry-after") ?? "";
  const seconds = asked.trim() === "" ? NaN : Number(asked);
  const waitMs = Number.isNaN(seconds) ? Date.parse(asked) - Date.parse(headers?.get("date") ?? "") : seconds * 1_000;
  return Number.isFinite(waitMs) && waitMs >= 0 ? waitMs : null;
}

/** The failure that `thrown` stands for: the client's errors by status, anything else a broken answer. */
export function hostFailure(thrown: unknown): HostFailure {
  if (thrown instanceof HostFailure) return thrown;
  if (thrown instanceof APIConnectionError) {
    return new HostFailure("the host cannot be reached", "passing", "host", null, { cause: thrown });
  }
  if (thrown instanceof APIError && typeof thrown.status === "number") {
    const { status } = thrown;
    const lasts = status === 408 || status === 409 || status === 429 || status >= 500 ? "passing" : "lasting";
    const fault = status === 400 || status === 413 || status === 422 ? "question" : "host";
    return new HostFailure(`the host answered ${status}`, lasts, fault, retryAfterMs(thrown.headers), {
      cause: thrown,
    });
  }
  return brokenAnswer("the answer cannot be read", thrown);
}
