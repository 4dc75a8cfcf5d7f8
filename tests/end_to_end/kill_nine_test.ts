/** Fifty live sessions, ten deaths of the server: every acknowledged answer is there once, in order, scores and timers agree. */
import assert from "node:assert/strict";
import { z } from "zod";
import type { Clock } from "../../src/actors/ports.ts";
import { systemClock } from "../../src/boot/system_ports.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { IDLE_NOTICE_MS } from "../../src/domain/session/limits.ts";
import { openStore, type StoreConfig } from "../../src/store/open_store.ts";
import { asJpeg, webcamFrame } from "../ml/photographs.ts";
import { lastingPort } from "../support/lasting_port.ts";
import { postgresMissing, startPostgres } from "../support/postgres_cluster.ts";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import { enrol, interactions, type Person, readSession, startSession } from "./people.ts";
import { type Seen, Student } from "./student.ts";

const STUDENTS = 10;
const SESSIONS_EACH = 5;
const KILLS = 10;
/** Answers between two deaths: a random number in this range, so that death comes at any point of the work. */
const ANSWERS_BETWEEN = { min: 20, max: 160 };
const SETTLE_TRIES_MAX = 200;
const SETTLE_WAIT_MS = 50;

const answeredSchema = z.looseObject({ item_ref: z.number(), correct: z.boolean(), score: z.number() });

function waited(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

/** Counts answers of all students, and says when the next death is due. */
class Tally {
  #answers = 0;
  #next = Infinity;
  #due: () => void = () => undefined;

  answered(): void {
    this.#answers += 1;
    if (this.#answers >= this.#next) this.#due();
  }

  more(answers: number): Promise<void> {
    this.#next = this.#answers + answers;
    return new Promise((resolve) => this.#due = resolve);
  }
}

/** E4, S1, X1, R1: what the journal says against what the student was told. */
async function checkSession(base: string, person: Person, seen: Seen): Promise<number> {
  const history = await interactions(base, person, seen.sessionId);
  const seqs = history.map(({ seq }) => seq);
  assert.deepEqual(seqs, [...new Set(seqs)].toSorted((a, b) => a - b), "numbers rise, each once");
  const stored = history.filter(({ type }) => type === "answered").map(({ data }) => answeredSchema.parse(data));
  const told = stored.map(({ item_ref: item, correct, score }) => ({ item, correct, score }));
  assert.deepEqual(told, seen.acknowledged, "every acknowledged answer, once, in order, with its score");
  const { performance_metrics: metrics } = await readSession(base, person, seen.sessionId);
  assert.equal(metrics.answered, stored.length);
  assert.equal(metrics.correct, stored.filter(({ correct }) => correct).length);
  const first = seen.events[0] ?? 0;
  // What was served after the student had left was nobody's to see.
  const last = seen.events.at(-1) ?? 0;
  const shown = seqs.filter((seq) => seq >= first && seq <= last);
  assert.deepEqual(seen.events, shown, "the student missed no event and saw none twice");
  return stored.length;
}

/** X2: each answer reached the learner's own record exactly once, in the end. */
async function checkLearner(config: StoreConfig, person: Person, answers: number): Promise<void> {
  const store = await openStore(config);
  try {
    const rows = await store.history.page(`learner/${person.userId}`, ["answer_recorded"], 0, answers + 100);
    const facts = rows.map(({ body }) => JSON.stringify(body));
    assert.equal(new Set(facts).size, facts.length, "no answer is recorded twice");
    assert.equal(facts.length, answers);
  } finally {
    await store.close();
  }
}

/** T1: a live session has one idle timer, due three minutes after its student was last heard. */
async function checkTimers(config: StoreConfig, heardAtMs: ReadonlyMap<string, number>): Promise<void> {
  const store = await openStore(config);
  try {
    const timers = await store.store.timers.due("nobody", Number.MAX_SAFE_INTEGER, 10_000);
    const idle = timers.filter(({ name }) => name === "idle");
    const due = new Map(idle.map(({ actor, dueMs }) => [actor.replace("session/", ""), dueMs]));
    assert.equal(due.size, idle.length, "one timer a session");
    assert.deepEqual(due, new Map([...heardAtMs].map(([id, atMs]) => [id, atMs + IDLE_NOTICE_MS])));
  } finally {
    await store.close();
  }
}

/** Waits until the messages under way between actors have been delivered. */
async function outboxEmpty(server: ServerProcess): Promise<void> {
  for (let tries = 0; tries < SETTLE_TRIES_MAX; tries += 1) {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    if (/^neurolearn_actors_messages_in_memory 0$/m.test(text)) return;
    await waited(systemClock, SETTLE_WAIT_MS);
  }
  assert.fail("messages between actors were not delivered");
}

async function lastHeard(base: string, person: Person, sessionId: string): Promise<number> {
  const history = await interactions(base, person, sessionId);
  const own = history.filter(({ type }) => type === "answered" || type === "created");
  return Date.parse(own.at(-1)?.at ?? "");
}

async function liveThroughKills(settings: Record<string, string>, config: StoreConfig): Promise<void> {
  const seed = Number(Deno.env.get("SEED") ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  const chance = randomFrom(seed);
  const everyRun = {
    PORT: String(lastingPort()),
    RATE_LIMITS: "off",
    BCRYPT_COST: "4",
    ML_BACKEND: "wasm",
    ...settings,
  };
  let server = await startServer(everyRun);
  const photograph = await asJpeg(await webcamFrame("laughing"));
  const tally = new Tally();
  const students: Student[] = [];
  for (let i = 0; i < STUDENTS; i += 1) {
    const person = await enrol(server.url, `student_${i}`);
    const sessionIds: string[] = [];
    for (let j = 0; j < SESSIONS_EACH; j += 1) sessionIds.push(await startSession(server.url, person, 500));
    students.push(
      new Student(server.url, { person, sessionIds, chance, photograph, answered: () => tally.answered() }),
    );
  }
  for (let kill = 0; kill < KILLS; kill += 1) {
    await tally.more(ANSWERS_BETWEEN.min + Math.floor(chance() * (ANSWERS_BETWEEN.max - ANSWERS_BETWEEN.min)));
    await server.stop("SIGKILL");
    server = await startServer(everyRun);
  }
  await tally.more(ANSWERS_BETWEEN.max);
  await Promise.all(students.map((student) => student.finish()));
  await outboxEmpty(server);
  const heardAtMs = new Map<string, number>();
  const answers = new Map<Student, number>();
  for (const student of students) {
    let total = 0;
    for (const seen of student.seen) {
      total += await checkSession(server.url, student.person, seen);
      heardAtMs.set(seen.sessionId, await lastHeard(server.url, student.person, seen.sessionId));
    }
    answers.set(student, total);
  }
  const emotions = students.flatMap(({ seen }) => seen).reduce((sum, { emotions }) => sum + emotions, 0);
  assert.ok(emotions > 0, "photographs were read between the deaths");
  assert.equal(await server.stop("SIGTERM"), 0);
  await checkTimers(config, heardAtMs);
  for (const [student, total] of answers) await checkLearner(config, student.person, total);
}

const options = { sanitizeResources: false, sanitizeOps: false };

Deno.test("[D4][X1][S1][R2][T1] fifty sessions live through ten kill -9 on PGlite", options, async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "kill_" });
  await liveThroughKills({ DATA_DIR: dataDir }, { kind: "pglite", dataDir, durability: "process" });
  await Deno.remove(dataDir, { recursive: true });
});

const missing = postgresMissing();
Deno.test({
  name: `[D4][X1][S1][R2][T1] fifty sessions live through ten kill -9 on Postgres${
    missing ? ` (ignored: ${missing})` : ""
  }`,
  ignore: missing !== null,
  ...options,
  async fn() {
    const dataDir = await Deno.makeTempDir({ prefix: "kill_" });
    const postgres = await startPostgres();
    try {
      await liveThroughKills(
        { DATA_DIR: dataDir, DATABASE_URL: postgres.url },
        { kind: "postgres", url: postgres.url, poolMax: 4 },
      );
    } finally {
      await postgres.stop();
    }
    await Deno.remove(dataDir, { recursive: true });
  },
});
