/** What can be wrong with an expression: its text, the names it reads, or its value on these numbers. */

/** Not an expression at all. `at` counts characters from 0. */
export class ExpressionSyntaxError extends Error {
  override readonly name = "ExpressionSyntaxError";

  constructor(readonly source: string, readonly at: number, complaint: string) {
    super(`"${source}" ${complaint} (character ${at + 1})`);
  }
}

/** Reads a name that has no value. */
export class UnknownNameError extends Error {
  override readonly name = "UnknownNameError";

  constructor(readonly unknown: string) {
    super(`"${unknown}" is not a parameter`);
  }
}

/** Uses a text where a number belongs, or compares the two. */
export class ExpressionTypeError extends Error {
  override readonly name = "ExpressionTypeError";
}

/** Has no finite value on these numbers, such as a division by zero; other numbers may do. */
export class NoValueError extends Error {
  override readonly name = "NoValueError";
}
