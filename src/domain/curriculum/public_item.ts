/** The part of an item that a learner may see while it is open. */
import { assertNever } from "../assert_never.ts";
import type { Json } from "../json.ts";
import type { AnswerForm, Labelled, RenderedItem } from "./rendered_item.ts";

/** In wire names. Without key, hints and explanation; without the seed too, which would draw them again. */
export function publicItem(item: RenderedItem): Json {
  return {
    item_id: item.itemId,
    skills: item.skills,
    difficulty: item.difficulty,
    prompt: item.prompt,
    form: publicForm(item.form),
    presentations: item.presentations.map(({ modality, title, body }) => ({ modality, title, body })),
    hints_available: item.hints.length,
  };
}

/** Field by field: a key that strays into a form at run time stays behind. */
export function publicForm(form: AnswerForm): Json {
  switch (form.kind) {
    case "choice":
    case "choices":
      return { kind: form.kind, options: form.options.map(publicLabel) };
    case "number":
      return { kind: "number", units: form.units };
    case "text":
      return { kind: "text" };
    case "ordering":
      return { kind: "ordering", entries: form.entries.map(publicLabel) };
    case "matching":
      return { kind: "matching", left: form.left.map(publicLabel), right: form.right.map(publicLabel) };
    default:
      return assertNever(form);
  }
}

function publicLabel({ id, text }: Labelled): Json {
  return { id, text };
}
