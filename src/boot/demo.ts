/** The demo course and demo accounts of a development server, so that a first run can be tried at once. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { checkCourse } from "../domain/curriculum/check_course.ts";
import type { Course } from "../domain/curriculum/course.ts";
import type { Role } from "../domain/principal.ts";
import type { Accounts } from "../http/accounts.ts";
import { ProblemError } from "../http/problem.ts";
import type { Courses, Users } from "../http/ports.ts";
import { courseSchema } from "../http/documents/course_schemas.ts";
import { systemBytes, systemClock } from "./system_ports.ts";

const DEMO_COURSE = new URL("../../content/elementary-algebra.json", import.meta.url);
const DEMO_ROLES: readonly Role[] = ["student", "teacher", "admin"];
const PASSWORD_BYTES = 9;

const keptSchema = z.record(z.string(), z.string());

export interface DemoAccount {
  readonly username: string;
  readonly role: Role;
  /** Null when the account was made elsewhere and its password is not known here. */
  readonly password: string | null;
}

function freshPassword(): string {
  return btoa(String.fromCharCode(...systemBytes(PASSWORD_BYTES))).replaceAll("+", "x").replaceAll("/", "y");
}

async function keptPasswords(path: string): Promise<Record<string, string>> {
  try {
    return keptSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

export class BadCourseError extends Error {
  override readonly name = "BadCourseError";
}

async function readCourse(file: URL): Promise<Course> {
  try {
    return courseSchema.parse(JSON.parse(await Deno.readTextFile(file)));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new BadCourseError(`${file.pathname} holds no course: ${why}`, { cause });
  }
}

/**
 * Makes or updates the course in `file`, by default the demo course; it belongs to nobody. Resolves to its id.
 *
 * @throws BadCourseError with every fault
 */
export async function seedCourse(courses: Courses, file: URL = DEMO_COURSE): Promise<string> {
  const course = await readCourse(file);
  const faults = checkCourse(course);
  if (faults.length > 0) {
    throw new BadCourseError(faults.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
  const stored = await courses.byId(course.id);
  const nowMs = systemClock.nowMs();
  if (stored === null) await courses.create(course, null, nowMs);
  else if (!isDeepStrictEqual(stored.course, course)) await courses.replace(course, stored.version, nowMs);
  return course.id;
}

/** False when another server on the same database has made the account meanwhile. */
async function createdHere(accounts: Accounts, role: Role, password: string): Promise<boolean> {
  try {
    await accounts.create({ username: role, email: `${role}@demo.invalid`, password, role });
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === "username_taken") return false;
    throw error;
  }
}

/**
 * Makes one account a role with a generated password, kept for the developer's eyes in `dataDir/demo-accounts.json`
 * (readable by its owner only).
 */
export async function seedAccounts(accounts: Accounts, users: Users, dataDir: string): Promise<DemoAccount[]> {
  const path = `${dataDir}/demo-accounts.json`;
  const kept = await keptPasswords(path);
  const demo: DemoAccount[] = [];
  for (const role of DEMO_ROLES) {
    if (await users.byLogin(role) === null) {
      const password = freshPassword();
      kept[role] = password;
      await Deno.writeTextFile(path, JSON.stringify(kept), { mode: 0o600 });
      if (!await createdHere(accounts, role, password)) {
        delete kept[role];
        await Deno.writeTextFile(path, JSON.stringify(kept), { mode: 0o600 });
      }
    }
    demo.push({ username: role, role, password: kept[role] ?? null });
  }
  return demo;
}
