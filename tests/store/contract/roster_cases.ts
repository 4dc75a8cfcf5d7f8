/** What both databases promise about rosters: who is in which class, as what, and by which code one comes in. */
import assert from "node:assert/strict";
import type { ClassPart } from "../../../src/domain/classroom/roster.ts";
import {
  CLASS_MEMBERS_MAX,
  type ClassMember,
  type NewClassMember,
  NO_ARRANGEMENTS,
} from "../../../src/domain/school/class_member.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import { someAccount } from "./some_account.ts";
import { type Case, liveNode, someActor } from "./subject.ts";
import { claimed, turn } from "./turns.ts";

const MADE_AT_MS = 5;
const UNCHANGED = { part: null, admit: null, time: null, leaderboardsAllowed: null };

async function someClass(store: OpenStore) {
  const ownerId = await someAccount(store, "teacher");
  const id = crypto.randomUUID();
  await store.classes.create({ id, title: `t-${id}`, ownerId, createdAtMs: MADE_AT_MS });
  return { id, ownerId };
}

function member(classId: string, userId: string, parts: Partial<NewClassMember> = {}): NewClassMember {
  return {
    classId,
    userId,
    part: "student",
    isAdmitted: true,
    addedBy: null,
    ...NO_ARRANGEMENTS,
    joinedAtMs: 9,
    ...parts,
  };
}

async function enrolled(
  store: OpenStore,
  classId: string,
  part: ClassPart,
  standing: "admitted" | "waiting" = "admitted",
): Promise<string> {
  const userId = await someAccount(store, part === "student" ? "student" : "teacher");
  assert.equal(
    await store.rosters.add(member(classId, userId, { part, isAdmitted: standing === "admitted" })),
    "added",
  );
  return userId;
}

export const rosterCases: readonly Case<OpenStore>[] = [
  {
    name: "[A9] a class begins with its owner as its teacher; who comes stands on the roster once, in order",
    async run(store) {
      const { rosters } = store;
      const { id, ownerId } = await someClass(store);
      const [ada, ben] = [await someAccount(store, "student"), await someAccount(store, "student")];
      assert.equal(await rosters.add(member(id, ben, { joinedAtMs: 8, isAdmitted: false, addedBy: ownerId })), "added");
      assert.equal(await rosters.add(member(id, ada, { timeMultiplier: null, joinedAtMs: 7 })), "added");
      assert.equal(await rosters.add(member(id, ada, { part: "co_teacher" })), "present");
      const roster = await rosters.all(id);
      const seen = roster.map(({ userId, part, isAdmitted, addedBy }) => [userId, part, isAdmitted, addedBy]);
      assert.deepEqual(seen, [
        [ownerId, "teacher", true, null],
        [ada, "student", true, null],
        [ben, "student", false, ownerId],
      ]);
      assert.equal((await rosters.member(id, ada))?.timeMultiplier, null);
      assert.equal((await rosters.member(id, ben))?.username, `l-${ben}`);
      assert.equal(await rosters.member(id, "nobody"), null);
      const first = await rosters.page(id, null, 2);
      const rest = await rosters.page(id, first.next, 2);
      assert.deepEqual([...first.rows, ...rest.rows], roster);
      assert.equal(rest.next, null);
      await assert.rejects(rosters.page(id, "!", 2), { name: "BadCursorError" });
    },
  },
  {
    name: "[A9] only what is named changes of a member, and the owner stays the teacher",
    async run(store) {
      const { rosters } = store;
      const { id, ownerId } = await someClass(store);
      const ada = await enrolled(store, id, "student", "waiting");
      const before = await rosters.member(id, ada);
      assert.deepEqual(await rosters.change(id, ada, UNCHANGED), before);
      const changed = async (change: Partial<Parameters<typeof rosters.change>[2]>) =>
        await rosters.change(id, ada, { ...UNCHANGED, ...change });
      const expects = async (told: ClassMember | null, change: Partial<ClassMember>) =>
        assert.deepEqual([told, await rosters.member(id, ada)], Array(2).fill({ ...before, ...change }));
      await expects(await changed({ admit: "admit" }), { isAdmitted: true });
      await expects(await changed({ time: { multiplier: 1.5 } }), { isAdmitted: true, timeMultiplier: 1.5 });
      const untimed = {
        isAdmitted: true,
        timeMultiplier: null,
        leaderboardsAllowed: false,
        part: "co_teacher",
      } as const;
      await expects(
        await changed({ time: { multiplier: null }, leaderboardsAllowed: false, part: "co_teacher" }),
        untimed,
      );
      await assert.rejects(changed({ time: { multiplier: 5.1 } }));
      assert.equal((await rosters.change(id, ownerId, { ...UNCHANGED, part: "student" }))?.part, "teacher");
      assert.equal(await rosters.change(id, "nobody", { ...UNCHANGED, admit: "admit" }), null);
      assert.ok(!await rosters.remove(id, ownerId));
      assert.ok(await rosters.remove(id, ada));
      assert.ok(!await rosters.remove(id, ada));
    },
  },
  {
    name: "[A9] who is invited is let in by their own word alone, and listed apart until then",
    async run(store) {
      const { rosters } = store;
      const [one, other] = [await someClass(store), await someClass(store)];
      const ada = await someAccount(store, "student");
      await rosters.add(
        member(one.id, ada, { isAdmitted: false, addedBy: one.ownerId, joinedAtMs: 7 }),
        "ada@x.example",
      );
      const shown = async () => (await rosters.member(one.id, ada))?.username;
      assert.equal(await shown(), "ada@x.example");
      await rosters.add(member(other.id, ada, { isAdmitted: false, joinedAtMs: 8 }));
      const invited = async () => (await rosters.invitations(ada, null, 9)).rows;
      const places = async () => (await rosters.ofUser(ada, null, 9)).rows.map(({ classId }) => classId);
      const [invitation] = await invited();
      assert.deepEqual(
        [invitation?.classId, invitation?.title, invitation?.invitedBy, invitation?.joinedAtMs],
        [one.id, `t-${one.id}`, `l-${one.ownerId}`, 7],
      );
      assert.deepEqual([(await invited()).length, await places()], [1, [other.id]]);
      const changed = await rosters.change(one.id, ada, { ...UNCHANGED, admit: "admit" });
      assert.ok(changed !== null && !changed.isAdmitted);
      assert.ok(!await rosters.accept(other.id, ada, 9), "who waits to be admitted lets nobody in");
      assert.ok(!await rosters.accept(one.id, "nobody", 9));
      assert.ok(await rosters.accept(one.id, ada, 9));
      assert.ok(!await rosters.accept(one.id, ada, 10));
      assert.equal(await shown(), `l-${ada}`);
      assert.deepEqual([await invited(), await places()], [[], [other.id, one.id]]);
      assert.ok(await rosters.teaches(one.ownerId, ada));
      await assert.rejects(rosters.invitations(ada, "!", 2), { name: "BadCursorError" });
    },
  },
  {
    name:
      "[A9] only the owner of a class that a person is in takes them into another, and none that they refused or left",
    async run(store) {
      const { rosters } = store;
      const [one, other] = [await someClass(store), await someClass(store)];
      const [helper, ada] = [await enrolled(store, one.id, "co_teacher"), await enrolled(store, one.id, "student")];
      const waiting = await enrolled(store, one.id, "student", "waiting");
      const taken = (...pairs: readonly (readonly [string, string])[]) =>
        Promise.all(pairs.map(([teacher, person]) => rosters.mayTakeIn(teacher, other.id, person)));
      assert.deepEqual(
        await taken([one.ownerId, ada], [helper, ada], [other.ownerId, ada], [one.ownerId, waiting]),
        [true, false, false, false],
      );
      await rosters.add(member(other.id, ada));
      assert.ok(await rosters.remove(other.id, ada));
      assert.deepEqual(await taken([one.ownerId, ada]), [true], "removed is not refused");
      for (const isAdmitted of [true, false]) {
        await rosters.add(member(other.id, ada, { isAdmitted, addedBy: one.ownerId }));
        assert.ok(await rosters.leave(other.id, ada));
        assert.deepEqual(await taken([one.ownerId, ada]), [false]);
      }
      for (const id of [ada, other.ownerId]) assert.ok(!await rosters.leave(other.id, id));
    },
  },
  {
    name: "[A9] a class takes no more than its bound, those who come at once included",
    async run(store) {
      const { id } = await someClass(store);
      const outcomes: string[] = [];
      // More at once would wait for a connection longer than the pool lets them.
      const atOnce = 20;
      while (outcomes.length < CLASS_MEMBERS_MAX) {
        const people = await Promise.all(Array.from({ length: atOnce }, () => someAccount(store, "student")));
        outcomes.push(...await Promise.all(people.map((userId) => store.rosters.add(member(id, userId)))));
      }
      const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
      assert.deepEqual([count("added"), count("full")], [CLASS_MEMBERS_MAX - 1, 1]);
      assert.equal((await store.rosters.all(id)).length, CLASS_MEMBERS_MAX);
    },
  },
  {
    name: "[A8] one teaches the admitted students of classes that one teaches or helps to teach, and nobody else",
    async run(store) {
      const { rosters, classes } = store;
      const { id, ownerId } = await someClass(store);
      const other = await someClass(store);
      const helper = await enrolled(store, id, "co_teacher");
      const waitingHelper = await enrolled(store, id, "co_teacher", "waiting");
      const [ada, waiting] = [await enrolled(store, id, "student"), await enrolled(store, id, "student", "waiting")];
      const taught = async (...pairs: readonly (readonly [string, string])[]) =>
        await Promise.all(pairs.map(([teacher, learner]) => rosters.teaches(teacher, learner)));
      assert.deepEqual(await taught([ownerId, ada], [helper, ada]), [true, true]);
      const strangers = await taught(
        [ownerId, waiting],
        [waitingHelper, ada],
        [other.ownerId, ada],
        [ada, ownerId],
        [ada, ada],
        [ownerId, helper],
        [helper, ownerId],
      );
      assert.ok(strangers.every((isTaught) => !isTaught), strangers.join());
      const somebodyTeaches = (...ids: readonly string[]) => Promise.all(ids.map((one) => rosters.teaches(null, one)));
      assert.deepEqual(await somebodyTeaches(ada, waiting, helper, ownerId), [true, false, false, false]);
      assert.deepEqual((await classes.list(helper, null, 10)).rows.map((row) => row.id), [id]);
      for (const userId of [ada, waitingHelper]) assert.deepEqual((await classes.list(userId, null, 10)).rows, []);
      await rosters.remove(id, helper);
      assert.deepEqual(await taught([ownerId, ada], [helper, ada]), [true, false]);
      assert.ok(await classes.remove(id));
      assert.ok(!await classes.remove(id));
      assert.deepEqual([await taught([ownerId, ada]), await rosters.teaches(null, ada)], [[false], false]);
      assert.deepEqual(await rosters.all(id), []);
    },
  },
  {
    name: "[A7] [A11] lists hold what belongs to one's classes, and what tells of those whom one teaches",
    async run(store) {
      const { rosters, listings } = store;
      const { id, ownerId } = await someClass(store);
      const [ada, waiting] = [await enrolled(store, id, "student"), await enrolled(store, id, "student", "waiting")];
      const list = async (kind: string, owner: string, learnerId: string | null) => {
        const actor = someActor(kind);
        const epoch = await claimed(store.store, actor, await liveNode(store.store));
        const listing = { ownerId: owner, status: "open", body: { learner_id: learnerId } };
        await store.store.journal.append([turn({ actor, epoch }, 1, { listing })]);
        return actor;
      };
      const lesson = await list("classroom", id, null);
      const office = crypto.randomUUID();
      const [ofAda, ofWaiting] = [await list("submission", office, ada), await list("submission", office, waiting)];
      assert.notEqual(ofAda, ofWaiting);
      const mine = async (userId: string, statuses: readonly string[]) =>
        (await listings.ofMember(userId, "classroom", statuses, null, 9)).rows.map(({ actor }) => actor);
      assert.deepEqual([await mine(ada, ["open"]), await mine(ada, ["closed"])], [[lesson], []]);
      assert.deepEqual([await mine(ownerId, ["open"]), await mine(waiting, ["open"])], [[lesson], []]);
      const taught = async (teacherId: string) =>
        (await listings.ofTaught(teacherId, office, "submission", "open", null, 9)).rows.map(({ actor }) => actor);
      assert.deepEqual([await taught(ownerId), await taught(ada)], [[ofAda], []]);
      await rosters.remove(id, ada);
      assert.deepEqual([await taught(ownerId), await mine(ada, ["open"])], [[], []]);
    },
  },
  {
    name: "[A9] a person's memberships name the class and what is arranged there, in pages",
    async run(store) {
      const { rosters } = store;
      const ada = await someAccount(store, "student");
      const made = [await someClass(store), await someClass(store), await someClass(store)];
      for (const [i, { id }] of made.entries()) await rosters.add(member(id, ada, { joinedAtMs: 10 + i }));
      const first = await rosters.ofUser(ada, null, 2);
      const rest = await rosters.ofUser(ada, first.next, 2);
      assert.deepEqual(
        [...first.rows, ...rest.rows],
        made.map(({ id }, i) => ({ ...member(id, ada, { joinedAtMs: 10 + i }), title: `t-${id}` })),
      );
      assert.equal(rest.next, null);
    },
  },
  {
    name: "[A7] every change of a roster gives another revision",
    async run(store) {
      const { rosters, classes } = store;
      const { id } = await someClass(store);
      const seen = [await rosters.revision()];
      const changes = async (change: () => Promise<unknown>) => {
        await change();
        seen.push(await rosters.revision());
      };
      const ada = await someAccount(store, "student");
      await changes(() => rosters.add(member(id, ada)));
      await changes(() => rosters.change(id, ada, { ...UNCHANGED, time: { multiplier: 2 } }));
      await changes(() => rosters.remove(id, ada));
      await changes(() => classes.remove(id));
      assert.equal(new Set(seen).size, seen.length);
    },
  },
  {
    name: "[A10] a code leads to one class, until it is replaced or the class is closed to codes",
    async run(store) {
      const { classes } = store;
      const [one, other] = [await someClass(store), await someClass(store)];
      const [code, next] = [crypto.randomUUID(), crypto.randomUUID()];
      assert.equal(await classes.joinCode(one.id), null);
      assert.equal(await classes.setJoinCode(one.id, code), "set");
      assert.equal(await classes.setJoinCode(other.id, code), "taken");
      assert.equal((await classes.byJoinCode(code))?.id, one.id);
      assert.equal(await classes.setJoinCode(one.id, next), "set");
      assert.deepEqual([await classes.byJoinCode(code), await classes.joinCode(one.id)], [null, next]);
      await classes.setJoinCode(one.id, null);
      assert.deepEqual([await classes.byJoinCode(next), await classes.joinCode(one.id)], [null, null]);
      await classes.setJoinPolicy(one.id, { needsApproval: true });
      assert.ok((await classes.byId(one.id))?.joinNeedsApproval);
    },
  },
];
