/** Texts with placeholders: `{a}`, `{+b}`, `{a:coef}`, `{= a * b}`, `{? a > 0; right; left}`; see docs/COURSES.md. */
import { evaluate, type ParameterValues } from "./evaluate_expression.ts";
import { type Expression, parseExpression } from "./expression.ts";
import { ExpressionSyntaxError, ExpressionTypeError } from "./expression_errors.ts";
import { formatStyled, formatTerm, NUMBER_STYLES, type NumberStyle } from "./number_text.ts";

export type TemplatePart =
  | { readonly kind: "literal"; readonly text: string }
  | {
    readonly kind: "value";
    readonly expression: Expression;
    readonly style: NumberStyle;
    /** Shown as a term after another one: `+ 3` or `- 3`. */
    readonly signed: boolean;
  }
  | { readonly kind: "either"; readonly condition: Expression; readonly then: string; readonly otherwise: string };

const NAME_PLACEHOLDER = /^(?<sign>\+?)(?<source>[A-Za-z][A-Za-z0-9_]*)(?::(?<style>[a-z0-9]+))?$/;
const EXPRESSION_PLACEHOLDER = /^(?<sign>\+?)=(?<source>[^:]*)(?::(?<style>[a-z0-9]+))?$/;
const EITHER_PLACEHOLDER = /^\?(?<condition>[^;]*);(?<then>[^;]*);(?<otherwise>[^;]*)$/;

/**
 * Cuts a text into literal pieces and placeholders. Braces that hold neither a name nor a marked expression are
 * literal, so TeX groups such as `x^{2}` and `\frac{{a}}{{b}}` need no escape.
 * @throws ExpressionSyntaxError when a placeholder begins and is not one
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = "";
  let at = 0;
  while (at < text.length) {
    const inner = text[at] === "{" ? /^\{([^{}]*)\}/.exec(text.slice(at))?.[1] : undefined;
    if (inner === undefined && /^\{(\+?=|\?)/.test(text.slice(at, at + 3))) {
      throw new ExpressionSyntaxError(text.slice(at, at + 40), 0, "opens a placeholder that is never closed");
    }
    const part = inner === undefined ? null : placeholder(inner);
    if (inner === undefined || part === null) {
      literal += text[at];
      at += 1;
      continue;
    }
    if (literal !== "") parts.push({ kind: "literal", text: literal });
    literal = "";
    parts.push(part);
    at += inner.length + 2;
  }
  if (literal !== "") parts.push({ kind: "literal", text: literal });
  return parts;
}

/**
 * The text with every placeholder replaced.
 * @throws UnknownNameError, ExpressionTypeError, NoValueError as the expressions do
 */
export function fillTemplate(text: string, values: ParameterValues): string {
  return parseTemplate(text).map((part) => fillPart(part, values)).join("");
}

function placeholder(inner: string): TemplatePart | null {
  const either = EITHER_PLACEHOLDER.exec(inner)?.groups;
  if (either !== undefined) {
    const { condition = "", then = "", otherwise = "" } = either;
    return { kind: "either", condition: parseExpression(condition), then: then.trim(), otherwise: otherwise.trim() };
  }
  const value = (NAME_PLACEHOLDER.exec(inner) ?? EXPRESSION_PLACEHOLDER.exec(inner))?.groups;
  if (value === undefined) {
    if (/^(\+?=|\?)/.test(inner)) throw new ExpressionSyntaxError(inner, 0, "is not a placeholder");
    return null;
  }
  const { sign, source = "", style } = value;
  return {
    kind: "value",
    expression: parseExpression(source),
    style: style === undefined ? "plain" : styleNamed(style, inner),
    signed: sign === "+",
  };
}

function styleNamed(name: string, inner: string): NumberStyle {
  if (/^[0-6]$/.test(name)) return { decimals: Number(name) };
  const style = NUMBER_STYLES.find((known) => known === name);
  if (style === undefined) throw new ExpressionSyntaxError(inner, 0, `asks for the unknown style "${name}"`);
  return style;
}

function fillPart(part: TemplatePart, values: ParameterValues): string {
  if (part.kind === "literal") return part.text;
  if (part.kind === "either") return evaluate(part.condition, values) !== 0 ? part.then : part.otherwise;
  if (part.expression.kind === "name") {
    const drawn = values.get(part.expression.name);
    if (typeof drawn === "string") {
      if (part.signed || part.style !== "plain") {
        throw new ExpressionTypeError(`the text "${drawn}" cannot be written as a number`);
      }
      return drawn;
    }
  }
  const value = evaluate(part.expression, values);
  return part.signed ? formatTerm(value, part.style) : formatStyled(value, part.style);
}
