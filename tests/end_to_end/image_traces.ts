/** Looks for traces of an image in what a process wrote: its bytes, and their hex and base64. */

type Bytes = Uint8Array<ArrayBuffer>;

const WINDOW_BYTES = 24;
const WINDOWS = 8;
const DIFFERENT_BYTES_MIN = 20;
/** Characters of a window's base64 that its neighbours have no part in, whatever its alignment. */
const BASE64_SLICE = [4, 28] as const;

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** Every way in which `bytes` may be written down, whatever stands before and after them. */
function written(bytes: Bytes): string[] {
  const shifted = [0, 1, 2].map((shift) => {
    const padded = new Uint8Array(shift + bytes.length);
    padded.set(bytes, shift);
    return padded.toBase64().slice(...BASE64_SLICE);
  });
  const url = shifted.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [latin1(bytes), bytes.toHex(), bytes.toHex().toUpperCase(), ...shifted, ...url];
}

/** A JPEG with `marker` in a comment of its own, which decoders skip. */
export function marked(jpeg: Bytes, marker: string): Bytes {
  const text = new TextEncoder().encode(marker);
  const comment = new Uint8Array([0xff, 0xfe, 0, text.length + 2, ...text]);
  return new Uint8Array([...jpeg.subarray(0, 2), ...comment, ...jpeg.subarray(2)]);
}

/**
 * Parts of the image that no other file has: from the middle, where there are only compressed pixels, and of many
 * different bytes, since an even background compresses to the same few in any picture.
 */
function tellingWindows(image: Bytes): readonly Bytes[] {
  const middle = image.subarray(image.length / 3, image.length * 2 / 3);
  const starts = Array.from({ length: Math.floor(middle.length / WINDOW_BYTES) }, (_, i) => i * WINDOW_BYTES);
  const windows = starts.map((at) => middle.slice(at, at + WINDOW_BYTES));
  const telling = windows.filter((window) => new Set(window).size >= DIFFERENT_BYTES_MIN);
  const stride = Math.floor(telling.length / WINDOWS);
  if (stride === 0) throw new RangeError("the image is too even to be told from others");
  return telling.filter((_, i) => i % stride === 0).slice(0, WINDOWS);
}

export class ImageTraces {
  readonly #needles: ReadonlySet<string>;

  /** `marker` is in the image too; at least 24 bytes. */
  constructor(image: Bytes, marker: string) {
    const windows = tellingWindows(image);
    this.#needles = new Set([...windows, new TextEncoder().encode(marker)].flatMap(written));
  }

  /** How many of the traces `bytes` hold. */
  in(bytes: Uint8Array): number {
    const text = latin1(bytes);
    return [...this.#needles].filter((needle) => text.includes(needle)).length;
  }

  /** Files under `folder` with a trace, by path; `files` counts those looked at. */
  async under(folder: string): Promise<{ readonly files: number; readonly found: readonly string[] }> {
    const found: string[] = [];
    let files = 0;
    for await (const path of filesUnder(folder)) {
      files += 1;
      if (this.in(await Deno.readFile(path)) > 0) found.push(path);
    }
    return { files, found };
  }
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesUnder(path);
    else if (isFile) yield path;
  }
}
