/** The small language in which items compute: parsed here into a tree, never handed to a JavaScript engine. */
import { type Token, tokensOf } from "./expression_tokens.ts";
import { ExpressionSyntaxError } from "./expression_errors.ts";

export const EXPRESSION_LENGTH_MAX = 400;
const NESTING_MAX = 40;

export type Arithmetic = "+" | "-" | "*" | "/" | "^";
export type Comparator = "<" | "<=" | ">" | ">=" | "==" | "!=";

export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "negative"; readonly operand: Expression }
  | { readonly kind: "not"; readonly operand: Expression }
  | {
    readonly kind: "arithmetic";
    readonly operator: Arithmetic;
    readonly left: Expression;
    readonly right: Expression;
  }
  | {
    readonly kind: "logic";
    readonly operator: "and" | "or";
    readonly left: Expression;
    readonly right: Expression;
  }
  /** `a < b <= c` holds when every neighbouring pair does. */
  | { readonly kind: "comparison"; readonly first: Expression; readonly rest: readonly ComparisonLink[] }
  | { readonly kind: "call"; readonly function: FunctionName; readonly operands: readonly Expression[] };

export interface ComparisonLink {
  readonly operator: Comparator;
  readonly operand: Expression;
}

/** Each function's least and greatest number of operands. */
const FUNCTIONS = {
  abs: [1, 1],
  min: [1, 10],
  max: [1, 10],
  round: [1, 2],
  floor: [1, 1],
  sqrt: [1, 1],
  gcd: [2, 2],
  lcm: [2, 2],
  mod: [2, 2],
} as const satisfies { readonly [name: string]: readonly [number, number] };

export type FunctionName = keyof typeof FUNCTIONS;

/** Words that no parameter may take as its name. */
export function isReserved(name: string): boolean {
  return name === "and" || name === "or" || name === "not" || isFunction(name);
}

/**
 * Parses one expression. Loosest first: `or`, `and`, `not`, comparisons, `+ -`, `* /`, unary `-`, `^` (binds to the
 * right, so `-2^2` is -4).
 * @throws ExpressionSyntaxError naming the place, also when longer than {@link EXPRESSION_LENGTH_MAX} characters
 */
export function parseExpression(source: string): Expression {
  if (source.length > EXPRESSION_LENGTH_MAX) {
    throw new ExpressionSyntaxError(source.slice(0, 40), 0, `is longer than ${EXPRESSION_LENGTH_MAX} characters`);
  }
  return new Parser(source).whole();
}

/** Every parameter name that the expression reads. */
export function namesIn(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  collectNames(expression, names);
  return names;
}

function collectNames(expression: Expression, names: Set<string>): void {
  if (expression.kind === "name") names.add(expression.name);
  for (const operand of operandsOf(expression)) collectNames(operand, names);
}

function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "text":
    case "name":
      return [];
    case "negative":
    case "not":
      return [expression.operand];
    case "arithmetic":
    case "logic":
      return [expression.left, expression.right];
    case "comparison":
      return [expression.first, ...expression.rest.map((link) => link.operand)];
    case "call":
      return expression.operands;
  }
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Recursive descent, one method a level of precedence. */
class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #nesting = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokensOf(source);
  }

  whole(): Expression {
    const expression = this.#disjunction();
    const left = this.#tokens[this.#next];
    if (left !== undefined) throw this.#fault(left.at, `does not go on with "${left.text}"`);
    return expression;
  }

  #disjunction(): Expression {
    let left = this.#conjunction();
    while (this.#take("or") !== null) left = { kind: "logic", operator: "or", left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): Expression {
    let left = this.#negation();
    while (this.#take("and") !== null) left = { kind: "logic", operator: "and", left, right: this.#negation() };
    return left;
  }

  #negation(): Expression {
    if (this.#take("not") === null) return this.#comparison();
    return this.#nested(() => ({ kind: "not", operand: this.#negation() }));
  }

  #comparison(): Expression {
    const first = this.#sum();
    const rest: ComparisonLink[] = [];
    for (;;) {
      const operator = this.#take("<", "<=", ">", ">=", "==", "!=");
      if (operator === null) return rest.length === 0 ? first : { kind: "comparison", first, rest };
      rest.push({ operator, operand: this.#sum() });
    }
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const operator = this.#take("+", "-");
      if (operator === null) return left;
      left = { kind: "arithmetic", operator, left, right: this.#product() };
    }
  }

  #product(): Expression {
    let left = this.#signed();
    for (;;) {
      const operator = this.#take("*", "/");
      if (operator === null) return left;
      left = { kind: "arithmetic", operator, left, right: this.#signed() };
    }
  }

  #signed(): Expression {
    if (this.#take("-") === null) return this.#power();
    return this.#nested(() => ({ kind: "negative", operand: this.#signed() }));
  }

  #power(): Expression {
    const left = this.#primary();
    if (this.#take("^") === null) return left;
    return this.#nested(() => ({ kind: "arithmetic", operator: "^", left, right: this.#signed() }));
  }

  #primary(): Expression {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw this.#fault(this.#source.length, "ends too early");
    this.#next += 1;
    if (token.kind === "number") return { kind: "number", value: Number(token.text) };
    if (token.kind === "text") return { kind: "text", value: token.text };
    if (token.text === "(") {
      const inner = this.#nested(() => this.#disjunction());
      this.#expect(")");
      return inner;
    }
    if (token.kind !== "word" || isReserved(token.text) && !isFunction(token.text)) {
      throw this.#fault(token.at, `has "${token.text}" where a number or a name belongs`);
    }
    return isFunction(token.text) ? this.#call(token.text, token.at) : { kind: "name", name: token.text };
  }

  #call(name: FunctionName, at: number): Expression {
    this.#expect("(");
    const operands = this.#nested(() => {
      const found = [this.#disjunction()];
      while (this.#take(",") !== null) found.push(this.#disjunction());
      return found;
    });
    this.#expect(")");
    const [least, most] = FUNCTIONS[name];
    if (operands.length < least || operands.length > most) {
      throw this.#fault(at, `gives ${name} ${operands.length} values; it takes ${least} to ${most}`);
    }
    return { kind: "call", function: name, operands };
  }

  #take<const Text extends string>(...texts: readonly Text[]): Text | null {
    const token = this.#tokens[this.#next];
    const found = token === undefined || token.kind === "text" ? undefined : texts.find((text) => text === token.text);
    if (found === undefined) return null;
    this.#next += 1;
    return found;
  }

  #expect(text: string): void {
    if (this.#take(text) !== null) return;
    throw this.#fault(this.#tokens[this.#next]?.at ?? this.#source.length, `lacks a "${text}"`);
  }

  #nested<Result>(parse: () => Result): Result {
    this.#nesting += 1;
    if (this.#nesting > NESTING_MAX) throw this.#fault(0, `nests deeper than ${NESTING_MAX}`);
    const result = parse();
    this.#nesting -= 1;
    return result;
  }

  #fault(at: number, complaint: string): ExpressionSyntaxError {
    return new ExpressionSyntaxError(this.#source, at, complaint);
  }
}
