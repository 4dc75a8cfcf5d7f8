/** The lines of a text file, gunzipped on the way when it is gzipped, without holding it all. */
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AnswerLogError } from "./answer_log_error.ts";

/** What a gzip file begins with, whatever its name. */
const GZIP_BEGINNING = [0x1f, 0x8b] as const;

/**
 * Lines without their ends; several gzip members one after another read as one file.
 * @throws AnswerLogError when the file cannot be read, or is gzipped and damaged or cut short
 */
export async function* answerLines(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const text of textOf(path)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const bytes of await openBytes(path)) yield decoder.decode(bytes, { stream: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AnswerLogError(`cannot read ${path}: ${reason}`, { cause });
  }
  yield decoder.decode();
}

async function openBytes(path: string): Promise<AsyncIterable<Uint8Array>> {
  const file = await Deno.open(path, { read: true });
  const beginning = new Uint8Array(GZIP_BEGINNING.length);
  await file.read(beginning);
  await file.seek(0, Deno.SeekMode.Start);
  if (!GZIP_BEGINNING.every((byte, index) => beginning[index] === byte)) return file.readable;
  return Readable.from(file.readable).pipe(createGunzip());
}
