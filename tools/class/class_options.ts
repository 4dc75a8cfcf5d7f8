/** What the simulated class is asked for on the command line. */
import { CommandLine } from "../../src/ml/command_line.ts";

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

const LINE = new CommandLine(ClassUsageError);

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

type Given = ReturnType<typeof LINE.values<typeof FLAGS>>;

function placeFrom({ url, teacher, chaos }: Given, password: string | undefined): Place {
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
  const flags = LINE.values(args, FLAGS);
  const { students, minutes, seed, json } = flags;
  return {
    students: LINE.integer("students", students, STUDENTS_MIN, STUDENTS_MAX),
    minutes: LINE.number("minutes", minutes, MINUTES_MIN, MINUTES_MAX),
    seed: LINE.seed(seed),
    place: placeFrom(flags, password),
    output: json ? "json" : "table",
  };
}
