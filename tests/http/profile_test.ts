/** Profiles over HTTP: set by their learner alone, computed from what they have answered, cached until that changes. */
import assert from "node:assert/strict";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { NEW_PROFILE } from "../../src/domain/learner/profile.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { draftOf } from "../../src/http/documents/profile_schemas.ts";
import type { Answer, Edge, SignedUp } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";
import { Practice } from "./practice.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const PROFILE = "/api/v1/profile";
const START_MS = 1_760_000_000_000;
const WISHES = {
  learning_style: ["visual" as const, "kinesthetic" as const],
  pace_preference: "brisk" as const,
  difficulty_level: 4 as const,
  goals: [{ course_id: "doubling", skill_id: "redoubling" }],
  interests: ["sailing", "chess"],
  own_words: [{ course_id: "doubling", skill_id: "doubling", says: "strength" as const }],
  time_zone: "Asia/Kolkata",
  on_leaderboards: true,
};

async function tagOf(edge: Edge, { token }: SignedUp): Promise<string> {
  const { headers } = await edge.ask("GET", PROFILE, { token });
  const etag = headers.get("etag");
  assert.ok(etag);
  return etag;
}

function set(edge: Edge, { token }: SignedUp, body: unknown, etag: string | null, method = "PUT"): Promise<Answer> {
  return edge.ask(method, PROFILE, { token, body, ...etag === null ? {} : { headers: { "if-match": etag } } });
}

Deno.test("[F4] a new learner's profile is empty and says so; set whole, it is read back as it was set", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const empty = await edge.ask("GET", PROFILE, { token: ada.token });
  assert.equal(empty.status, 200);
  assert.deepEqual([empty.body.learner_id, empty.body.evidence, empty.body.changed_at], [
    ada.id,
    "not_enough_data",
    null,
  ]);
  const put = await set(edge, ada, WISHES, empty.headers.get("etag"));
  assert.equal(put.status, 200, JSON.stringify(put.body));
  const read = await edge.ask("GET", PROFILE, { token: ada.token });
  assert.deepEqual(read.body, put.body);
  assert.equal(read.headers.get("etag"), put.headers.get("etag"));
  const { own_words: [word], ...wishes } = read.body;
  const { own_words: [said], ...asked } = WISHES;
  for (const [member, value] of Object.entries(asked)) assert.deepEqual(wishes[member], value, member);
  assert.equal(word.says, said?.says);
  assert.ok(Number.isFinite(Date.parse(word.at)));
  // What was read may be put back as it is: computed members are passed over.
  assert.equal((await set(edge, ada, read.body, read.headers.get("etag"))).status, 200);
});

Deno.test("[F4] a change says which profile it is for: 428 without, 412 when it was set meanwhile or the tag is none", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const etag = await tagOf(edge, ada);
  const without = await set(edge, ada, WISHES, null);
  assert.deepEqual([without.status, without.body.code], [428, "version_required"]);
  assert.equal((await set(edge, ada, { pace_preference: "brisk" }, null, "PATCH")).status, 428);
  assert.equal((await set(edge, ada, WISHES, etag)).status, 200);
  for (const method of ["PUT", "PATCH"]) {
    const late = await set(edge, ada, WISHES, etag, method);
    assert.deepEqual([late.status, late.body.code], [412, "version_mismatch"]);
  }
  for (const odd of [`"x"`, "3", `"1-x"`, `W/${etag}`]) {
    assert.equal((await set(edge, ada, WISHES, odd)).status, 412, odd);
  }
  const any = await set(edge, ada, WISHES, "*");
  assert.deepEqual([any.status, any.body.code], [428, "version_required"]);
  // As proxies that compress pass it on.
  for (const passed of [(tag: string) => `W/${tag}`, (tag: string) => tag.replace(/"$/, '-gzip"')]) {
    assert.equal((await set(edge, ada, WISHES, passed(await tagOf(edge, ada)))).status, 200);
  }
});

Deno.test("[F4] of two changes on top of one version, at the same moment, one is done and one is told 412", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const etag = await tagOf(edge, ada);
  const paces = ["brisk", "unhurried"];
  const answers = await Promise.all(
    paces.map((pace_preference) => set(edge, ada, { pace_preference }, etag, "PATCH")),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412]);
  const winner = paces[answers.findIndex(({ status }) => status === 200)];
  assert.equal((await edge.ask("GET", PROFILE, { token: ada.token })).body.pace_preference, winner);
});

Deno.test("[F4] a patch changes what it names and leaves the rest", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  await set(edge, ada, WISHES, await tagOf(edge, ada));
  const patched = await set(edge, ada, { pace_preference: null, interests: ["go"] }, await tagOf(edge, ada), "PATCH");
  assert.equal(patched.status, 200);
  const { pace_preference, interests, goals, learning_style } = patched.body;
  assert.deepEqual([pace_preference, interests, goals, learning_style], [
    null,
    ["go"],
    WISHES.goals,
    WISHES.learning_style,
  ]);
});

Deno.test("[F4] [H1] what does not fit is refused with the place of each fault, and nothing is changed", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const etag = await tagOf(edge, ada);
  const bad = [
    { learning_style: ["telepathic"] },
    { learning_style: ["visual", "visual"] },
    { pace_preference: "fast" },
    { difficulty_level: 6 },
    { goals: [{ course_id: "doubling" }] },
    { goals: [WISHES.goals[0], WISHES.goals[0]] },
    { interests: ["chess", "Chess"] },
    { interests: [" "] },
    { interests: ["\u00e9tude", "e\u0301tude"] },
    ...["\ud800", "\u200b", "a\nb", "\u202echess"].map((odd) => ({ interests: [odd] })),
    { interests: ["x".repeat(61)] },
    { interests: Array.from({ length: 21 }, (_, i) => `${i}`) },
    { own_words: [{ course_id: "doubling", skill_id: "doubling", says: "genius" }] },
    { time_zone: "Mars/Olympus" },
    { time_zone: "+05:30" },
    { on_leaderboards: "yes" },
    {},
  ];
  for (const patch of bad) {
    const refused = await set(edge, ada, patch, etag, "PATCH");
    assert.deepEqual([refused.status, refused.body.code], [400, "validation_failed"], JSON.stringify(patch));
    assert.ok(refused.body.errors.length > 0);
  }
  const { interests: _left, ...incomplete } = WISHES;
  assert.equal((await set(edge, ada, incomplete, etag)).status, 400);
  assert.equal(await tagOf(edge, ada), etag);
});

Deno.test("[F4] goals and own words name skills that are there; one named before may stay when its course is gone", async () => {
  const edge = await world.serve();
  const [ada, tess] = await Promise.all([edge.signUp("student"), edge.signUp("teacher")]);
  const etag = await tagOf(edge, ada);
  const nowhere = [{ course_id: "nowhere", skill_id: "x" }];
  const unknown = [{ course_id: "doubling", skill_id: "x" }];
  const refusals = [
    [{ goals: nowhere }, "course_unknown", "goals[0].course_id"],
    [{ goals: unknown }, "skill_unknown", "goals[0].skill_id"],
    [{ own_words: [{ ...unknown[0], says: "neither" }] }, "skill_unknown", "own_words[0].skill_id"],
  ] as const;
  for (const [patch, code, path] of refusals) {
    const { status, body } = await set(edge, ada, patch, etag, "PATCH");
    assert.deepEqual([status, body.code, body.errors[0].path], [422, code, path]);
  }
  await edge.ask("POST", "/api/v1/courses", { token: tess.token, body: smallCourse("passing") });
  const goals = [{ course_id: "passing", skill_id: "doubling" }];
  assert.equal((await set(edge, ada, { goals }, etag, "PATCH")).status, 200);
  await edge.ask("DELETE", "/api/v1/courses/passing", { token: tess.token });
  assert.equal((await set(edge, ada, { ...WISHES, goals }, await tagOf(edge, ada))).status, 200);
});

Deno.test("[F5] strengths and weaknesses follow from the answers, with interval; a learner's word decides and stands beside", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  const course = smallCourse("assessed.2026");
  await world.edgeWorld.store.courses.create(course, null, START_MS);
  const practice = new Practice(world.registry, course);
  await practice.answer(ada.id, 0, START_MS);
  const early = (await edge.ask("GET", PROFILE, { token: ada.token })).body;
  assert.equal(early.evidence, "not_enough_data");
  assert.deepEqual(early.unsure.map((skill: { skill_id: string }) => skill.skill_id), ["doubling"]);
  for (let i = 1; i <= 40; i++) {
    await practice.answer(ada.id, 0, START_MS + i * 60_000, "right");
    await practice.answer(ada.id, 1, START_MS + i * 60_000 + 1, "wrong");
  }
  const { body } = await edge.ask("GET", PROFILE, { token: ada.token });
  assert.equal(body.evidence, "enough");
  assert.deepEqual([body.strengths.length, body.weaknesses.length], [1, 1], JSON.stringify(body));
  const [strength] = body.strengths;
  const [weakness] = body.weaknesses;
  assert.deepEqual([strength.skill_id, strength.computed.finding, strength.own_word], ["doubling", "strength", null]);
  assert.deepEqual([weakness.skill_id, weakness.computed.answers], ["redoubling", 40]);
  const { low, mastery, high } = strength.computed;
  assert.ok(low < mastery && mastery < high);
  const own_words = [{ course_id: "assessed.2026", skill_id: "redoubling", says: "strength" }];
  const corrected = await set(edge, ada, { own_words }, await tagOf(edge, ada), "PATCH");
  assert.equal(corrected.body.weaknesses.length, 0);
  const said = corrected.body.strengths.find((skill: { skill_id: string }) => skill.skill_id === "redoubling");
  assert.deepEqual([said.computed.finding, said.own_word.says], ["weakness", "strength"]);
});

Deno.test("[F6] an unchanged profile is 304 to who has it, private, and read from memory for 300 s", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  await set(edge, ada, WISHES, await tagOf(edge, ada));
  const read = await edge.ask("GET", PROFILE, { token: ada.token });
  assert.equal(read.headers.get("cache-control"), "private, no-cache");
  assert.equal(read.headers.get("vary"), "Origin, Authorization");
  const etag = read.headers.get("etag") ?? "";
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await edge.ask("GET", PROFILE, { token: ada.token, headers: { "if-none-match": known } });
    assert.deepEqual([again.status, again.body, again.headers.get("etag")], [304, "", etag]);
  }
  const other = await edge.ask("GET", PROFILE, { token: ada.token, headers: { "if-none-match": `"other"` } });
  assert.equal(other.status, 200);
});

Deno.test("[M24] suggestions stopped in a lesson are off in the profile; set whole without a word on them they stay off", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  assert.ok((await edge.ask("GET", PROFILE, { token: ada.token })).body.suggestions);
  const origin = { kind: "actor", sender: sessionAddress("s1"), seq: 1 } as const;
  const from = { commandId: "out:session/s1:1:0", origin };
  assert.equal((await world.registry.tell(learnerAddress(ada.id), { type: "stop_suggestions" }, from)).kind, "done");
  const whole = await set(edge, ada, WISHES, await tagOf(edge, ada));
  assert.deepEqual([whole.body.suggestions, whole.body.pace_preference], [false, "brisk"]);
  const back = await set(edge, ada, { suggestions: true }, await tagOf(edge, ada), "PATCH");
  assert.deepEqual([back.status, back.body.suggestions, back.body.pace_preference], [200, true, "brisk"]);
});

Deno.test("[F6] a change by any way, and every answer, is seen by the next read", async () => {
  const edge = await world.serve();
  const ada = await edge.signUp("student");
  await set(edge, ada, WISHES, await tagOf(edge, ada));
  const read = async () => (await edge.ask("GET", PROFILE, { token: ada.token })).body;
  assert.equal((await read()).pace_preference, "brisk");
  const draft = { ...draftOf(WISHES, NEW_PROFILE), pace: "unhurried" as const };
  const origin = { kind: "client", principal: { userId: ada.id, role: "student" } } as const;
  const command = { type: "set_profile", expectedVersion: 1, draft } as const;
  const reply = await world.registry.tell(learnerAddress(ada.id), command, { commandId: "elsewhere", origin });
  assert.equal(reply.kind, "done");
  assert.equal((await read()).pace_preference, "unhurried");
  await new Practice(world.registry, smallCourse("doubling")).answer(ada.id, 1, START_MS);
  const unsure = (await read()).unsure.map((skill: { skill_id: string }) => skill.skill_id);
  assert.deepEqual(unsure, ["redoubling"]);
});

Deno.test("[A4] staff read a learner's profile as it is; where there is no account there is none", async () => {
  const edge = await world.serve();
  const [ada, eve, tess] = await Promise.all([edge.signUp("student"), edge.signUp("student"), edge.signUp("teacher")]);
  await edge.classOf(tess, ada);
  await set(edge, ada, WISHES, await tagOf(edge, ada));
  const path = `/api/v1/learners/${ada.id}/profile`;
  const seen = await edge.ask("GET", path, { token: tess.token });
  assert.deepEqual([seen.status, seen.body.learner_id, seen.body.interests], [200, ada.id, WISHES.interests]);
  assert.equal((await edge.ask("GET", path, { token: eve.token })).status, 403);
  const none = await edge.ask("GET", `/api/v1/learners/${crypto.randomUUID()}/profile`, { token: tess.token });
  assert.equal(none.status, 404);
  assert.equal((await edge.ask("PUT", path, { token: tess.token, body: WISHES })).status, 405);
});
