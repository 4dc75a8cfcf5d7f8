/** The demo course and demo accounts of a development server, so that a first run can be tried at once. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { checkCourse } from "../domain/curriculum/check_course.ts";
import type { Course } from "../domain/curriculum/course.ts";
import type { Role } from "../domain/principal.ts";
import type { Accounts } from "../http/accounts.ts";
import { NO_ARRANGEMENTS } from "../domain/school/class_member.ts";
import { uuidV7 } from "../http/identifiers.ts";
import { ProblemError } from "../http/problem.ts";
import type { Classes, Courses, Rosters, Users } from "../http/ports.ts";
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
async function seedAccounts(accounts: Accounts, users: Users, dataDir: string): Promise<DemoAccount[]> {
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

interface School {
  readonly users: Users;
  readonly classes: Pick<Classes, "create" | "list" | "setEmotionPolicy">;
  readonly rosters: Pick<Rosters, "add">;
}

/** A class of the demo teacher's with the demo student in it, unless the teacher has one: teachers see their own alone. */
async function seedClass({ users, classes, rosters }: School): Promise<void> {
  const [teacher, student] = [await users.byLogin("teacher"), await users.byLogin("student")];
  if (teacher === null || student === null) return;
  const ownerId = teacher.user.id;
  if ((await classes.list(ownerId, null, 1)).rows.length > 0) return;
  const nowMs = systemClock.nowMs();
  const id = uuidV7(nowMs, systemBytes);
  await classes.create({ id, title: "Demo class", ownerId, createdAtMs: nowMs });
  // So that the demo student's camera can be tried; their own consent is asked for all the same.
  await classes.setEmotionPolicy(id, { allowed: true, byUserId: ownerId, atMs: nowMs });
  const place = { part: "student", isAdmitted: true, addedBy: ownerId, joinedAtMs: nowMs } as const;
  await rosters.add({ classId: id, userId: student.user.id, ...place, ...NO_ARRANGEMENTS });
}

/** The demo accounts, the demo course, and a class. */
export async function seedDemo(
  accounts: Accounts,
  store: School & { readonly courses: Courses },
  dataDir: string,
): Promise<DemoAccount[]> {
  const demo = await seedAccounts(accounts, store.users, dataDir);
  await seedCourse(store.courses);
  await seedClass(store);
  return demo;
}
