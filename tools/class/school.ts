/** What a simulated class needs before its lesson: accounts, a course, a class that is joined by code, the lesson itself. */
import { z } from "zod";
import { arithmeticCourse } from "./arithmetic_course.ts";
import type { Trait } from "./cast.ts";
import type { Place } from "./class_options.ts";
import { each } from "./gate.ts";
import type { OwnServer } from "./own_server.ts";
import type { Account, Rest } from "./rest.ts";

/** Accounts made at a time. */
const AT_ONCE_MAX = 8;
const TIME_MULTIPLIER = 2;

const idSchema = z.looseObject({ id: z.string() });
const codeSchema = z.looseObject({ code: z.string() });

export interface School {
  readonly rest: Rest;
  readonly teacher: Account;
  readonly classId: string;
  readonly courseId: string;
  readonly code: string;
  /** Tells this run's accounts from those of others on the same server. */
  readonly prefix: string;
}

function passwordOf(username: string): string {
  return `pass-${username}-${username}`;
}

/** On a server of one's own an administrator makes the teacher's account; elsewhere there is one. */
async function teacherOf(rest: Rest, place: Place, server: OwnServer | null, username: string): Promise<Account> {
  if (place.kind === "running") return await rest.signIn(place.teacher, place.password);
  const admin = await rest.signIn("admin", await server?.adminPassword() ?? "");
  const password = passwordOf(username);
  const email = `${username}@class.invalid`;
  await rest.ask("POST", "/users", admin.token, { username, email, password, role: "teacher" });
  return await rest.signIn(username, password);
}

export async function foundSchool(rest: Rest, place: Place, server: OwnServer | null): Promise<School> {
  const prefix = `c${Date.now().toString(36)}`;
  const teacher = await teacherOf(rest, place, server, `${prefix}_teacher`);
  const courseId = `reckoning-${prefix}`;
  await rest.ask("POST", "/courses", teacher.token, arithmeticCourse(courseId));
  const { id: classId } = idSchema.parse(
    await rest.ask("POST", "/classes", teacher.token, { title: `Simulated class ${prefix}` }),
  );
  const { code } = codeSchema.parse(await rest.ask("POST", `/classes/${classId}/join-code`, teacher.token));
  return { rest, teacher, classId, courseId, code, prefix };
}

/** Registers each, joins the class by its code, and arranges for more time where that is needed. */
export async function enrol(
  { rest, teacher, classId, code, prefix }: School,
  cast: readonly Trait[],
  enrolled: (trait: Trait, account: Account) => void,
): Promise<void> {
  await each(cast, AT_ONCE_MAX, async (trait) => {
    const username = `${prefix}_${trait.index}`;
    const account = await rest.register(username, passwordOf(username));
    await rest.ask("POST", "/classes/join", account.token, { code });
    if (trait.behaviour === "slow_with_extra_time") {
      const path = `/classes/${classId}/members/${account.userId}`;
      await rest.ask("PATCH", path, teacher.token, { time_multiplier: TIME_MULTIPLIER });
    }
    enrolled(trait, account);
  });
}

/** Opens a lesson with a lobby, for both paces. */
export async function openLesson(school: School, questionLimitMs: number, offlineMsMax: number): Promise<string> {
  const { rest, teacher, classId, courseId } = school;
  const { id } = idSchema.parse(
    await rest.ask("POST", `/classes/${classId}/lessons`, teacher.token, {
      course_id: courseId,
      title: "Reckoning together",
      mode: "mixed",
      admission: "lobby",
      question_limit_ms: questionLimitMs,
      offline_ms_max: offlineMsMax,
    }),
  );
  return id;
}
