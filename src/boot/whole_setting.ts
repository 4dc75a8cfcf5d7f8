/** A setting that is a whole number. */
import { z } from "zod";

/** Digits only: an empty, hexadecimal or exponential text is a slip, not a number. */
export function whole(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.string().trim().regex(/^\d{1,9}$/, message).transform(Number).pipe(
    z.number().min(min, message).max(max, message),
  );
}
