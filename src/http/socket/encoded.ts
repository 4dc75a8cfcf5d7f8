/** A frame as it leaves: its text, and how many bytes that is. */
import type { ServerFrame } from "./frame.ts";

const ENCODER = new TextEncoder();

export interface Encoded {
  readonly text: string;
  readonly bytes: number;
}

export function utf8Bytes(text: string): number {
  return ENCODER.encode(text).byteLength;
}

export function encodeFrame(frame: ServerFrame): Encoded {
  const text = JSON.stringify(frame);
  return { text, bytes: utf8Bytes(text) };
}
