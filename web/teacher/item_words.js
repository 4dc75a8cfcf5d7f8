/** An authored item in one plain line: what is drawn anew for each asking is left open. */

const LENGTH_MAX = 80;
const SIGNS = { cdot: "·", times: "×", div: "÷", le: "≤", ge: "≥", approx: "≈", square: "□", dots: "…" };

export function itemInWords({ prompt }) {
  const line = prompt.split("\n")[0]
    // First what is drawn, in braces of its own; then TeX.
    .replaceAll(/\{[+=]*\s*[A-Za-z(-][^{}]*\}/g, "□")
    .replaceAll(/\\frac\{?([^{}]*?)\}?\{([^{}]*)\}/g, "$1/$2")
    .replaceAll(/\\([a-z]+)/g, (_whole, name) => SIGNS[name] ?? "")
    .replaceAll(/[$*`{}\\]/g, "");
  return line.length <= LENGTH_MAX ? line : `${line.slice(0, LENGTH_MAX - 1)}…`;
}
