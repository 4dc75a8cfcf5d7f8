/** Gray PNG files put together byte by byte, honest ones and others. */
import { crc32, deflateSync } from "node:zlib";
import type { Bytes } from "./photographs.ts";

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 8 | 16;
}

function chunk(name: string, body: Uint8Array): number[] {
  const named = new Uint8Array([...new TextEncoder().encode(name), ...body]);
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, body.length);
  numbers.setUint32(4, crc32(named));
  const bytes = new Uint8Array(numbers.buffer);
  return [...bytes.subarray(0, 4), ...named, ...bytes.subarray(4)];
}

/** A PNG with the stated header; `rows` are its scan lines, each after its filter byte, and need not be there. */
export function handmadePng(header: PngHeader, rows: Uint8Array): Bytes {
  const body = new DataView(new ArrayBuffer(13));
  body.setUint32(0, header.width);
  body.setUint32(4, header.height);
  body.setUint8(8, header.bitDepth);
  return new Uint8Array([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", new Uint8Array(body.buffer)),
    ...chunk("IDAT", deflateSync(rows)),
    ...chunk("IEND", new Uint8Array(0)),
  ]);
}
