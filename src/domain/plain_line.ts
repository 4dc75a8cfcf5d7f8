/** What counts as readable where a person writes for another: a line, and a text of a few lines. */

/** Controls, line breaks of any script, half characters, and marks that turn the direction of what follows. */
const UNWELCOME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
/** Fillers and the blank of braille count as letters and symbols, and show nothing. */
const VISIBLE = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]/v;

/** Whether `text` shows something, on one line, in its own direction. */
export function isPlainLine(text: string): boolean {
  return VISIBLE.test(text) && !UNWELCOME.test(text);
}

/** Whether `text` is plain text of a few lines that shows something and is no longer than `lengthMax` characters. */
export function isPlainText(text: string, lengthMax: number): boolean {
  const lines = text.split("\n");
  return text.length <= lengthMax && lines.some(isPlainLine) && lines.every((line) => line === "" || isPlainLine(line));
}

/** Whether what is written so far, which may show nothing yet, has none of the characters that plain text is without. */
export function isPlainSoFar(text: string): boolean {
  return text.split("\n").every((line) => !UNWELCOME.test(line));
}
