/** What shows something, and what only looks like a text to a program. */
import assert from "node:assert/strict";
import { isPlainLine } from "../../src/domain/plain_line.ts";

Deno.test("[A8] a line of fillers, blanks and marks shows nothing; letters of any script, numbers and signs do", () => {
  for (
    const blank of ["", " ", "\u200b", "\u3164", "\u115f\u1160", "\uffa0", "\u2800 \u2800", "\u200e\u200f", "\u0301"]
  ) {
    assert.ok(!isPlainLine(blank), escape(blank));
  }
  for (const shown of ["7b", "한글", "\u3164한", "שלום\u200f", "⠁\u2800⠃", "!", "🎓", "é"]) {
    assert.ok(isPlainLine(shown), shown);
  }
});
