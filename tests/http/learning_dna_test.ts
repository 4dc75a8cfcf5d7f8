/** Learning DNA over HTTP: figures that say how sure they are, pictures, one's own word, and nothing of a face unasked. */
import assert from "node:assert/strict";
import { EMOTION_CONSENT_TEXT } from "../../src/http/consent_text.ts";
import type { EmotionMinute } from "../../src/domain/affect/emotion_minute.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";
import { Practice } from "./practice.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const DNA = "/api/v1/learning-dna";
const DAY_MS = 86_400_000;
const practice = new Practice(world.registry, smallCourse("doubling"));

interface Named {
  readonly name: string;
}

async function figuresOf(edge: Edge, { token }: SignedUp) {
  const { status, body } = await edge.ask("GET", DNA, { token });
  assert.equal(status, 200, JSON.stringify(body));
  const by = (rows: readonly Named[]) => Object.fromEntries(rows.map((row) => [row.name, row]));
  return { ...body, figures: by(body.figures), comparisons: by(body.comparisons) };
}

/** Twelve days of work, all but the last answer of each day right. */
async function twelveDays({ id }: SignedUp): Promise<void> {
  for (let day = 0; day < 12; day++) {
    const atMs = world.edgeWorld.nowMs + (day - 20) * DAY_MS;
    for (const outcome of ["right", "right", "wrong"] as const) await practice.answer(id, 0, atMs, outcome);
  }
}

Deno.test("[Y3] a new learner's figures all say there is not enough data, with what it takes, and no number", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const { figures, comparisons, affect, skills } = await figuresOf(edge, ada);
  assert.equal(Object.keys(figures).length, 11);
  for (const figure of Object.values<Record<string, unknown>>(figures)) {
    assert.deepEqual([figure.status, figure.value, figure.low, figure.high], ["not_enough_data", null, null, null]);
    assert.match(String(figure.explanation), /^Not enough data yet: 0 of at least \d+ /);
    assert.ok(String(figure.definition).length > 20);
  }
  assert.equal(comparisons.best_hours.status, "not_enough_data");
  assert.deepEqual([affect, skills], [null, []]);
});

Deno.test("[Y3] after twelve days figures have their 90% intervals and samples, staff see them, weeks are told", async () => {
  const edge = await world.serve();
  const [ada, tess] = await Promise.all([edge.signUp("student"), edge.signUp("teacher")]);
  await edge.classOf(tess, ada);
  await twelveDays(ada);
  const { figures, skills } = await figuresOf(edge, ada);
  // Days 20 to 9 ago, of the 20 days since the first.
  assert.deepEqual([figures.consistency.sample.size, figures.consistency.value], [20, 0.6]);
  assert.deepEqual([figures.retention.sample.size, figures.retention.value], [11, 1]);
  assert.deepEqual([figures.pace.value, figures.pace.status], [8, "ok"]);
  assert.deepEqual([figures.hint_use.value, figures.hint_use.low], [0, 0]);
  for (const name of ["consistency", "retention", "hint_use"]) {
    const { low, value, high } = figures[name];
    assert.ok(low <= value && value <= high && high > low, name);
  }
  assert.equal(skills[0].computed.answers, 36);
  const seen = await edge.ask("GET", `${DNA}?learner_id=${ada.id}`, { token: tess.token });
  assert.deepEqual([seen.status, seen.body.learner_id], [200, ada.id]);
  const none = await edge.ask("GET", `${DNA}?learner_id=${crypto.randomUUID()}`, { token: tess.token });
  assert.equal(none.status, 404);
  const { body } = await edge.ask("GET", `${DNA}/history`, { token: ada.token });
  assert.equal(body.weeks.reduce((sum: number, week: { answers: number }) => sum + week.answers, 0), 36);
  for (const week of body.weeks) assert.equal(new Date(week.week_of).getUTCDay(), 1);
});

Deno.test("[Y4] a learner's word stands beside the figure until they take it back; one that does not fit is refused", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const put = (figure: string, body: unknown) =>
    edge.ask("PUT", `${DNA}/corrections/${figure}`, { token: ada.token, body });
  assert.equal((await put("best_hours", { bands: ["16-20"], note: "after school" })).status, 200);
  assert.equal((await put("pace", { says: "lower" })).status, 200);
  const { figures, comparisons } = await figuresOf(edge, ada);
  assert.deepEqual([figures.pace.own_word.says, figures.pace.status], ["lower", "not_enough_data"]);
  const { bands, note } = comparisons.best_hours.own_word;
  assert.deepEqual([bands, note], [["16-20"], "after school"]);
  assert.equal((await put("pace", { bands: ["16-20"] })).status, 400);
  assert.equal((await put("best_hours", { bands: ["16-20", "16-20"] })).status, 400);
  assert.equal((await put("star_sign", { says: "lower" })).status, 404);
  const gone = await edge.ask("DELETE", `${DNA}/corrections/pace`, { token: ada.token });
  assert.equal(gone.status, 204);
  assert.equal((await figuresOf(edge, ada)).figures.pace.own_word, null);
});

function minuteOf(learnerId: string, session: number, nowMs: number): EmotionMinute {
  return {
    learnerId,
    sessionId: `s${session}`,
    fromMs: nowMs + session,
    toMs: nowMs + session + 60_000,
    frames: 60,
    faceFrames: 60,
    confidentFrames: 50,
    means: [0, 0, 0, 0.6 + session / 100, 0, 0.1, 0.3 - session / 100],
    stress: 0.2,
  };
}

Deno.test("[Y5] how a face looked is told to its learner alone, while they consent, and is gone once they do not", async () => {
  const edge = await world.serve();
  const [ada, tess] = await Promise.all([edge.signUp("student"), edge.signUp("teacher")]);
  await edge.classOf(tess, ada);
  const consent = (method: string, body?: unknown) =>
    edge.ask(method, "/api/v1/consents/emotion", { token: ada.token, body });
  await consent("PUT", { text_version: EMOTION_CONSENT_TEXT.version });
  const minutes = [0, 1, 2, 3, 4].map((session) => minuteOf(ada.id, session, world.edgeWorld.nowMs));
  assert.equal(await world.edgeWorld.store.emotionHistory.add(minutes), 5);
  const { affect } = await figuresOf(edge, ada);
  assert.deepEqual([affect.status, affect.sample.size], ["ok", 5]);
  const happy = affect.emotions.find(({ emotion }: { emotion: string }) => emotion === "happy");
  assert.deepEqual([happy.value, happy.low < 0.62, happy.high > 0.62], [0.62, true, true]);
  const seen = await edge.ask("GET", `${DNA}?learner_id=${ada.id}`, { token: tess.token });
  assert.equal(seen.body.affect, null);
  await consent("DELETE");
  assert.equal((await figuresOf(edge, ada)).affect, null);
  await consent("PUT", { text_version: EMOTION_CONSENT_TEXT.version });
  assert.deepEqual((await figuresOf(edge, ada)).affect.sample.size, 0);
});

Deno.test("[Y6] the pictures are SVG that can hold no script, also of a course whose texts are markup", async () => {
  const edge = await world.serve();
  const [ada, tess] = await Promise.all([edge.signUp("student"), edge.signUp("teacher")]);
  await edge.classOf(tess, ada);
  await twelveDays(ada);
  const course = smallCourse("markup");
  const titled = { ...course, title: `<script>alert("1")</script> & more`, skills: course.skills };
  assert.equal((await edge.ask("POST", "/api/v1/courses", { token: tess.token, body: titled })).status, 201);
  for (const path of ["radar.svg", "mastery-map.svg", "mastery-map.svg?course_id=markup"]) {
    const { status, headers, body } = await edge.ask("GET", `${DNA}/${path}`, { token: ada.token });
    assert.equal(status, 200, path);
    assert.equal(headers.get("content-type"), "image/svg+xml; charset=utf-8");
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
    assert.match(body, /^<svg xmlns[^]*<\/svg>\n$/);
    assert.ok(!body.includes("<script"), path);
  }
  const none = await edge.ask("GET", `${DNA}/mastery-map.svg?course_id=nowhere`, { token: ada.token });
  assert.equal(none.status, 404);
});
