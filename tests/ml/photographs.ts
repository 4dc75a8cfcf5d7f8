/** Photographs of faces for tests, cut from pictures that the weights' package ships. */
import { Transformer } from "@napi-rs/image";
import { packageFile } from "../../src/ml/package_files.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Five portraits in a row, about 150 pixels a side, below text and smaller group photographs; 800x715. */
const PORTRAITS = "assets/screenshot-facedetect.jpg";
/** Left edges of the portraits; all start at {@link PORTRAIT_TOP}. */
const PORTRAIT_LEFT = { man: 7, dark: 164, blonde: 321, brown: 478, laughing: 629 } as const;
const PORTRAIT_TOP = 345;
const PORTRAIT_SIDE = 150;

export type Portrait = keyof typeof PORTRAIT_LEFT;

function source(): Bytes {
  return Deno.readFileSync(packageFile("@vladmandic/human", PORTRAITS));
}

export async function asJpeg(image: Transformer): Promise<Bytes> {
  return new Uint8Array(await image.jpeg(90));
}

/** Where the portrait lies in the frame of {@link webcamFrame}. */
export const FACE_AREA = { x: 170, y: 90, side: 300 } as const;

/** A 640x480 frame with one portrait on gray, as someone sits before a webcam. */
export async function webcamFrame(portrait: Portrait): Promise<Transformer> {
  return await frameWith([{ portrait, x: FACE_AREA.x }]);
}

/** A 640x480 frame with two portraits side by side. */
export async function pairFrame(left: Portrait, right: Portrait): Promise<Transformer> {
  return await frameWith([{ portrait: left, x: 15 }, { portrait: right, x: 325 }]);
}

async function frameWith(places: readonly { portrait: Portrait; x: number }[]): Promise<Transformer> {
  const { side, y: top } = FACE_AREA;
  const rgba = new Uint8Array(640 * 480 * 4).fill(40);
  for (let alpha = 3; alpha < rgba.length; alpha += 4) rgba[alpha] = 255;
  for (const { portrait, x: left } of places) {
    const cut = await new Transformer(source())
      .crop(PORTRAIT_LEFT[portrait], PORTRAIT_TOP, PORTRAIT_SIDE, PORTRAIT_SIDE).png();
    const face = await new Transformer(cut).resize(side, side).rawPixels();
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        const from = (y * side + x) * 3;
        rgba.set(face.subarray(from, from + 3), ((y + top) * 640 + x + left) * 4);
      }
    }
  }
  return Transformer.fromRgbaPixels(rgba, 640, 480);
}

/** A 640x480 picture with texture and no face. */
export function wall(): Transformer {
  const rgba = new Uint8Array(640 * 480 * 4);
  for (let index = 0; index < 640 * 480; index += 1) {
    const x = index % 640, y = Math.floor(index / 640);
    const brick = (Math.floor(y / 24) % 2 === 0 ? x : x + 30) % 60 < 3 || y % 24 < 3;
    rgba.set(brick ? [200, 190, 180, 255] : [150 + (x * y) % 23, 70, 50, 255], index * 4);
  }
  return Transformer.fromRgbaPixels(rgba, 640, 480);
}
