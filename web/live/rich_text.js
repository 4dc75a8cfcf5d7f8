/** Draws the Markdown of courses: paragraphs, lists, tables, code, emphasis, and TeX between dollar signs. */
import { html } from "./html.js";

/** Code, then TeX, then strong, then emphasis; each but the first may stand inside the later ones. */
const INLINE = /`([^`]+)`|\$([^$]+)\$|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*/g;

/** MathML, which browsers draw themselves. Inline styles, which the page's policy forbids, are left out. */
function Tex({ tex }) {
  const markup = globalThis.temml.renderToString(tex, { throwOnError: false }).replaceAll(/ style="[^"]*"/g, "");
  return html`<span class="tex" dangerouslySetInnerHTML=${{ __html: markup }} />`;
}

function inline(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, tex, strong, emphasis] = match;
    parts.push(text.slice(from, match.index).replaceAll("\\$", "$"));
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (tex !== undefined) parts.push(html`<${Tex} tex=${tex} />`);
    else if (strong !== undefined) parts.push(html`<strong>${inline(strong)}</strong>`);
    else parts.push(html`<em>${inline(emphasis)}</em>`);
    from = match.index + whole.length;
  }
  return [...parts, text.slice(from).replaceAll("\\$", "$")];
}

function cells(line) {
  return line.trim().replaceAll(/^\||\|$/g, "").split("|").map((cell) => inline(cell.trim()));
}

function Table({ lines }) {
  const [head, , ...rows] = lines;
  return html`
    <table class="drawn">
      <thead>
        <tr>${cells(head).map((cell) => html`<th>${cell}</th>`)}</tr>
      </thead>
      <tbody>${rows.map((row) => html`<tr>${cells(row).map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
    </table>
  `;
}

function Block({ text }) {
  const lines = text.split("\n");
  if (/^\|[\s:|-]+\|$/.test(lines[1] ?? "")) return html`<${Table} lines=${lines} />`;
  if (lines.every((line) => /^[-*] /.test(line))) {
    return html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`;
  }
  if (lines.every((line) => /^\d+\. /.test(line))) {
    return html`<ol>${lines.map((line) => html`<li>${inline(line.replace(/^\d+\. /, ""))}</li>`)}</ol>`;
  }
  return html`<p>${inline(text)}</p>`;
}

export function RichText({ text, class: className = "" }) {
  // Blank lines divide, but not inside fences.
  const pieces = text.split(/```\w*\n([\s\S]*?)\n?```/);
  const blocks = pieces.flatMap((piece, i) =>
    i % 2 === 1
      ? html`<pre>${piece}</pre>`
      : piece.split(/\n{2,}/).map((block) => block.trim()).filter((block) => block !== "")
        .map((block) => html`<${Block} text=${block} />`)
  );
  return html`<div class=${`rich ${className}`}>${blocks}</div>`;
}

/** One line of it, for labels and bars. */
export function RichLine({ text }) {
  return html`<span>${inline(text)}</span>`;
}
