/** The right answer as a learner reads it once the item is closed. */
import { assertNever } from "../assert_never.ts";
import { formatExact, formatFraction } from "./number_text.ts";
import type { AnswerForm, AnswerKey, Labelled } from "./rendered_item.ts";

/** One line of Markdown. Ids without a label in `form` are shown as they are. */
export function answerInWords(key: AnswerKey, form: AnswerForm): string {
  const labels = new Map(labelledIn(form).map((one) => [one.id, one.text]));
  const labelOf = (id: string) => labels.get(id) ?? id;
  switch (key.kind) {
    case "choice":
      return labelOf(key.option);
    case "choices":
      return key.options.map(labelOf).join("; ");
    case "number": {
      const about = key.tolerance > 0 ? ` (within ${formatExact(key.tolerance)})` : "";
      const shown = key.written === "fraction" ? formatFraction(key.value) : formatExact(key.value);
      return `${shown}${key.unit === null ? "" : ` ${key.unit}`}${about}`;
    }
    case "text":
      return key.accepted[0] ?? "";
    case "ordering":
      return key.order.map(labelOf).join(" → ");
    case "matching":
      return Object.entries(key.pairs).map(([left, right]) => `${labelOf(left)} — ${labelOf(right)}`).join("; ");
    default:
      return assertNever(key);
  }
}

function labelledIn(form: AnswerForm): readonly Labelled[] {
  switch (form.kind) {
    case "choice":
    case "choices":
      return form.options;
    case "ordering":
      return form.entries;
    case "matching":
      return [...form.left, ...form.right];
    case "number":
    case "text":
      return [];
    default:
      return assertNever(form);
  }
}
