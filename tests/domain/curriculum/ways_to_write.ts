/** Ways to write one line of typed algebra that all mean the same. */

/** Expects spaces around signs, and `5x` for five times x. */
export const WAYS_TO_WRITE: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll(" ", ""),
  (text) => text.replace(/(\d)(?=[a-z(])/g, "$1*"),
  (text) => text.replace(/(\d)(?=[a-z(])/g, "$1 · "),
  (text) => text.replace(/(\d)(?=[a-z(])/g, "$1 × "),
  (text) => text.replace(/(\d)(?=[a-z(])/g, "$1\u2062"),
  (text) => text.replaceAll(")(", ") * ("),
  (text) => `${text}.`,
  (text) => `$${text}$`,
  (text) => `$${text}$.`,
  (text) => `$$${text}$$`,
  (text) => /^[\da-z(]/.test(text) ? `+${text}` : text,
  (text) => [...text].join("\u200b"),
  (text) => `\ufeff${text}\u200e`,
  (text) => text.replaceAll("-", "−").toUpperCase(),
];
