/** Tells which answers to an item come to the same, and says them in words. */
import { assertNever } from "../assert_never.ts";
import { answerInWords } from "../curriculum/answer_in_words.ts";
import { normaliseText } from "../curriculum/normalise_text.ts";
import { parseNumber } from "../curriculum/parse_number.ts";
import type { AnswerForm, AnswerKey, Response } from "../curriculum/rendered_item.ts";

const GROUP_LENGTH_MAX = 200;

function numberGroup({ value, unit }: Extract<Response, { kind: "number" }>): string {
  const written = typeof value === "string" ? parseNumber(value) : { value, unit: null };
  if (written === null) return normaliseText(String(value));
  return [written.value, unit ?? written.unit ?? ""].join(" ").trim();
}

/** The same text for responses that say the same; at most 200 characters. */
export function answerGroup(response: Response): string {
  return groupOf(response).slice(0, GROUP_LENGTH_MAX);
}

function groupOf(response: Response): string {
  switch (response.kind) {
    case "choice":
      return response.option;
    case "choices":
      return [...response.options].sort().join("+");
    case "number":
      return numberGroup(response);
    case "text":
      return normaliseText(response.text);
    case "ordering":
      return response.order.join(">");
    case "matching":
      return Object.entries(response.pairs).map(([left, right]) => `${left}=${right}`).sort().join("+");
    default:
      return assertNever(response);
  }
}

/** What was answered, with the item's own labels; one line of Markdown, at most 200 characters. */
export function responseInWords(response: Response, form: AnswerForm): string {
  return answerInWords(asKey(response), form).slice(0, GROUP_LENGTH_MAX);
}

/** A response as a key that it would fit, so that both are put into words alike. */
function asKey(response: Response): AnswerKey {
  switch (response.kind) {
    case "number":
      return { kind: "text", accepted: [[response.value, response.unit ?? ""].join(" ").trim()] };
    case "text":
      return { kind: "text", accepted: [response.text] };
    case "choice":
    case "choices":
    case "ordering":
    case "matching":
      return response;
    default:
      return assertNever(response);
  }
}
