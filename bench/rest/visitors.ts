/** Learners who have worked for a while, as the routes under load find them. */
import { randomFrom } from "../../src/domain/random.ts";
import { enrol, type Person, startSession } from "../../tests/end_to_end/people.ts";
import { PacedLearner } from "../adaptive/paced_learner.ts";

/** At 200 requests a second each of them stays far below the rate that one person is allowed. */
export const VISITORS = 60;
const ENROLLING_AT_ONCE = 6;
const TARGET_ITEMS = 500;
const PACE = { answerEveryMs: 20, frameEveryMs: 1_000 };
const WORK_MS = 800;

const skill = (skill_id: string) => ({ course_id: "elementary-algebra", skill_id });
/** A profile as somebody sets it who takes the time. */
const WISHES = {
  learning_style: ["visual", "text"],
  pace_preference: "steady",
  goals: ["slope", "line-equations", "systems", "quadratic-equations"].map(skill),
  interests: ["sailing", "chess", "music", "astronomy"],
  own_words: [{ ...skill("fractions"), says: "weakness" }, { ...skill("exponents"), says: "strength" }],
  time_zone: "Europe/Lisbon",
  on_leaderboards: true,
};

export interface Visitor extends Person {
  readonly headers: { readonly authorization: string };
}

/** A request of this visitor's. */
export async function ask(
  base: string,
  { headers }: Visitor,
  path: string,
  init: { readonly method?: string; readonly headers?: { readonly [name: string]: string }; readonly body?: string } =
    {},
): Promise<Response> {
  const json = init.body === undefined ? {} : { "content-type": "application/json" };
  return await fetch(`${base}/api/v1${path}`, { ...init, headers: { ...headers, ...json, ...init.headers } });
}

async function visitor(base: string, index: number): Promise<Visitor> {
  const person = await enrol(base, `visitor${index}`);
  const visiting = { ...person, headers: { authorization: `Bearer ${person.token}` } };
  const sessionId = await startSession(base, person, TARGET_ITEMS);
  const learner = new PacedLearner(base, person, sessionId, randomFrom(index + 1), PACE);
  await learner.ready();
  await learner.answer(performance.now() + WORK_MS, () => undefined);
  learner.close();
  await (await ask(base, visiting, `/sessions/${sessionId}/complete`, { method: "POST" })).body?.cancel();
  const profile = await ask(base, visiting, "/profile");
  await profile.body?.cancel();
  const body = JSON.stringify(WISHES);
  const headers = { "if-match": profile.headers.get("etag") ?? "" };
  await (await ask(base, visiting, "/profile", { method: "PATCH", headers, body })).body?.cancel();
  return visiting;
}

/** Enrols them; each answers for a moment, completes the session and fills in the profile. */
export async function enrolVisitors(base: string): Promise<readonly Visitor[]> {
  const visitors: Visitor[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    while (next < VISITORS) visitors.push(await visitor(base, next++));
  }
  await Promise.all(Array.from({ length: ENROLLING_AT_ONCE }, lane));
  return visitors;
}
