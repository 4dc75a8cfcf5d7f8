/** Draws an item's parameters from a stream of chance until its constraints hold. */
import { assertNever } from "../assert_never.ts";
import type { Parameter } from "./course.ts";
import { evaluate, type ParameterValue, type ParameterValues } from "./evaluate_expression.ts";
import { type Expression, parseExpression } from "./expression.ts";
import { NoValueError } from "./expression_errors.ts";

/** More values than this and an author means something else. */
export const PARAMETER_VALUES_MAX = 10_000;

type Source =
  /** One of `count` values, of which `at` works out the one drawn; undefined beyond the last. */
  | {
    readonly kind: "among";
    readonly name: string;
    readonly count: number;
    readonly at: (index: number) => ParameterValue | undefined;
  }
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

type IntegerParameter = Extract<Parameter, { kind: "integer" }>;

/** How many values an integer parameter has before any is excluded. */
function stepsOf({ min, max, step }: IntegerParameter): number {
  return Math.max(0, Math.min(PARAMETER_VALUES_MAX, Math.floor((max - min) / step + 1e-9) + 1));
}

function valueAt({ min, step }: IntegerParameter, index: number): number {
  // Steps such as 0.1 would drift in the last digit.
  return Number((min + index * step).toPrecision(12));
}

/** What an integer parameter can be: min, min + step, … up to max, without the excluded. */
export function integerValues(parameter: IntegerParameter): readonly number[] {
  return Array.from({ length: stepsOf(parameter) }, (_, index) => valueAt(parameter, index))
    .filter((value) => !parameter.exclude.includes(value));
}

function drawOnce(sources: readonly Source[], random: () => number): ParameterValues {
  const values = new Map<string, ParameterValue>();
  for (const source of sources) {
    if (source.kind === "computed") {
      values.set(source.name, evaluate(source.expression, values));
      continue;
    }
    const drawn = source.at(Math.floor(random() * source.count));
    if (drawn === undefined) throw new NoValueError(`parameter "${source.name}" has no value to take`);
    values.set(source.name, drawn);
  }
  return values;
}

function amongOf(name: string, values: readonly ParameterValue[]): Source {
  return { kind: "among", name, count: values.length, at: (index) => values[index] };
}

function sourceOf(parameter: Parameter): Source {
  switch (parameter.kind) {
    case "integer":
      if (parameter.exclude.length > 0) return amongOf(parameter.name, integerValues(parameter));
      // A draw from ten thousand numbers need not write them all down.
      return {
        kind: "among",
        name: parameter.name,
        count: stepsOf(parameter),
        at: (index) => index < stepsOf(parameter) ? valueAt(parameter, index) : undefined,
      };
    case "pick":
      return amongOf(parameter.name, parameter.from);
    case "computed":
      return { kind: "computed", name: parameter.name, expression: parseExpression(parameter.expression) };
    default:
      return assertNever(parameter);
  }
}
