/** Makes text that people wrote safe inside a drawing. */

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters are no XML at all, and half of a surrogate pair is no text: they are left out. */
export function escapeXml(text: string): string {
  // deno-lint-ignore no-control-regex -- the characters that XML 1.0 forbids
  const sound = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return sound.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** `text` as it is while it has at most `lengthMax` characters, else its beginning and an ellipsis. */
export function shortened(text: string, lengthMax: number): string {
  const characters = [...text];
  return characters.length <= lengthMax ? text : `${characters.slice(0, lengthMax - 1).join("")}…`;
}
