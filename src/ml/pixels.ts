/** Decoded images as plain bytes, and the sampling of a region of one into a network's input. */

/** Rows from the top, pixels from the left, channels interleaved: 1 luma, 2 luma and alpha, 3 RGB, 4 RGB and alpha. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array;
}

/** Pixels of an image; may reach over its edge, where the nearest pixel is repeated. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A float image to fill, `[height, width, channels]`, inside a larger buffer whose rows are `rowPixels` wide. */
export interface InputPlane {
  readonly data: Float32Array;
  /** Index of the first number of the plane in `data`. */
  readonly start: number;
  readonly rowPixels: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Byte `p` is stored as `p * scale + offset`. */
  readonly scale: number;
  readonly offset: number;
}

/** Source samples per axis and output pixel: enough to keep texture from aliasing, few enough for large frames. */
const TAPS_MAX = 4;

/** From this many source pixels to one output pixel on, their average is taken; below it, neighbours are blended. */
const AVERAGE_STEP_MIN = 1.5;

/** The source samples of each output pixel along one axis: `perPixel` entries each, whose weights add up to 1. */
interface Taps {
  readonly perPixel: number;
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

/** How `count` output pixels over `[from, from + length)` read an axis of `size` samples, `stride` numbers apart. */
function tapsAlong(from: number, length: number, count: number, size: number, stride: number): Taps {
  const step = length / count;
  const isAverage = step >= AVERAGE_STEP_MIN;
  const perPixel = isAverage ? Math.min(TAPS_MAX, Math.ceil(step)) : 2;
  const index = new Int32Array(count * perPixel);
  const weight = new Float32Array(count * perPixel);
  const inside = (at: number) => Math.min(size - 1, Math.max(0, at));
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * perPixel;
    if (isAverage) {
      for (let tap = 0; tap < perPixel; tap += 1) {
        index[at + tap] = inside(Math.floor(from + (pixel + (tap + 0.5) / perPixel) * step)) * stride;
        weight[at + tap] = 1 / perPixel;
      }
      continue;
    }
    // Pixel centres lie at half numbers.
    const centre = inside(from + (pixel + 0.5) * step - 0.5);
    const low = Math.floor(centre);
    index[at] = low * stride;
    index[at + 1] = inside(low + 1) * stride;
    weight[at] = 1 - (centre - low);
    weight[at + 1] = centre - low;
  }
  return { perPixel, index, weight };
}

/** Samples a region into `plane`, averaging or blending as its scale asks; luma by ITU-R BT.601 (.299, .587, .114). */
export function sampleRegion(image: PixelImage, region: Region, plane: InputPlane): void {
  const { data, channels } = image;
  const across = tapsAlong(region.x, region.width, plane.width, image.width, channels);
  const down = tapsAlong(region.y, region.height, plane.height, image.height, image.width * channels);
  // Gray images lend their one channel to all three colours.
  const greenAt = channels >= 3 ? 1 : 0;
  const blueAt = channels >= 3 ? 2 : 0;
  for (let y = 0; y < plane.height; y += 1) {
    let out = plane.start + y * plane.rowPixels * plane.channels;
    for (let x = 0; x < plane.width; x += 1) {
      let red = 0, green = 0, blue = 0;
      for (let v = y * down.perPixel; v < (y + 1) * down.perPixel; v += 1) {
        const row = down.index[v] ?? 0, rowWeight = down.weight[v] ?? 0;
        for (let u = x * across.perPixel; u < (x + 1) * across.perPixel; u += 1) {
          const at = row + (across.index[u] ?? 0), weight = rowWeight * (across.weight[u] ?? 0);
          red += weight * (data[at] ?? 0);
          green += weight * (data[at + greenAt] ?? 0);
          blue += weight * (data[at + blueAt] ?? 0);
        }
      }
      if (plane.channels === 1) {
        plane.data[out] = (0.299 * red + 0.587 * green + 0.114 * blue) * plane.scale + plane.offset;
      } else {
        plane.data[out] = red * plane.scale + plane.offset;
        plane.data[out + 1] = green * plane.scale + plane.offset;
        plane.data[out + 2] = blue * plane.scale + plane.offset;
      }
      out += plane.channels;
    }
  }
}

/** The image turned and mirrored as its EXIF orientation (1 to 8) asks, so that up is up. */
export function upright(image: PixelImage, orientation: number): PixelImage {
  if (orientation <= 1 || orientation > 8) return image;
  const { width, height, channels, data } = image;
  const swapsAxes = orientation >= 5;
  const turned = {
    width: swapsAxes ? height : width,
    height: swapsAxes ? width : height,
    channels,
    data: new Uint8Array(data.length),
  };
  // EXIF 2.32, tag 0x0112: which stored edge is shown at the top and at the left.
  const fromRight = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const fromBottom = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  for (let y = 0; y < turned.height; y += 1) {
    for (let x = 0; x < turned.width; x += 1) {
      const along = swapsAxes ? y : x, across = swapsAxes ? x : y;
      const column = fromRight ? width - 1 - along : along;
      const row = fromBottom ? height - 1 - across : across;
      const from = (row * width + column) * channels;
      turned.data.set(data.subarray(from, from + channels), (y * turned.width + x) * channels);
    }
  }
  return turned;
}
