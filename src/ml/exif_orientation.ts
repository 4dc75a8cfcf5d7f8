/** Finds in EXIF data how a picture is to be turned. */

const EXIF_HEAD = 0x45786966;
const EXIF_HEAD_BYTES = 6;
const LITTLE_ENDIAN_MARK = 0x4949;
const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;

/**
 * The orientation, 1 to 8, that the first directory of an EXIF block states; null when it states none. The block is
 * `length` bytes from `start`: a TIFF header, before which JPEG puts "Exif" and two zeroes, as some writers of WebP do.
 */
export function readExifOrientation(view: DataView, start: number, length: number): number | null {
  const end = Math.min(start + length, view.byteLength);
  const hasHead = start + EXIF_HEAD_BYTES <= end && view.getUint32(start) === EXIF_HEAD;
  const tiff = hasHead ? start + EXIF_HEAD_BYTES : start;
  if (tiff + 8 > end) return null;
  const little = view.getUint16(tiff) === LITTLE_ENDIAN_MARK;
  if (view.getUint16(tiff + 2, little) !== 42) return null;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return null;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + ENTRY_BYTES * index;
    if (entry + ENTRY_BYTES > end) return null;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
