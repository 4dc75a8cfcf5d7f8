/** Codes by which people join a class: short, said aloud without doubt, and not to be guessed in any useful time. */

/** Crockford's base 32: no I, L, O or U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 35 bits: with a thousand open classes, one guess in 34 million hits. */
export const JOIN_CODE_LENGTH = 7;

/** The code that `JOIN_CODE_LENGTH` random bytes give; every code is as likely as any other. */
export function joinCodeFrom(bytes: Uint8Array): string {
  // 256 is a multiple of 32, so the low five bits are even.
  return Array.from(bytes.subarray(0, JOIN_CODE_LENGTH), (byte) => ALPHABET[byte & 31]).join("");
}

/** The code that was meant: letters of either case, O for 0, I and L for 1, spaces and dashes anywhere; else null. */
export function readJoinCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return code.length === JOIN_CODE_LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null;
}
