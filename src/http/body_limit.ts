/** Bodies up to a limit of bytes and of time and no further, whether or not their length was announced (H2). */
import type { HonoRequest } from "hono";
import { problem, ProblemError } from "./problem.ts";

/** The largest course over a slow line; a client that takes longer is holding a place it does not use. */
export const BODY_READ_MS_MAX = 30_000;

/** A JSON escape of NUL whose own backslash is not an escaped one; such text no database takes. */
const NUL_ESCAPE = /(?<!\\)(?:\\\\)*\\u0000/;

export interface BodyLimits {
  readonly bytesMax: number;
  readonly readMsMax: number;
}

function tooLarge(bytesMax: number): ProblemError {
  return problem("body_too_large", `The body may have ${bytesMax} bytes at most.`, {
    members: { limit_bytes: bytesMax },
  });
}

function tooSlow(readMsMax: number): ProblemError {
  return problem("body_too_slow", `The body has to arrive within ${readMsMax / 1000} seconds.`);
}

async function readChunks(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  bytesMax: number,
  timeUp: Promise<never>,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0;;) {
    const { done, value } = await Promise.race([reader.read(), timeUp]);
    if (done) return chunks;
    length += value.byteLength;
    if (length > bytesMax) throw tooLarge(bytesMax);
    chunks.push(value);
  }
}

async function readWithin(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { bytesMax, readMsMax }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const timeUp = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeUp.reject(tooSlow(readMsMax)), readMsMax);
  try {
    return new Uint8Array(await new Blob(await readChunks(reader, bytesMax, timeUp.promise)).arrayBuffer());
  } catch (error) {
    if (!(error instanceof ProblemError)) {
      throw problem("body_broken_off", "The body ended before it was complete.");
    }
    await reader.cancel();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads the body and puts it back for the route's own parser. Refuses more than `bytesMax` bytes with 413, one that is
 * not there within `readMsMax` with 408, and text that holds a NUL character with 400.
 */
export async function limitBody(request: HonoRequest, limits: BodyLimits): Promise<void> {
  const { raw } = request;
  if (raw.body === null) return;
  const announced = raw.headers.get("content-length");
  if (announced !== null && !(Number(announced) <= limits.bytesMax)) throw tooLarge(limits.bytesMax);
  const body = await readWithin(raw.body, limits);
  // The parts of a form are bytes, not JSON.
  const isForm = /^multipart\//i.test(raw.headers.get("content-type") ?? "");
  if (!isForm && NUL_ESCAPE.test(new TextDecoder().decode(body))) {
    throw problem("validation_failed", "No text of the body may hold a NUL character.", {
      errors: [{ path: "", message: "holds a NUL character" }],
    });
  }
  request.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body });
}
