// @ts-self-types="./notes_area.d.ts"
/** Shared notes in a text area: what is typed goes into the document, what others write appears around the caret. */

/**
 * What a text has become, as one replacement: from `at`, `deleted` characters gave way to `inserted`. Where more than
 * one place would do, it ends at the caret, which stands after what was typed.
 */
export function replacement(before, after, caret) {
  const grown = after.length - before.length;
  const startMax = Math.min(before.length, after.length, grown > 0 ? Math.max(0, caret - grown) : caret);
  let at = 0;
  while (at < startMax && before[at] === after[at]) at += 1;
  let kept = 0;
  const keptMax = Math.min(before.length, after.length) - at;
  while (kept < keptMax && before[before.length - 1 - kept] === after[after.length - 1 - kept]) kept += 1;
  // Half a character is none: one that changed in its second half only is replaced whole.
  if (isHighSurrogate(before, at - 1)) at -= 1;
  if (isHighSurrogate(before, before.length - kept - 1) && kept > 0) kept -= 1;
  return { at, deleted: before.length - at - kept, inserted: after.slice(at, after.length - kept) };
}

function isHighSurrogate(text, at) {
  return at >= 0 && (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

/** Binds `area` to the notes until its end, which is returned, is called. */
export function bindNotes(area, shared) {
  const show = () => {
    const notes = shared.notes;
    const text = notes.toString();
    if (area.value === text) return;
    const marks = [area.selectionStart, area.selectionEnd].map((at) => moved(area.value, text, at));
    area.value = text;
    area.setSelectionRange(...marks);
  };
  const typed = () => {
    const notes = shared.notes;
    const { at, deleted, inserted } = replacement(notes.toString(), area.value, area.selectionStart);
    notes.doc.transact(() => {
      if (deleted > 0) notes.delete(at, deleted);
      if (inserted !== "") notes.insert(at, inserted);
    });
  };
  area.addEventListener("input", typed);
  const end = shared.onChange(({ kind }) => kind !== "saved" && show());
  show();
  return () => {
    area.removeEventListener("input", typed);
    end();
  };
}

/** Where a place of `before` is in `after`, once others have written. */
function moved(before, after, place) {
  const { at, deleted, inserted } = replacement(before, after, after.length);
  if (place <= at) return place;
  return place >= at + deleted ? place - deleted + inserted.length : at + inserted.length;
}
