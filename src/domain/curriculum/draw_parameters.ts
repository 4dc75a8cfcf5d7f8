/** Draws an item's parameters from a stream of chance until its constraints hold. */
import { assertNever } from "../assert_never.ts";
import type { Parameter } from "./course.ts";
import { evaluate, type ParameterValue, type ParameterValues } from "./evaluate_expression.ts";
import { type Expression, parseExpression } from "./expression.ts";
import { NoValueError } from "./expression_errors.ts";

/** More values than this and an author means something else. */
export const PARAMETER_VALUES_MAX = 10_000;

type Source =
  | { readonly kind: "among"; readonly name: string; readonly values: readonly ParameterValue[] }
  | { readonly kind: "computed"; readonly name: string; readonly expression: Expression };

/** One draw: the values, or null when they break a constraint. Throws NoValueError where an expression has none. */
export type ParameterDraw = (random: () => number) => ParameterValues | null;

/**
 * Prepares the draw once, so that drawing again costs no parsing.
 * @throws ExpressionSyntaxError; the draw itself throws UnknownNameError and ExpressionTypeError
 */
export function parameterDraw(parameters: readonly Parameter[], constraints: readonly string[]): ParameterDraw {
  const sources = parameters.map(sourceOf);
  const conditions = constraints.map(parseExpression);
  return (random) => {
    const values = drawOnce(sources, random);
    return conditions.every((condition) => evaluate(condition, values) !== 0) ? values : null;
  };
}

/** What an integer parameter can be: min, min + step, … up to max, without the excluded. */
export function integerValues(parameter: Extract<Parameter, { kind: "integer" }>): readonly number[] {
  const { min, max, step, exclude } = parameter;
  const count = Math.min(PARAMETER_VALUES_MAX, Math.floor((max - min) / step + 1e-9) + 1);
  // Steps such as 0.1 would drift in the last digit.
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number((min + index * step).toPrecision(12)))
    .filter((value) => !exclude.includes(value));
}

function drawOnce(sources: readonly Source[], random: () => number): ParameterValues {
  const values = new Map<string, ParameterValue>();
  for (const source of sources) {
    if (source.kind === "computed") {
      values.set(source.name, evaluate(source.expression, values));
      continue;
    }
    const drawn = source.values[Math.floor(random() * source.values.length)];
    if (drawn === undefined) throw new NoValueError(`parameter "${source.name}" has no value to take`);
    values.set(source.name, drawn);
  }
  return values;
}

function sourceOf(parameter: Parameter): Source {
  switch (parameter.kind) {
    case "integer":
      return { kind: "among", name: parameter.name, values: integerValues(parameter) };
    case "pick":
      return { kind: "among", name: parameter.name, values: parameter.from };
    case "computed":
      return { kind: "computed", name: parameter.name, expression: parseExpression(parameter.expression) };
    default:
      return assertNever(parameter);
  }
}
