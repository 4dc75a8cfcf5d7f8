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

/** Taps per axis and output pixel: enough to keep fine texture from aliasing, few enough for large frames. */
const TAPS_MAX = 3;

/** One tap: the two neighbouring source indices and the share of the second. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float32Array;
  readonly perPixel: number;
}

/** Where `count` output pixels over `[from, from + length)` read their source, `size` samples long. */
function tapsAlong(from: number, length: number, count: number, size: number, stride: number): Taps {
  const step = length / count;
  const perPixel = Math.min(TAPS_MAX, Math.max(1, Math.round(step)));
  const total = count * perPixel;
  const taps = { low: new Int32Array(total), high: new Int32Array(total), share: new Float32Array(total), perPixel };
  for (let index = 0; index < total; index += 1) {
    // Pixel centres lie at half numbers.
    const at = Math.min(size - 1, Math.max(0, from + (index + 0.5) * (step / perPixel) - 0.5));
    const low = Math.floor(at);
    taps.low[index] = low * stride;
    taps.high[index] = Math.min(size - 1, low + 1) * stride;
    taps.share[index] = at - low;
  }
  return taps;
}

/** Samples a region into `plane`: bilinear taps, averaged; luma by ITU-R BT.601 (.299, .587, .114). */
export function sampleRegion(image: PixelImage, region: Region, plane: InputPlane): void {
  const { data, channels } = image;
  const across = tapsAlong(region.x, region.width, plane.width, image.width, channels);
  const down = tapsAlong(region.y, region.height, plane.height, image.height, image.width * channels);
  const isColour = channels >= 3;
  const g = isColour ? 1 : 0;
  const b = isColour ? 2 : 0;
  const gain = plane.scale / (across.perPixel * down.perPixel);
  for (let y = 0; y < plane.height; y += 1) {
    let out = plane.start + y * plane.rowPixels * plane.channels;
    for (let x = 0; x < plane.width; x += 1) {
      let red = 0, green = 0, blue = 0;
      for (let ty = y * down.perPixel; ty < (y + 1) * down.perPixel; ty += 1) {
        const top = down.low[ty] ?? 0, bottom = down.high[ty] ?? 0, v = down.share[ty] ?? 0;
        for (let tx = x * across.perPixel; tx < (x + 1) * across.perPixel; tx += 1) {
          const left = across.low[tx] ?? 0, right = across.high[tx] ?? 0, u = across.share[tx] ?? 0;
          const w00 = (1 - u) * (1 - v), w01 = u * (1 - v), w10 = (1 - u) * v, w11 = u * v;
          const p00 = top + left, p01 = top + right, p10 = bottom + left, p11 = bottom + right;
          red += w00 * (data[p00] ?? 0) + w01 * (data[p01] ?? 0) + w10 * (data[p10] ?? 0) + w11 * (data[p11] ?? 0);
          green += w00 * (data[p00 + g] ?? 0) + w01 * (data[p01 + g] ?? 0) + w10 * (data[p10 + g] ?? 0) +
            w11 * (data[p11 + g] ?? 0);
          blue += w00 * (data[p00 + b] ?? 0) + w01 * (data[p01 + b] ?? 0) + w10 * (data[p10 + b] ?? 0) +
            w11 * (data[p11 + b] ?? 0);
        }
      }
      if (plane.channels === 1) {
        plane.data[out] = (0.299 * red + 0.587 * green + 0.114 * blue) * gain + plane.offset;
      } else {
        plane.data[out] = red * gain + plane.offset;
        plane.data[out + 1] = green * gain + plane.offset;
        plane.data[out + 2] = blue * gain + plane.offset;
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
