/** A store call that may not take for ever. */
import type { Clock } from "./ports.ts";

/** No answer within the limit; whether the call took effect is unknown. */
export class StoreTimeoutError extends Error {
  override readonly name = "StoreTimeoutError";
}

/** Settles as `call` does, or rejects with {@link StoreTimeoutError} after `limitMs` milliseconds. */
export function withDeadline<T>(call: Promise<T>, limitMs: number, clock: Clock): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(limitMs, () => reject(new StoreTimeoutError(`no answer in ${limitMs} ms`)));
    call.then((value) => {
      cancel();
      resolve(value);
    }, (reason: unknown) => {
      cancel();
      reject(reason);
    });
  });
}

/** What went wrong, as text for a report. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
