/** How many bytes a text is in UTF-8, without writing them down where counting is cheaper. */
const ENCODER = new TextEncoder();

/** Below this length counting beats encoding: most frames are short, and encoding allocates. */
const COUNTED_LENGTH_MAX = 1_024;

/** Bytes of `text` in UTF-8; a lone surrogate counts as the three bytes of the replacement character. */
export function utf8Bytes(text: string): number {
  if (text.length > COUNTED_LENGTH_MAX) return ENCODER.encode(text).byteLength;
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else bytes += isPair(text, i) || isPair(text, i - 1) ? 1 : 2;
  }
  return bytes;
}

/** Whether a surrogate pair, four bytes for two units, stands at `i`. */
function isPair(text: string, i: number): boolean {
  return (text.codePointAt(i) ?? 0) > 0xffff;
}
