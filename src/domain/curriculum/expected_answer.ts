/** Says in words what kind of answer an item takes, for a learner whose response was none. */
import { assertNever } from "../assert_never.ts";
import type { AnswerForm, Labelled } from "./rendered_item.ts";

export function expectedInWords(form: AnswerForm): string {
  switch (form.kind) {
    case "choice":
      return `one of the options ${idsOf(form.options)}`;
    case "choices":
      return `one or more of the options ${idsOf(form.options)}, each at most once`;
    case "number":
      return `a number such as 12, -0.5, 3/4 or 1 1/2${unitsInWords(form.units)}; ` +
        "write thousands without a comma";
    case "text":
      return "a short text of at most 500 characters";
    case "ordering":
      return `all of ${idsOf(form.entries)} in order, each exactly once`;
    case "matching":
      return `for each of ${idsOf(form.left)} one of ${idsOf(form.right)}`;
    default:
      return assertNever(form);
  }
}

function idsOf(offered: readonly Labelled[]): string {
  return offered.map((one) => one.id).join(", ");
}

function unitsInWords(units: readonly string[]): string {
  const [only] = units;
  if (only === undefined) return ", without a unit";
  return units.length === 1 ? `, in ${only}` : `, with one of the units ${units.join(", ")}`;
}
