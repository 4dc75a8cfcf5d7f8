/** The learner's profile: theirs alone, versioned, with their own words and when they were said. */
import assert from "node:assert/strict";
import type { Origin } from "../../../src/domain/decision.ts";
import { NEW_PROFILE, preferencesIn, type ProfileDraft } from "../../../src/domain/learner/profile.ts";
import { sessionAddress } from "../../../src/domain/session/messages.ts";
import { learner, LearnerRun } from "./learner_run.ts";

const ADA: Origin = { kind: "client", principal: { userId: "ada", role: "student" } };
const DRAFT: ProfileDraft = {
  learningStyle: ["visual", "kinesthetic"],
  pace: "brisk",
  difficulty: 4,
  goals: [{ courseId: "algebra", skillId: "x" }, { courseId: "logic", skillId: "y" }],
  interests: ["sailing"],
  ownWords: [{ courseId: "algebra", skillId: "x", says: "weakness" }],
  timeZone: "Asia/Kolkata",
  onLeaderboards: false,
  suggestions: true,
};

Deno.test("[F4] only the learner sets their profile, whatever the role of who asks", () => {
  const run = new LearnerRun();
  const others: Origin[] = [
    { kind: "client", principal: { userId: "eve", role: "student" } },
    { kind: "client", principal: { userId: "tess", role: "teacher" } },
    { kind: "client", principal: { userId: "root", role: "admin" } },
    { kind: "effect", basisSeq: 1 },
  ];
  for (const origin of others) {
    const decision = run.send({ type: "set_profile", expectedVersion: 0, draft: DRAFT }, origin);
    assert.equal(decision.kind === "rejected" && decision.code, "forbidden");
  }
  assert.equal(run.send({ type: "set_profile", expectedVersion: 0, draft: DRAFT }, ADA).kind, "accepted");
  assert.equal(run.state.profile.version, 1);
});

Deno.test("[F4] a profile set on top of an older version is refused and changes nothing", () => {
  const run = new LearnerRun();
  run.send({ type: "set_profile", expectedVersion: 0, draft: DRAFT }, ADA);
  const late = run.send({ type: "set_profile", expectedVersion: 0, draft: { ...DRAFT, pace: null } }, ADA);
  assert.deepEqual(late.kind === "rejected" && [late.code, late.detail], ["version_mismatch", { version: 1 }]);
  assert.equal(run.state.profile.pace, "brisk");
  assert.equal(run.send({ type: "set_profile", expectedVersion: 1, draft: DRAFT }, ADA).kind, "accepted");
});

Deno.test("[M24] a stop in a lesson is set in the profile as if the learner had, once, and by a session alone", () => {
  const run = new LearnerRun();
  run.send({ type: "set_profile", expectedVersion: 0, draft: DRAFT }, ADA);
  const refused = run.send({ type: "stop_suggestions" }, ADA);
  assert.equal(refused.kind === "rejected" && refused.code, "forbidden");
  const before = run.state.profile;
  const session: Origin = { kind: "actor", sender: sessionAddress("s1"), seq: 4 };
  for (let times = 0; times < 2; times++) run.send({ type: "stop_suggestions" }, session);
  const { profile } = run.state;
  assert.deepEqual(profile, { ...before, suggestions: false, version: 2, changedAtMs: profile.changedAtMs });
  run.send({ type: "set_profile", expectedVersion: 2, draft: DRAFT }, ADA);
  assert.ok(run.state.profile.suggestions);
});

Deno.test("[S5] a profile of version 3 gets a time zone, is on no leaderboard and wants suggestions", () => {
  const { timeZone: _zone, onLeaderboards: _boards, suggestions: _wanted, ...profile3 } = NEW_PROFILE;
  const { rewards: _rewards, ...learner3 } = learner.initial("ada");
  const stored = JSON.parse(JSON.stringify({ ...learner3, profile: profile3 }));
  assert.deepEqual(learner.upcastState(3, stored), learner.initial("ada"));
  const event = learner.upcastEvent(3, "profile_set", { type: "profile_set", profile: { ...profile3, version: 1 } });
  assert.deepEqual(event, { type: "profile_set", profile: { ...NEW_PROFILE, version: 1 } });
});

Deno.test("[F5] a learner's word keeps the time it was first said; another word gets its own", () => {
  const run = new LearnerRun();
  const times = [100, 200, 300].map((nowMs, i) => {
    run.nowMs = nowMs;
    const says = i < 2 ? "weakness" : "strength";
    const draft: ProfileDraft = { ...DRAFT, ownWords: [{ courseId: "algebra", skillId: "x", says }] };
    run.send({ type: "set_profile", expectedVersion: i, draft }, ADA);
    return [run.state.profile.ownWords[0]?.atMs, run.state.profile.changedAtMs];
  });
  assert.deepEqual(times, [[100, 100], [100, 200], [300, 300]]);
});

Deno.test("[E6] a choice in one course sees the wishes and that course's goals alone", () => {
  const run = new LearnerRun();
  run.send({ type: "set_profile", expectedVersion: 0, draft: DRAFT }, ADA);
  assert.deepEqual(preferencesIn("algebra", run.state.profile, []), {
    pace: "brisk",
    difficulty: 4,
    presentations: ["visual", "kinesthetic"],
    goals: ["x"],
    interests: ["sailing"],
  });
  assert.deepEqual(preferencesIn("algebra", NEW_PROFILE, []).goals, []);
});

Deno.test("[R3] watchers are told that the profile changed, not what it says", () => {
  const run = new LearnerRun();
  run.send({ type: "set_profile", expectedVersion: 0, draft: DRAFT }, ADA);
  const [event] = run.journal;
  assert.ok(event);
  for (const audience of ["learner", "staff"]) {
    assert.deepEqual(learner.project(event, audience), { type: "profile_changed", data: { version: 1 } });
  }
});
