/** Cuts an expression into numbers, words, quoted texts and signs. */
import { ExpressionSyntaxError } from "./expression_errors.ts";

export interface Token {
  readonly kind: "number" | "word" | "text" | "sign";
  readonly text: string;
  /** Characters before it. */
  readonly at: number;
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z][A-Za-z0-9_]*)|'(?<text>[^']*)'|(?<sign><=|>=|==|!=|[-+*/^(),<>]))\s*/y;

/** @throws ExpressionSyntaxError at the first character that begins none of them */
export function tokensOf(source: string): readonly Token[] {
  const pattern = new RegExp(TOKEN);
  const tokens: Token[] = [];
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (groups === undefined) {
      throw new ExpressionSyntaxError(
        source,
        at,
        `holds "${source.slice(at).trim().slice(0, 1)}", which means nothing`,
      );
    }
    for (const kind of ["number", "word", "text", "sign"] as const) {
      const text = groups[kind];
      if (text !== undefined) tokens.push({ kind, text, at });
    }
  }
  return tokens;
}
