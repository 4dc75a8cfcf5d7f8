/** A class's matching: searches come, wait, end, and lead to rooms; nothing of one learner is told to another. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { matching } from "../../../src/domain/matching/aggregate.ts";
import {
  CONSIDERED_MAX,
  GATHER_MS,
  NOT_AGAIN_MAX,
  PATIENCE_MS,
  SEARCHES_MAX,
} from "../../../src/domain/matching/limits.ts";
import { roomAddress } from "../../../src/domain/room/messages.ts";
import { MatchingRun } from "./matching_run.ts";

Deno.test("[I13] two who look for a partner are put into one room, told to both once others had time to come", () => {
  const run = new MatchingRun();
  run.ready("ada", [0.9, 0.1, 0.5]);
  run.nowMs += 1_000;
  run.ready("ben", [0.1, 0.9, 0.5]);
  assert.deepEqual([run.seenBy("ada").status, run.seenBy("ben").seeking], ["waiting", 2]);
  run.passTo(run.nowMs + GATHER_MS);
  const { status, room_id, members } = run.seenBy("ada");
  assert.equal(status, "matched");
  assert.deepEqual(members.map(({ name }: { name: string }) => name).sort(), ["ada", "ben"]);
  assert.equal(run.seenBy("ben").room_id, room_id);
  const [message] = run.messages;
  assert.deepEqual([run.messages.length, message?.to], [1, roomAddress(room_id)]);
  assert.deepEqual([run.state.searches.length, run.dueMs], [0, null]);
});

Deno.test("[I13] a match is told once its room stands: until then the search waits, and is not taken back", () => {
  const run = new MatchingRun();
  run.rooms = "later";
  run.ready("ada");
  run.ready("ben");
  run.passTo(run.nowMs + 600_000);
  const [message] = run.messages;
  assert.deepEqual([run.messages.length, run.dueMs], [1, null], "neither matched again nor timed out");
  const waiting = run.seenBy("ada");
  assert.deepEqual([waiting.status, waiting.room_id, waiting.seeking], ["waiting", null, 0]);
  assert.equal(run.seek("ada"), "already_seeking");
  assert.equal(run.tell({ type: "withdraw", userId: "ada" }), "not_seeking");
  const heard = () => run.events.flatMap((event) => matching.project(event, "seeker:ada") ?? []);
  assert.deepEqual(heard().map(({ type }) => type), ["waiting"]);
  const other = { kind: "actor", sender: roomAddress("another"), seq: 1 } as const;
  assert.equal(run.tell({ type: "room_opened" }, other), "late_result");
  assert.equal(run.tell({ type: "room_opened" }), "forbidden", "nobody but a room says so");
  run.roomsOpen();
  assert.deepEqual(heard().map(({ type }) => type), ["waiting", "matched"]);
  assert.equal(roomAddress(run.seenBy("ben").room_id), message?.to);
  assert.deepEqual(run.state.searches, []);
});

Deno.test("[S5] a class stored before rooms had to stand first: its searches wait, and its matches are known", () => {
  const run = new MatchingRun();
  run.ready("ada");
  run.ready("ben");
  run.passTo(run.nowMs + GATHER_MS);
  const [told] = run.events.filter(({ type }) => type === "group_matched");
  const searches = [{ person: { userId: "ada", name: "ada" } }, { person: { userId: "ben", name: "ben" } }];
  const state = matching.upcastState(1, { ...matching.initial("7b"), searches });
  assert.deepEqual(state.searches.map(({ group }) => group), [null, null]);
  const event = matching.upcastEvent(1, "group_matched", told);
  const { searches: left, outcomes } = matching.evolve(state, event, { seq: 9, atMs: run.nowMs });
  assert.deepEqual([left, outcomes.map(({ end }) => end.kind)], [[], ["matched", "matched"]]);
});

Deno.test("[I13] a search ends when its time is up or it is taken back; then another may begin", () => {
  const run = new MatchingRun();
  run.ready("ada");
  assert.equal(run.seek("ada"), "already_seeking");
  run.passTo(run.nowMs + 60_000);
  assert.equal(run.seenBy("ada").status, "timed_out");
  run.ready("ada");
  assert.equal(run.tell({ type: "withdraw", userId: "ada" }), null);
  assert.equal(run.tell({ type: "withdraw", userId: "ada" }), "not_seeking");
  assert.deepEqual([run.seenBy("ada").status, run.dueMs], ["withdrawn", null]);
  run.ready("ada");
  run.ready("ben");
  run.passTo(run.nowMs + GATHER_MS);
  assert.equal(run.seenBy("ada").status, "matched");
});

Deno.test("[I13] a larger group is waited for, and after some time a smaller one will do", () => {
  const run = new MatchingRun();
  const startMs = run.nowMs;
  for (const name of ["ada", "ben", "cat"]) run.ready(name, [], { size: 4 });
  run.passTo(startMs + PATIENCE_MS - 1);
  assert.equal(run.seenBy("ada").status, "waiting");
  run.passTo(startMs + PATIENCE_MS);
  assert.equal(run.seenBy("ada").members.length, 3);
});

Deno.test("[I13] who will not be with somebody is not put together with them, by whichever of the two it was said", () => {
  const run = new MatchingRun();
  run.ready("ada", [], { notAgain: ["ben"] });
  run.ready("ben");
  run.passTo(run.nowMs + 30_000);
  assert.equal(run.seenBy("ben").status, "waiting");
  run.ready("cat");
  run.passTo(run.nowMs + GATHER_MS);
  const statuses = ["ada", "ben", "cat"].map((name) => run.seenBy(name).status);
  assert.deepEqual(statuses.sort(), ["matched", "matched", "waiting"]);
  assert.equal(run.seenBy("cat").status, "matched");
});

Deno.test("[I13] searches in different courses do not meet, and what is not bounded is refused", () => {
  const run = new MatchingRun();
  run.ready("ada");
  run.ready("ben", [], { courseId: "other" });
  run.passTo(run.nowMs + GATHER_MS);
  assert.equal(run.seenBy("ada").status, "waiting");
  const far = Array.from({ length: NOT_AGAIN_MAX + 1 }, (_, i) => `u${i}`);
  for (const wish of [{ size: 1 }, { size: 9 }, { size: 2.5 }, { waitMs: 1 }, { waitMs: 1e9 }, { notAgain: far }]) {
    assert.equal(run.seek("eve", wish), "bad_plan", JSON.stringify(wish));
  }
  for (let i = run.state.searches.length; i < SEARCHES_MAX; i++) assert.equal(run.seek(`s${i}`), null);
  assert.equal(run.seek("late"), "queue_full");
  assert.equal(run.tell({ type: "withdraw", userId: "ada" }, { kind: "client", principal: ADA }), "forbidden");
  assert.equal(run.read("nobody", []), "late_result");
});

Deno.test("[I13] more than are looked at together, who fit nobody: each is looked at, and who comes after them is matched", () => {
  const run = new MatchingRun();
  // Of each size one too few for a group.
  for (const size of [8, 7, 6, 5, 4, 3]) {
    for (let i = 1; i < size; i++) run.ready(`s${size}-${i}`, [], { size });
  }
  assert.ok(run.state.searches.length > CONSIDERED_MAX);
  run.passTo(run.nowMs + GATHER_MS);
  assert.deepEqual(run.state.searches.filter(({ consideredAtMs }) => consideredAtMs === null), []);
  for (const name of ["ada", "ben"]) run.ready(name);
  run.passTo(run.nowMs + GATHER_MS);
  assert.deepEqual(["ada", "ben"].map((name) => run.seenBy(name).status), ["matched", "matched"]);
  run.passTo(run.nowMs + PATIENCE_MS);
  assert.ok(run.state.searches.length <= 1, "by then smaller groups do");
});

const ADA = { userId: "ada", role: "student" } as const;

Deno.test("[I15] nothing that one is told depends on what another knows", () => {
  const chances = fc.array(fc.integer({ min: 0, max: 100 }).map((n) => n / 100), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(chances, chances, chances, (own, other, another) => {
      const told = [other, another].map((theirs) => {
        const run = new MatchingRun();
        run.ready("ada", own, { skills: ["cut"] });
        run.ready("ben", theirs, { skills: ["add"] });
        run.passTo(run.nowMs + GATHER_MS);
        const heard = run.events.flatMap((event) => matching.project(event, "seeker:ada") ?? []);
        return { view: run.seenBy("ada"), heard };
      });
      assert.equal(told[0]?.view.status, "matched");
      const sorted = (one: unknown) => JSON.stringify(one).split(/[[\]{},]/).sort();
      assert.deepEqual(sorted(told[0]), sorted(told[1]));
    }),
    { numRuns: 50 },
  );
});

Deno.test("[I15] a learner is told why in words: what they asked for and what they bring", () => {
  const run = new MatchingRun();
  run.ready("ada", [0.95, 0.1, 0.5], { skills: ["cut"] });
  run.ready("ben", [0.1, 0.95, 0.5]);
  run.passTo(run.nowMs + GATHER_MS);
  assert.equal(
    run.seenBy("ada").reason,
    "You asked to work on CUT. You can help others with ADD. The two of you were put together so that, where one is " +
      "still learning, another may be able to explain.",
  );
  assert.match(run.seenBy("ben").reason, /^You asked for somebody to learn with\. You can help others with CUT\. /);
});

Deno.test("[I13] however searches come, end and go, each leads to one end and nobody to two rooms at once", () => {
  const step = fc.record({
    kind: fc.constantFrom("seek", "seek", "read", "withdraw", "wait"),
    who: fc.nat(9),
    size: fc.integer({ min: 2, max: 5 }),
    ms: fc.nat(20_000),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const run = new MatchingRun();
      for (const { kind, who, size, ms } of steps) {
        if (kind === "seek") run.seek(`u${who}`, { size });
        else if (kind === "read") run.read(`u${who}`, []);
        else if (kind === "withdraw") run.tell({ type: "withdraw", userId: `u${who}` });
        else run.passTo(run.nowMs + ms);
      }
      run.passTo(run.nowMs + 600_000);
      assert.deepEqual([run.state.searches, run.dueMs], [[], null]);
      const begun = run.events.filter(({ type }) => type === "partners_sought").length;
      const ended = run.events.flatMap((event) => {
        if (event.type === "group_matched") return event.group.members.map(({ userId }) => userId);
        return event.type === "search_timed_out" || event.type === "search_withdrawn" ? [event.userId] : [];
      });
      assert.equal(ended.length, begun);
      const rooms = run.events.flatMap((event) => event.type === "group_matched" ? [event.group.roomId] : []);
      assert.equal(new Set(rooms).size, rooms.length);
    }),
    { numRuns: 60 },
  );
});
