/** What somebody typed, as one replacement of a text. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { replacement } from "../../web/client/notes_area.js";

const text = fc.array(fc.constantFrom("a", "b", "\n", "é", "😀", "😁", "🤠"), { maxLength: 12 }).map((all) =>
  all.join("")
);

Deno.test("[I12] a replacement makes the one text of the other, and cuts no character in two", () => {
  fc.assert(
    fc.property(text, text, fc.nat(24), (before, after, at) => {
      const caret = Math.min(at, after.length);
      const change = replacement(before, after, caret);
      const made = before.slice(0, change.at) + change.inserted + before.slice(change.at + change.deleted);
      assert.equal(made, after);
      const parts = [
        before.slice(0, change.at),
        change.inserted,
        before.slice(change.at, change.at + change.deleted),
        before.slice(change.at + change.deleted),
      ];
      for (const part of parts) assert.ok(part.isWellFormed(), JSON.stringify(parts));
    }),
    { numRuns: 500 },
  );
});

Deno.test("[I12] of equal letters the one before the caret was typed", () => {
  assert.deepEqual(replacement("aa", "aaa", 2), { at: 1, deleted: 0, inserted: "a" });
  assert.deepEqual(replacement("aa", "aaa", 3), { at: 2, deleted: 0, inserted: "a" });
  assert.deepEqual(replacement("one two", "one 2", 5), { at: 4, deleted: 3, inserted: "2" });
  assert.deepEqual(replacement("same", "same", 2), { at: 2, deleted: 0, inserted: "" });
});
