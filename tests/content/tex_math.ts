/** Reads the TeX that items show, independently of the templates that made it, so that tests can recompute answers. */
import assert from "node:assert/strict";

export type Letters = { readonly [letter: string]: number };

/** The value of a TeX expression such as `\frac{ x}{3} - 2(x + 1)^2` under given letters. */
export function texValue(tex: string, letters: Letters = {}): number {
  const reader = new TexReader(tex, letters);
  const value = reader.sum();
  assert.equal(reader.rest(), "", `did not understand "${reader.rest()}" of "${tex}"`);
  return value;
}

/** Both sides of `left = right`, as values. */
export function texSides(equation: string, letters: Letters): readonly [number, number] {
  const [left, right, more] = equation.split("=");
  assert(left !== undefined && right !== undefined && more === undefined, `"${equation}" is no equation`);
  return [texValue(left, letters), texValue(right, letters)];
}

/** Everything between dollar signs. */
export function formulasIn(text: string): readonly string[] {
  return [...text.matchAll(/\$([^$]+)\$/g)].map((match) => match[1] ?? "");
}

/** Every number written in a text, in order, TeX or not. */
export function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/(?<![\d.])-?\d+(?:\.\d+)?/g)].map((match) => Number(match[0]));
}

export function assertNear(actual: number, expected: number, message: string): void {
  assert(
    Math.abs(actual - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
    `${message}: ${actual}, not ${expected}`,
  );
}

class TexReader {
  #tex: string;
  readonly #letters: Letters;

  constructor(tex: string, letters: Letters) {
    this.#tex = tex.trim();
    this.#letters = letters;
  }

  rest(): string {
    return this.#tex;
  }

  sum(): number {
    let value = this.#product();
    for (;;) {
      if (this.#take(/^\+/) !== null) value += this.#product();
      else if (this.#take(/^-/) !== null) value -= this.#product();
      else return value;
    }
  }

  #product(): number {
    let value = this.#signed();
    for (;;) {
      if (this.#take(/^(\\times|\\cdot|\*)/) !== null) value *= this.#signed();
      else if (this.#take(/^\\div/) !== null) value /= this.#signed();
      else if (/^(\d|[a-z]|\(|\\frac)/.test(this.#tex)) value *= this.#power();
      else return value;
    }
  }

  #signed(): number {
    return this.#take(/^-/) === null ? this.#power() : -this.#signed();
  }

  #power(): number {
    const base = this.#primary();
    if (this.#take(/^\^/) === null) return base;
    return base ** (this.#tex.startsWith("{") ? this.#group() : Number(this.#take(/^\d/)));
  }

  #primary(): number {
    const mixed = /^(\d+)\\frac\{(\d+)\}\{(\d+)\}/.exec(this.#tex);
    if (mixed !== null) {
      this.#take(/^\d+\\frac\{\d+\}\{\d+\}/);
      return Number(mixed[1]) + Number(mixed[2]) / Number(mixed[3]);
    }
    const digits = this.#take(/^\d+(\.\d+)?/);
    if (digits !== null) return Number(digits);
    if (this.#take(/^\\frac/) !== null) return this.#group() / this.#group();
    if (this.#take(/^\(/) !== null) {
      const inner = this.sum();
      assert(this.#take(/^\)/) !== null, `no ")" before "${this.#tex}"`);
      return inner;
    }
    const letter = this.#take(/^[a-z]/);
    const value = letter === null ? undefined : this.#letters[letter];
    assert(value !== undefined, `no value for "${letter ?? this.#tex}"`);
    return value;
  }

  #group(): number {
    assert(this.#take(/^\{/) !== null, `no "{" before "${this.#tex}"`);
    const inner = this.sum();
    assert(this.#take(/^\}/) !== null, `no "}" before "${this.#tex}"`);
    return inner;
  }

  #take(pattern: RegExp): string | null {
    const found = pattern.exec(this.#tex)?.[0];
    if (found === undefined) return null;
    this.#tex = this.#tex.slice(found.length).trimStart();
    return found;
  }
}
