/** A frame as it leaves: its text, and how many bytes that is. */
import type { ServerFrame } from "./frame.ts";
import { utf8Bytes } from "./utf8_bytes.ts";

export interface Encoded {
  readonly text: string;
  readonly bytes: number;
}

export function encodeFrame(frame: ServerFrame): Encoded {
  const text = JSON.stringify(frame);
  return { text, bytes: utf8Bytes(text) };
}
