/** Well-formed right and wrong answers to a quest's question, for learners who know or do not. */
import { assertNever } from "../../src/domain/assert_never.ts";
import type { Response } from "../../src/domain/curriculum/rendered_item.ts";
import type { KeyedQuestion } from "../../src/domain/quests/quest.ts";

/** The answer that the key calls right. */
export function rightAnswer({ key }: Pick<KeyedQuestion, "key">): Response {
  switch (key.kind) {
    case "number":
      return { kind: "number", value: key.value, unit: key.unit };
    case "text":
      return { kind: "text", text: key.accepted[0] ?? "" };
    case "choice":
    case "choices":
    case "ordering":
    case "matching":
      return key;
    default:
      return assertNever(key);
  }
}

/** Falls short of the key, in part or in full. */
export function wrongAnswer({ key, form }: KeyedQuestion): Response {
  switch (key.kind) {
    case "number":
      return { kind: "number", value: key.value + 7 * (1 + key.tolerance), unit: key.unit };
    case "text":
      return { kind: "text", text: "I do not know" };
    case "choice": {
      const options = form.kind === "choice" ? form.options : [];
      return { kind: "choice", option: options.find(({ id }) => id !== key.option)?.id ?? key.option };
    }
    case "choices": {
      const options = form.kind === "choices" ? form.options : [];
      return { kind: "choices", options: options.map(({ id }) => id).filter((id) => !key.options.includes(id)) };
    }
    case "ordering":
      return { kind: "ordering", order: key.order.toReversed() };
    case "matching": {
      const rights = Object.values(key.pairs);
      const turned = Object.keys(key.pairs).map((left, i) => [left, rights[(i + 1) % rights.length] ?? ""]);
      return { kind: "matching", pairs: Object.fromEntries(turned) };
    }
    default:
      return assertNever(key);
  }
}
