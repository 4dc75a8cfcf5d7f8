/** The value of a parsed expression under given parameter values. */
import { assertNever } from "../assert_never.ts";
import type { Arithmetic, Comparator, Expression, FunctionName } from "./expression.ts";
import { ExpressionTypeError, NoValueError, UnknownNameError } from "./expression_errors.ts";

export type ParameterValue = number | string;
export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** Two numbers nearer than this, relative to the larger of them and 1, are equal: 0.1 + 0.2 == 0.3. */
const EQUALITY_TOLERANCE = 1e-9;

/**
 * A finite number; comparisons and logic give 1 or 0, and anything but 0 counts as true.
 * Texts can be compared with `==` and `!=` only.
 * @throws UnknownNameError, ExpressionTypeError, NoValueError (division by zero, root of a negative, overflow)
 */
export function evaluate(expression: Expression, values: ParameterValues): number {
  return numberIn(valueOf(expression, values));
}

export function nearlyEqual(a: number, b: number): boolean {
  return Math.abs(a - b) <= EQUALITY_TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

function valueOf(expression: Expression, values: ParameterValues): ParameterValue {
  switch (expression.kind) {
    case "number":
    case "text":
      return expression.value;
    case "name": {
      const value = values.get(expression.name);
      if (value === undefined) throw new UnknownNameError(expression.name);
      return value;
    }
    case "negative":
      return -evaluate(expression.operand, values);
    case "not":
      return evaluate(expression.operand, values) === 0 ? 1 : 0;
    case "arithmetic":
      return arithmetic(expression.operator, evaluate(expression.left, values), evaluate(expression.right, values));
    case "logic": {
      const left = evaluate(expression.left, values) !== 0;
      // The right side is left alone when the left decides: `b != 0 and a / b > 1` has a value for every b.
      if (left === (expression.operator === "or")) return left ? 1 : 0;
      return evaluate(expression.right, values) !== 0 ? 1 : 0;
    }
    case "comparison": {
      let left = valueOf(expression.first, values);
      for (const { operator, operand } of expression.rest) {
        const right = valueOf(operand, values);
        if (!compare(operator, left, right)) return 0;
        left = right;
      }
      return 1;
    }
    case "call":
      return call(expression.function, expression.operands.map((operand) => evaluate(operand, values)));
    default:
      return assertNever(expression);
  }
}

function numberIn(value: ParameterValue): number {
  if (typeof value === "string") throw new ExpressionTypeError(`the text "${value}" stands where a number belongs`);
  return finite(value);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new NoValueError("the value is not a finite number");
  return value;
}

function arithmetic(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case "+":
      return finite(left + right);
    case "-":
      return finite(left - right);
    case "*":
      return finite(left * right);
    case "/":
      if (right === 0) throw new NoValueError("division by zero");
      return finite(left / right);
    case "^":
      return finite(left ** right);
  }
}

function compare(operator: Comparator, left: ParameterValue, right: ParameterValue): boolean {
  if (typeof left === "string" || typeof right === "string") return compareTexts(operator, left, right);
  const equal = nearlyEqual(left, right);
  switch (operator) {
    case "==":
      return equal;
    case "!=":
      return !equal;
    case "<":
      return left < right && !equal;
    case "<=":
      return left < right || equal;
    case ">":
      return left > right && !equal;
    case ">=":
      return left > right || equal;
  }
}

function compareTexts(operator: Comparator, left: ParameterValue, right: ParameterValue): boolean {
  if (typeof left !== typeof right) throw new ExpressionTypeError("a text is compared with a number");
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  throw new ExpressionTypeError(`texts have no order for "${operator}"`);
}

function call(name: FunctionName, operands: readonly number[]): number {
  const [first = 0, second = 0] = operands;
  switch (name) {
    case "abs":
      return Math.abs(first);
    case "min":
      return Math.min(...operands);
    case "max":
      return Math.max(...operands);
    case "round":
      return round(first, second);
    case "floor":
      return Math.floor(first);
    case "sqrt":
      if (first < 0) throw new NoValueError("square root of a negative number");
      return Math.sqrt(first);
    case "gcd":
      return greatestCommonDivisor(whole(first), whole(second));
    case "lcm": {
      const divisor = greatestCommonDivisor(whole(first), whole(second));
      return divisor === 0 ? 0 : finite(Math.abs(first * second) / divisor);
    }
    case "mod":
      if (second === 0) throw new NoValueError("remainder of a division by zero");
      // The sign of the divisor, as in mathematics: mod(-7, 3) is 2.
      return first - second * Math.floor(first / second);
  }
}

/** Halves go away from zero, as schools teach it; `Math.round` would send -2.5 to -2. */
function round(value: number, digits: number): number {
  if (!Number.isInteger(digits) || digits < 0 || digits > 9) {
    throw new NoValueError("round takes 0 to 9 digits");
  }
  const scale = 10 ** digits;
  // A billionth of slack: 1.005 is stored a little below itself and would round down.
  return finite(Math.sign(value) * Math.floor(Math.abs(value) * scale + 0.5 + 1e-9) / scale);
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new NoValueError(`${value} is not a whole number`);
  return value;
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [large, small] = [Math.abs(a), Math.abs(b)];
  while (small !== 0) [large, small] = [small, large % small];
  return large;
}
