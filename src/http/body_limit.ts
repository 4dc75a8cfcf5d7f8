/** Bodies up to a limit and no further, whether or not their length was announced (H2). */
import type { HonoRequest } from "hono";
import { problem, type ProblemError } from "./problem.ts";

function tooLarge(bytesMax: number): ProblemError {
  return problem("body_too_large", `The body may have ${bytesMax} bytes at most.`, {
    members: { limit_bytes: bytesMax },
  });
}

async function readUpTo(body: ReadableStream<Uint8Array>, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/**
 * Refuses a body of more than `bytesMax` bytes with 413. An announced length is believed, since the server reads no
 * further than it; a body without one is read here, as far as the limit.
 */
export async function limitBody(request: HonoRequest, bytesMax: number): Promise<void> {
  const { raw } = request;
  if (raw.body === null) return;
  const announced = raw.headers.get("content-length");
  if (announced !== null) {
    if (!(Number(announced) <= bytesMax)) throw tooLarge(bytesMax);
    return;
  }
  const body = await readUpTo(raw.body, bytesMax);
  request.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body });
}
