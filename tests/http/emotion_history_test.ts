/** The history of emotion by REST: whose it is, what it holds, and that nothing of it outlives consent. */
import assert from "node:assert/strict";
import type { EmotionObservation } from "../../src/domain/affect/observation.ts";
import { EMOTION_CONSENT_TEXT } from "../../src/http/consent_text.ts";
import { EmotionMinutes, SUMMARY_MS } from "../../src/http/emotion_minutes.ts";
import { secretHash } from "../../src/http/identifiers.ts";
import { Metrics } from "../../src/http/metrics.ts";
import type { EmotionMinute } from "../../src/domain/affect/emotion_minute.ts";
import { HandClock } from "../socket/hand_clock.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { API, consent } from "./emotion_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const HISTORY = `${API}/emotion/history`;
const [CONFIDENT, DOUBTFUL] = [true, false];

function face(happy: number, confident: boolean): EmotionObservation {
  const probabilities = [0, 0, 0, happy, 0, 0, 1 - happy];
  return {
    capturedAtMs: 1,
    model: "test",
    source: "server",
    reading: { kind: "face", probabilities, confident, faces: 1 },
  };
}

const NO_FACE: EmotionObservation = { capturedAtMs: 1, model: "test", source: "server", reading: { kind: "no_face" } };

async function consenting(): Promise<{ edge: Edge; student: SignedUp }> {
  const edge = await world.serve();
  const student = await edge.signUp("student");
  await consent(edge, student);
  return { edge, student };
}

function minuteOf(learnerId: string, fromMs: number, sessionId = crypto.randomUUID()): EmotionMinute {
  const counts = { frames: 4, faceFrames: 4, confidentFrames: 1 };
  return { learnerId, sessionId, fromMs, toMs: fromMs + 1, ...counts, means: [0, 0, 0, 1, 0, 0, 0], stress: null };
}

async function rows(edge: Edge, { token }: SignedUp, query = "") {
  const answer = await edge.ask("GET", `${HISTORY}?${query}`, { token });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.rows;
}

Deno.test("[M9] a summary holds the means of its frames, and is its learner's to read", async () => {
  const { edge, student } = await consenting();
  const sessionId = crypto.randomUUID();
  for (const [reading, stress] of [[face(1, CONFIDENT), 0.2], [face(0.5, DOUBTFUL), 0.4], [NO_FACE, null]] as const) {
    edge.emotionMinutes.note(student.id, sessionId, reading, stress);
  }
  await edge.emotionMinutes.end();
  const at = new Date(world.edgeWorld.nowMs).toISOString();
  assert.deepEqual(await rows(edge, student), [{
    session_id: sessionId,
    from: at,
    to: at,
    frames: 3,
    face_frames: 2,
    confident_share: 0.5,
    probabilities: { angry: 0, disgust: 0, fear: 0, happy: 0.75, sad: 0, surprise: 0, neutral: 0.25 },
    stress: 0.3,
  }]);
});

Deno.test("[M9] [H1] the history pages, filters by session and time, and says what is wrong with a filter", async () => {
  const { edge, student } = await consenting();
  const { nowMs, store } = world.edgeWorld;
  const session = crypto.randomUUID();
  await store.emotionHistory.add([0, 1, 2].map((i) => minuteOf(student.id, nowMs + i * SUMMARY_MS, session)));
  await store.emotionHistory.add([minuteOf(student.id, nowMs + 3 * SUMMARY_MS)]);
  assert.equal((await rows(edge, student, `session_id=${session}`)).length, 3);
  const from = new Date(nowMs + SUMMARY_MS).toISOString();
  assert.equal((await rows(edge, student, `from=${from}`)).length, 3);
  assert.equal((await rows(edge, student, `from=${from}&to=${from}`)).length, 0);
  const first = await edge.ask("GET", `${HISTORY}?limit=3`, { token: student.token });
  const rest = await rows(edge, student, `cursor=${encodeURIComponent(first.body.next)}`);
  assert.deepEqual([first.body.rows.length, rest.length], [3, 1]);
  for (const query of ["from=yesterday", "session_id=x", "limit=0", "cursor=x"]) {
    const answer = await edge.ask("GET", `${HISTORY}?${query}`, { token: student.token });
    assert.deepEqual([answer.status, answer.body.code], [400, "validation_failed"], query);
  }
});

Deno.test("[M9] nobody reads another person's history, staff included", async () => {
  const { edge, student } = await consenting();
  await world.edgeWorld.store.emotionHistory.add([minuteOf(student.id, world.edgeWorld.nowMs)]);
  for (const role of ["student", "teacher", "admin"] as const) {
    const other = await edge.signUp(role);
    const asked = await edge.ask("GET", `${HISTORY}?learner_id=${student.id}`, { token: other.token });
    assert.deepEqual([asked.status, asked.body.code], [403, "forbidden"]);
    assert.deepEqual(await rows(edge, other), []);
  }
  assert.equal((await rows(edge, student, `learner_id=${student.id}`)).length, 1);
});

Deno.test("[M9] erasure deletes what is stored and what is gathered; consent stays in force", async () => {
  const { edge, student } = await consenting();
  await world.edgeWorld.store.emotionHistory.add([minuteOf(student.id, world.edgeWorld.nowMs)]);
  edge.emotionMinutes.note(student.id, crypto.randomUUID(), NO_FACE, null);
  assert.equal((await edge.ask("DELETE", HISTORY, { token: student.token })).status, 204);
  await edge.emotionMinutes.end();
  assert.deepEqual(await rows(edge, student), []);
  assert.ok((await edge.ask("GET", `${API}/consents/emotion`, { token: student.token })).body.in_force);
});

Deno.test("[M9] consent taken back deletes what is stored, what is gathered and what is on its way", async () => {
  const { edge, student } = await consenting();
  await world.edgeWorld.store.emotionHistory.add([minuteOf(student.id, world.edgeWorld.nowMs)]);
  edge.emotionMinutes.note(student.id, crypto.randomUUID(), NO_FACE, null);
  const onItsWay = world.edgeWorld.store.emotionHistory.add([minuteOf(student.id, world.edgeWorld.nowMs)]);
  const revoked = await edge.ask("DELETE", `${API}/consents/emotion`, { token: student.token });
  assert.equal(revoked.status, 200);
  await onItsWay;
  await edge.emotionMinutes.end();
  assert.deepEqual(await rows(edge, student), []);
});

Deno.test("[M9] deactivation deletes the history, and a reactivated account starts with none", async () => {
  const { edge, student } = await consenting();
  await world.edgeWorld.store.emotionHistory.add([minuteOf(student.id, world.edgeWorld.nowMs)]);
  const admin = await edge.signUp("admin");
  for (const is_active of [false, true]) {
    const path = `${API}/users/${student.id}`;
    assert.equal((await edge.ask("PATCH", path, { token: admin.token, body: { is_active } })).status, 200);
  }
  const page = await world.edgeWorld.store.emotionHistory.page(
    student.id,
    { sessionId: null, fromMs: null, toMs: null },
    null,
    10,
  );
  assert.deepEqual(page.rows, []);
});

/** Summaries as they are handed on, each time when the test lets them be stored. */
function gathering() {
  const stored: EmotionMinute[] = [];
  const clock = new HandClock();
  const log: string[] = [];
  let gate: Promise<void> = Promise.resolve();
  const minutes = new EmotionMinutes({
    history: {
      async add(given) {
        await gate;
        stored.push(...given);
        return given.length;
      },
    },
    clock,
    metrics: new Metrics(),
    log: { write: (_level, message, fields) => void log.push(`${message} ${JSON.stringify(fields)}`) },
  });
  return { minutes, stored, clock, log, hold: (until: Promise<void>) => gate = until };
}

Deno.test("[M9] a summary spans a minute, is stored soon after, and the next frame begins another", async () => {
  const { minutes, stored, clock } = gathering();
  const startMs = clock.nowMs();
  for (let i = 0; i < 130; i += 1) {
    minutes.note("ada", "s1", NO_FACE, null);
    clock.advance(1_000);
  }
  await minutes.drop("nobody");
  assert.deepEqual(stored.map(({ fromMs, toMs, frames }) => [fromMs - startMs, toMs - startMs, frames]), [
    [0, 59_000, 60],
    [60_000, 119_000, 60],
  ]);
  await minutes.end();
  assert.deepEqual(stored.map(({ frames }) => frames), [60, 60, 10]);
  minutes.note("ada", "s1", NO_FACE, null);
  await minutes.end();
  assert.equal(stored.length, 3);
});

Deno.test("[M9] a summary whose session has fallen silent is stored too, and a clock set back ends one", async () => {
  const { minutes, stored, clock } = gathering();
  minutes.note("ada", "s1", NO_FACE, null);
  clock.advance(70_000);
  await minutes.drop("nobody");
  assert.equal(stored.length, 1);
  minutes.note("ada", "s1", NO_FACE, null);
  clock.advance(-30_000);
  minutes.note("ada", "s1", NO_FACE, null);
  await minutes.end();
  assert.deepEqual(stored.map(({ fromMs, toMs }) => toMs - fromMs), [0, 0, 0]);
});

Deno.test("[M9] dropping a learner forgets theirs alone, and waits for what is on its way to the store", async () => {
  const { minutes, stored, clock, hold } = gathering();
  const release = Promise.withResolvers<void>();
  minutes.note("ada", "s1", NO_FACE, null);
  clock.advance(SUMMARY_MS);
  hold(release.promise);
  minutes.note("ada", "s1", NO_FACE, null);
  minutes.note("bea", "s2", NO_FACE, null);
  let isDropped = false;
  const dropping = minutes.drop("ada").then(() => isDropped = true);
  await Promise.resolve();
  assert.ok(!isDropped);
  release.resolve();
  await dropping;
  assert.deepEqual(stored.map(({ learnerId }) => learnerId), ["ada"], "erasing the store comes after it");
  await minutes.end();
  assert.deepEqual(stored.map(({ learnerId }) => learnerId), ["ada", "bea"]);
});

Deno.test("[M9] [M6] summaries that cannot be stored are lost, and the log says how many and nothing of what they held", async () => {
  const { minutes, log, hold } = gathering();
  minutes.note("ada", "s1", face(1, CONFIDENT), 0.9);
  const down = Promise.reject(new TypeError("means: 0.9"));
  hold(down);
  await minutes.end();
  assert.deepEqual(log, [`summaries of emotion could not be stored and are lost {"count":1,"reason":"TypeError"}`]);
});

Deno.test("[M1] the consent text is served with its version, and no word changes without a new one", async () => {
  const { edge, student } = await consenting();
  const { body } = await edge.ask("GET", `${API}/consents/emotion/text`, { token: student.token });
  assert.deepEqual(body, { ...EMOTION_CONSENT_TEXT, retention_days: 30 });
  const { version, ...words } = EMOTION_CONSENT_TEXT;
  assert.deepEqual([version, await secretHash(JSON.stringify(words))], [
    "2026-4",
    "2c76734516159e7635e094c4467b42b3817a521a9ab5f7feade1f2c10bda00f2",
  ]);
});
