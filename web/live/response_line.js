/** An answer in the item's own words, on one line. */
import { html } from "./html.js";
import { RichLine } from "./rich_text.js";

function labelsOf({ options = [], entries = [], left = [], right = [] }) {
  return Object.fromEntries([...options, ...entries, ...left, ...right].map(({ id, text }) => [id, text]));
}

function inWords(response, form) {
  const labels = labelsOf(form);
  const label = (id) => labels[id] ?? id;
  switch (response.kind) {
    case "choice":
      return label(response.option);
    case "choices":
      return response.options.map(label).join("; ");
    case "number":
      return [response.value, response.unit ?? ""].join(" ").trim();
    case "text":
      return response.text;
    case "ordering":
      return response.order.map(label).join(" → ");
    case "matching":
      return Object.entries(response.pairs).map(([left, right]) => `${label(left)} — ${label(right)}`).join("; ");
  }
}

export function ResponseLine({ response, form }) {
  // What somebody typed is no Markdown.
  const isTyped = response.kind === "number" || response.kind === "text";
  const words = inWords(response, form);
  return isTyped ? html`<span>${words}</span>` : html`<${RichLine} text=${words} />`;
}
