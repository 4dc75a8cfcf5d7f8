/** What counts as one readable line, where a person writes a sentence for another. */

/** Controls, line breaks of any script, half characters, and marks that turn the direction of what follows. */
const UNWELCOME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether `text` shows something, on one line, in its own direction. */
export function isPlainLine(text: string): boolean {
  return VISIBLE.test(text) && !UNWELCOME.test(text);
}
