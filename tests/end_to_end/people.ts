/** Accounts, sessions and reads over REST, as a test's people use them. */
import assert from "node:assert/strict";
import { z } from "zod";

const tokenSchema = z.looseObject({ access_token: z.string(), user: z.looseObject({ id: z.string() }) });
const sessionSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  progress: z.number(),
  performance_metrics: z.looseObject({
    answered: z.number(),
    correct: z.number(),
    score_mean: z.number().nullable(),
  }),
});
export type SessionView = z.infer<typeof sessionSchema>;

const interactionSchema = z.object({ seq: z.number(), at: z.string(), type: z.string(), data: z.looseObject({}) });
const pageSchema = z.object({ rows: z.array(interactionSchema), next: z.string().nullable() });
export type Interaction = z.infer<typeof interactionSchema>;

export interface Person {
  readonly userId: string;
  readonly token: string;
}

/** Asks the server over REST; fails unless the answer is a good one. */
export async function call(base: string, path: string, init: RequestInit, token: string | null): Promise<unknown> {
  const headers = new Headers({ "content-type": "application/json" });
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const response = await fetch(`${base}/api/v1${path}`, { ...init, headers });
  const text = await response.text();
  assert.ok(response.ok, `${init.method ?? "GET"} ${path}: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** Signs in somebody who has an account. */
export async function signIn(base: string, username: string, password: string): Promise<Person> {
  const login = await call(base, "/auth/login", { method: "POST", body: JSON.stringify({ username, password }) }, null);
  const { access_token, user } = tokenSchema.parse(login);
  return { userId: user.id, token: access_token };
}

/** Registers `username` as a student who allows the reading of emotion where the server offers it, and signs them in. */
export async function enrol(base: string, username: string): Promise<Person> {
  const password = `pw-${username}-0123456789`;
  const body = JSON.stringify({ username, email: `${username}@test.invalid`, password });
  await call(base, "/auth/register", { method: "POST", body }, null);
  const person = await signIn(base, username, password);
  const asked = z.looseObject({ offered_text_version: z.string().nullable() }).parse(
    await call(base, "/consents/emotion", {}, person.token),
  );
  if (asked.offered_text_version === null) return person;
  const consent = JSON.stringify({ text_version: asked.offered_text_version });
  await call(base, "/consents/emotion", { method: "PUT", body: consent }, person.token);
  return person;
}

/** By a code of its own, which `teacher` makes for it. */
export async function joinClass(base: string, classId: string, teacher: Person, student: Person): Promise<void> {
  const made = await call(base, `/classes/${classId}/join-code`, { method: "POST" }, teacher.token);
  const { code } = z.looseObject({ code: z.string() }).parse(made);
  await call(base, "/classes/join", { method: "POST", body: JSON.stringify({ code }) }, student.token);
}

export async function startSession(base: string, person: Person, targetItems: number): Promise<string> {
  const body = JSON.stringify({ course_id: "elementary-algebra", target_items: targetItems });
  return sessionSchema.parse(await call(base, "/sessions", { method: "POST", body }, person.token)).id;
}

export async function readSession(base: string, person: Person, sessionId: string): Promise<SessionView> {
  return sessionSchema.parse(await call(base, `/sessions/${sessionId}`, {}, person.token));
}

/** The whole history, page by page. */
export async function interactions(base: string, person: Person, sessionId: string): Promise<Interaction[]> {
  const rows: Interaction[] = [];
  for (let cursor: string | null = "0"; cursor !== null;) {
    const path: string = `/sessions/${sessionId}/interactions?limit=100&cursor=${cursor}`;
    const page = pageSchema.parse(await call(base, path, {}, person.token));
    rows.push(...page.rows);
    cursor = page.next;
  }
  return rows;
}
