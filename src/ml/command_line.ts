/** Reads a command line; what cannot be followed is told by the error that the command names. */
import { parseArgs, type ParseArgsConfig } from "node:util";

type Flags = NonNullable<ParseArgsConfig["options"]>;
type Mistake = new (message: string, options?: ErrorOptions) => Error;

/** Seeds are unsigned 32-bit numbers. */
const SEED_MAX = 2 ** 32 - 1;

export class CommandLine {
  constructor(private readonly mistake: Mistake) {}

  /** What was given, by flag. Throws the command's error on a flag that it does not have, or without its value. */
  values<const F extends Flags>(args: readonly string[], options: F) {
    try {
      return parseArgs({ args: [...args], options }).values;
    } catch (error) {
      if (error instanceof TypeError) throw new this.mistake(error.message, { cause: error });
      throw error;
    }
  }

  number(flag: string, text: string, min: number, max: number): number {
    return this.#within(flag, text, [min, max], "number");
  }

  integer(flag: string, text: string, min: number, max: number): number {
    return this.#within(flag, text, [min, max], "whole number");
  }

  seed(text: string): number {
    return this.integer("seed", text, 0, SEED_MAX);
  }

  #within(flag: string, text: string, [min, max]: readonly [number, number], what: "number" | "whole number"): number {
    const value = Number(text);
    const isOne = text.trim() !== "" && (what === "number" || Number.isInteger(value));
    if (isOne && value >= min && value <= max) return value;
    throw new this.mistake(`--${flag} is a ${what} from ${min} to ${max}, found "${text}".`);
  }
}
