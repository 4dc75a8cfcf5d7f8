/** Images that are not what they should be: real photographs damaged in many ways, and things that never were images. */
import { Transformer } from "@napi-rs/image";
import { crc32, deflateSync } from "node:zlib";
import type { FrameFormat } from "../../../src/http/ports.ts";
import { asJpeg, type Bytes, pairFrame, webcamFrame } from "../photographs.ts";

export interface FuzzedImage {
  /** What was done to it. */
  readonly kind: string;
  /** What it is announced as. */
  readonly format: FrameFormat;
  readonly bytes: Bytes;
}

interface Source {
  readonly format: FrameFormat;
  readonly bytes: Bytes;
}

const FORMATS: readonly FrameFormat[] = ["jpeg", "png", "webp"];
/** Announced sizes: none, one, some, the most that a field holds. */
const SIDES = [0, 1, 15, 16, 640, 4096, 16_383, 65_535, 0x7fffffff, 0xffffffff] as const;
const LITTLE_ENDIAN = true;

/** Photographs with one and two faces in three formats, each large and small. */
export async function photographsToDamage(): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const frame of [await webcamFrame("laughing"), await pairFrame("brown", "man")]) {
    const png = new Uint8Array(await frame.png());
    for (const width of [640, 160]) {
      const resized = () => new Transformer(png).resize(width, width * 3 / 4);
      sources.push(
        { format: "jpeg", bytes: await asJpeg(resized()) },
        { format: "png", bytes: new Uint8Array(await resized().png()) },
        { format: "webp", bytes: new Uint8Array(await resized().webp(80)) },
      );
    }
  }
  return sources;
}

/** Chance in the words that the damage needs. */
class Dice {
  readonly #chance: () => number;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  below(count: number): number {
    return Math.floor(this.#chance() * count);
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("nothing to choose from");
    return item;
  }

  bytes(length: number): Bytes {
    return new Uint8Array(length).map(() => this.below(256));
  }
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(parts.flatMap((part) => Array.from(part)));
}

/** Writes sizes where the container states them; a PNG's checksum is mended, so that the size is believed. */
function withSize({ format, bytes }: Source, width: number, height: number): Bytes {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  if (format === "png") {
    view.setUint32(16, width);
    view.setUint32(20, height);
    view.setUint32(29, crc32(changed.subarray(12, 29)));
  }
  if (format === "webp") {
    const at = 26;
    view.setUint16(at, width & 0x3fff, LITTLE_ENDIAN);
    view.setUint16(at + 2, height & 0x3fff, LITTLE_ENDIAN);
  }
  if (format === "jpeg") {
    const frame = changed.findIndex((byte, at) => byte === 0xff && changed[at + 1] === 0xc0);
    if (frame < 0) return changed;
    view.setUint16(frame + 5, height & 0xffff);
    view.setUint16(frame + 7, width & 0xffff);
  }
  return changed;
}

function pngChunk(name: string, body: Uint8Array): Bytes {
  const named = joined(new TextEncoder().encode(name), body);
  const [length, sum] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))];
  length.setUint32(0, body.length);
  sum.setUint32(0, crc32(named));
  return joined(new Uint8Array(length.buffer), named, new Uint8Array(sum.buffer));
}

/** A PNG that says it is `width` by `height` in any of the colour types, with as many zeros packed as it likes. */
function deflatedBomb(dice: Dice): Bytes {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, dice.of(SIDES));
  header.setUint32(4, dice.of(SIDES));
  header.setUint8(8, dice.of([0, 1, 2, 4, 8, 16, 255]));
  header.setUint8(9, dice.of([0, 1, 2, 3, 4, 6, 7]));
  header.setUint8(12, dice.below(3));
  return joined(
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", new Uint8Array(header.buffer)),
    pngChunk("IDAT", deflateSync(new Uint8Array(dice.of([0, 1, 1_000, 1_000_000])))),
    pngChunk("IEND", new Uint8Array(0)),
  );
}

const STARTS: readonly (readonly number[])[] = [
  [0xff, 0xd8, 0xff],
  [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 0x45, 0x78, 0x69, 0x66, 0, 0],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  [0x52, 0x49, 0x46, 0x46, 0xff, 0, 0, 0, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38],
  [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
  [0x25, 0x50, 0x44, 0x46, 0x2d],
  [0x42, 0x4d],
  Array.from(new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'>")),
];

type Damage = (source: Source, dice: Dice, sources: readonly Source[]) => Bytes;

const DAMAGES: Readonly<Record<string, Damage>> = {
  flipped({ bytes }, dice) {
    const changed = bytes.slice();
    for (let flip = 1 + dice.below(40); flip > 0; flip -= 1) changed[dice.below(changed.length)] = dice.below(256);
    return changed;
  },
  flipped_in_head({ bytes }, dice) {
    const changed = bytes.slice();
    for (let flip = 1 + dice.below(6); flip > 0; flip -= 1) changed[dice.below(200)] = dice.below(256);
    return changed;
  },
  cut: ({ bytes }, dice) => bytes.slice(0, dice.below(bytes.length)),
  cut_inside({ bytes }, dice) {
    const from = dice.below(bytes.length);
    return joined(bytes.subarray(0, from), bytes.subarray(from + dice.below(bytes.length - from)));
  },
  doubled_inside({ bytes }, dice) {
    const from = dice.below(bytes.length), to = from + dice.below(Math.min(5_000, bytes.length - from));
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  overwritten({ bytes }, dice) {
    const from = dice.below(bytes.length);
    return bytes.slice().fill(dice.of([0, 0x55, 0xff]), from, from + dice.below(3_000));
  },
  spliced: ({ bytes }, dice, sources) => {
    const other = dice.of(sources).bytes;
    return joined(bytes.subarray(0, dice.below(bytes.length)), other.subarray(dice.below(other.length)));
  },
  resized: (source, dice) => withSize(source, dice.of(SIDES), dice.of(SIDES)),
  trailing: ({ bytes }, dice) => joined(bytes, dice.bytes(dice.below(2_000))),
  bomb: (_, dice) => deflatedBomb(dice),
  started: (_, dice) => joined(new Uint8Array(dice.of(STARTS)), dice.bytes(dice.below(3_000))),
  noise: (_, dice) => dice.bytes(dice.below(3_000)),
  zeros: (_, dice) => new Uint8Array(dice.of([0, 1, 2, 3, 100, 100_000])),
  misnamed: ({ bytes }) => bytes,
};

/** The next image that `chance` yields. */
export function malformedImage(sources: readonly Source[], chance: () => number): FuzzedImage {
  const dice = new Dice(chance);
  const kind = dice.of(Object.keys(DAMAGES));
  const source = dice.of(sources);
  const bytes = DAMAGES[kind]?.(source, dice, sources) ?? source.bytes;
  const isMisnamed = kind === "misnamed" || dice.below(20) === 0;
  return { kind, bytes, format: isMisnamed ? dice.of(FORMATS) : source.format };
}
