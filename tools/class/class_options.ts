/** What the simulated class is asked for on the command line. */
import { parseArgs } from "node:util";

/** One who works, one who comes late, and each behaviour once. */
const STUDENTS_MIN = 10;
/** A roster holds 600; the teacher is one of them. */
const STUDENTS_MAX = 500;
const MINUTES_MIN = 0.1;
const MINUTES_MAX = 120;
/** Where a teacher's password is looked up: a command line is read by others. */
export const PASSWORD_VARIABLE = "CLASS_TEACHER_PASSWORD";

/** Why the command line cannot be followed. */
export class ClassUsageError extends Error {
  override readonly name = "ClassUsageError";
}

/** Where the class is held. */
export type Place =
  /** A server of its own, on embedded defaults. */
  | { readonly kind: "own"; readonly chaos: "kills" | "none" }
  | { readonly kind: "running"; readonly url: string; readonly teacher: string; readonly password: string };

export interface ClassOptions {
  readonly students: number;
  readonly minutes: number;
  readonly seed: number;
  readonly place: Place;
  readonly output: "json" | "table";
}

const FLAGS = {
  students: { type: "string", default: "30" },
  minutes: { type: "string", default: "5" },
  seed: { type: "string", default: "2026" },
  chaos: { type: "boolean", default: false },
  url: { type: "string" },
  teacher: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

function numberFrom(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= min && value <= max) return value;
  throw new ClassUsageError(`--${flag} is a number from ${min} to ${max}, found "${text}".`);
}

function integerFrom(flag: string, text: string, min: number, max: number): number {
  const value = numberFrom(flag, text, min, max);
  if (Number.isInteger(value)) return value;
  throw new ClassUsageError(`--${flag} is a whole number from ${min} to ${max}, found "${text}".`);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new ClassUsageError(error.message, { cause: error });
    throw error;
  }
}

function placeFrom(
  { url, teacher, chaos }: ReturnType<typeof parsed>,
  password: string | undefined,
): Place {
  if (url === undefined) {
    if (teacher !== undefined) throw new ClassUsageError("--teacher names an account on the server of --url.");
    return { kind: "own", chaos: chaos ? "kills" : "none" };
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ClassUsageError(`--url is an address such as http://127.0.0.1:8000, found "${url}".`);
  }
  if (chaos) throw new ClassUsageError("--chaos kills the server: leave --url out, so that it is one of its own.");
  if (teacher === undefined || password === undefined) {
    throw new ClassUsageError(`--url needs --teacher LOGIN, and that account's password in ${PASSWORD_VARIABLE}.`);
  }
  return { kind: "running", url: new URL(url).origin, teacher, password };
}

/** @throws ClassUsageError in words for the one who typed it */
export function readClassOptions(args: readonly string[], password: string | undefined): ClassOptions {
  const flags = parsed(args);
  const { students, minutes, seed, json } = flags;
  return {
    students: integerFrom("students", students, STUDENTS_MIN, STUDENTS_MAX),
    minutes: numberFrom("minutes", minutes, MINUTES_MIN, MINUTES_MAX),
    seed: integerFrom("seed", seed, 0, 2 ** 32 - 1),
    place: placeFrom(flags, password),
    output: json ? "json" : "table",
  };
}
