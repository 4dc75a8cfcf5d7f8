/** What both databases promise about leaderboards, against boards worked out one learner at a time. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import type { Listing } from "../../../src/domain/aggregate.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import type { BoardRow } from "../../../src/domain/rewards/board_row.ts";
import { NO_ARRANGEMENTS } from "../../../src/domain/school/class_member.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import { someAccount } from "./some_account.ts";
import { type Case, liveNode } from "./subject.ts";
import { claimed, turn } from "./turns.ts";

const WEEK = 2_900;

interface Ranked {
  readonly id: string;
  readonly username: string;
  readonly points: number;
  readonly week: number;
  readonly weekPoints: number;
  readonly classes: readonly string[];
}

async function enrol({ users }: OpenStore, id: string, username: string): Promise<void> {
  const email = `${username}@school.example`;
  await users.create({ id, username, email, role: "student", passwordHash: "x", createdAtMs: 5 });
}

/** Stores the row as the learner's own turn would. */
async function list({ store }: OpenStore, id: string, seq: number, listing: Listing): Promise<void> {
  const actor = addressOf("learner", id);
  const epoch = await claimed(store, actor, await liveNode(store));
  assert.deepEqual(await store.journal.append([turn({ actor, epoch }, seq, { listing })]), ["committed"]);
  await store.ownership.release(actor, epoch);
}

function rowOf({ points, week, weekPoints, id }: Omit<Ranked, "username" | "classes">): Listing {
  return { ownerId: id, status: "ranked", body: { points, week, week_points: weekPoints } };
}

async function takeIn({ rosters }: OpenStore, classId: string, userId: string, isAdmitted: boolean): Promise<void> {
  const place = { classId, userId, part: "student", isAdmitted, addedBy: null, joinedAtMs: 6 } as const;
  assert.equal(await rosters.add({ ...place, ...NO_ARRANGEMENTS }), "added");
}

const ADMITTED = true;
const WAITING = false;

/** The whole board, as anyone would work it out on paper. */
function boardOf(learners: readonly Ranked[], week: number | null): BoardRow[] {
  const pointsOf = (one: Ranked) => week === null ? one.points : one.week === week ? one.weekPoints : 0;
  const rows = learners.map((one) => ({ learnerId: one.id, username: one.username, points: pointsOf(one) }));
  const sorted = rows.toSorted((a, b) => b.points - a.points || (a.learnerId < b.learnerId ? -1 : 1));
  return sorted.map((row) => ({ ...row, rank: 1 + rows.filter(({ points }) => points > row.points).length }));
}

async function wholeBoard({ leaderboards }: OpenStore, classId: string, week: number | null): Promise<BoardRow[]> {
  const rows: BoardRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await leaderboards.ofClass(classId, week, cursor, 3);
    assert.ok(page.rows.length <= 3);
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}

async function someClass(store: OpenStore): Promise<string> {
  const id = crypto.randomUUID();
  await store.classes.create({ id, title: "7b", ownerId: await someAccount(store, "teacher"), createdAtMs: 5 });
  return id;
}

export const leaderboardCases: readonly Case<OpenStore>[] = [
  {
    name: "[G8] boards of all time and of the week, of a class and around a learner, are those worked out on paper",
    async run(store) {
      const seed = Math.floor(Math.random() * 2 ** 31);
      console.log(`seed ${seed}`);
      const chance = randomFrom(seed);
      const [one, other] = [await someClass(store), await someClass(store)];
      const learners: Ranked[] = [];
      for (let i = 0; i < 14; i++) {
        const id = crypto.randomUUID();
        const classes = [one, other].filter(() => chance() < 0.7);
        const points = Math.floor(chance() * 5) * 10;
        const weekPoints = Math.floor(chance() * (points + 1));
        const learner = { id, username: `b${id}`, points, week: WEEK - Math.floor(chance() * 2), weekPoints, classes };
        await enrol(store, id, learner.username);
        await list(store, id, 1, rowOf(learner));
        for (const classId of classes) await takeIn(store, classId, id, ADMITTED);
        learners.push(learner);
      }
      for (const week of [null, WEEK]) {
        for (const classId of [one, other]) {
          const board = boardOf(learners.filter(({ classes }) => classes.includes(classId)), week);
          assert.deepEqual(await wholeBoard(store, classId, week), board);
          for (const [place, { learnerId }] of board.entries()) {
            const around = await store.leaderboards.around(learnerId, classId, week, 2);
            assert.deepEqual(around, board.slice(Math.max(0, place - 2), place + 3));
          }
        }
        const everyone = boardOf(learners, week);
        for (const [place, { learnerId }] of everyone.entries()) {
          const around = await store.leaderboards.around(learnerId, null, week, 1);
          assert.deepEqual(around, everyone.slice(Math.max(0, place - 1), place + 2));
        }
      }
      // The board of everyone is shared by all cases.
      for (const { id } of learners) await list(store, id, 2, { ownerId: id, status: "hidden", body: {} });
    },
  },
  {
    name: "[G8] who opted out, never opted in or has no account in use is seen by nobody and sees nobody",
    async run(store) {
      const classId = await someClass(store);
      const people = Array.from({ length: 4 }, () => crypto.randomUUID());
      const [shown = "", hidden = "", inactive = "", never = ""] = people;
      for (const id of people) {
        await enrol(store, id, `b${id}`);
        if (id !== never) await list(store, id, 1, rowOf({ id, points: 5, week: WEEK, weekPoints: 5 }));
        await takeIn(store, classId, id, ADMITTED);
      }
      await list(store, hidden, 2, { ownerId: hidden, status: "hidden", body: {} });
      const isActive = false;
      await store.users.setActive(inactive, isActive, 6);
      const row = { learnerId: shown, username: `b${shown}`, points: 5, rank: 1 };
      assert.deepEqual(await wholeBoard(store, classId, null), [row]);
      assert.deepEqual(await store.leaderboards.around(shown, null, WEEK, 50), [row]);
      for (const id of [hidden, inactive, never]) {
        assert.deepEqual(await store.leaderboards.around(id, null, null, 50), []);
        assert.deepEqual(await store.leaderboards.around(id, classId, null, 50), []);
      }
      await list(store, shown, 2, { ownerId: shown, status: "hidden", body: {} });
    },
  },
  {
    name: "[G8] a class without leaderboards takes who is part of it off every board, until it has them again",
    async run(store) {
      const [off, on] = [await someClass(store), await someClass(store)];
      const [both = "", single = ""] = [crypto.randomUUID(), crypto.randomUUID()];
      for (const [id, classes] of [[both, [off, on]], [single, [on]]] as const) {
        await enrol(store, id, `b${id}`);
        await list(store, id, 1, rowOf({ id, points: 5, week: WEEK, weekPoints: 5 }));
        for (const classId of classes) await takeIn(store, classId, id, ADMITTED);
      }
      const seen = async () => (await wholeBoard(store, on, null)).map(({ learnerId }) => learnerId);
      assert.deepEqual(await seen(), [both, single].toSorted());
      assert.ok((await store.classes.byId(off))?.leaderboardsAllowed);
      await store.classes.setLeaderboardPolicy(off, { allowed: false });
      assert.ok(!(await store.classes.byId(off))?.leaderboardsAllowed);
      assert.deepEqual(await seen(), [single]);
      assert.deepEqual(await wholeBoard(store, off, null), []);
      assert.deepEqual(await store.leaderboards.around(both, null, null, 5), []);
      await store.classes.setLeaderboardPolicy(off, { allowed: true });
      assert.deepEqual(await seen(), [both, single].toSorted());
      for (const id of [both, single]) await list(store, id, 2, { ownerId: id, status: "hidden", body: {} });
    },
  },
  {
    name: "[G8] boards go by the roster: who waits, has left or never came is on none of the class, nor bound by it",
    async run(store) {
      const [home, foreign] = [await someClass(store), await someClass(store)];
      const ids = Array.from({ length: 3 }, () => crypto.randomUUID());
      const [stays = "", leaves = "", waits = ""] = ids;
      for (const id of ids) {
        await enrol(store, id, `b${id}`);
        await list(store, id, 1, rowOf({ id, points: 5, week: WEEK, weekPoints: 5 }));
        await takeIn(store, home, id, id === waits ? WAITING : ADMITTED);
      }
      const seen = async () => (await wholeBoard(store, home, null)).map(({ learnerId }) => learnerId);
      assert.deepEqual(await seen(), [stays, leaves].toSorted());
      assert.ok(await store.rosters.remove(home, leaves));
      assert.deepEqual(await seen(), [stays]);
      assert.deepEqual(await store.leaderboards.around(leaves, home, null, 5), []);
      assert.deepEqual(await store.leaderboards.around(waits, home, null, 5), []);
      const isShown = async (id: string) => (await store.leaderboards.around(id, null, null, 0)).length === 1;
      const off = { part: null, admit: null, time: null, leaderboardsAllowed: false } as const;
      await store.classes.setLeaderboardPolicy(home, { allowed: false });
      await takeIn(store, foreign, leaves, WAITING);
      await store.rosters.change(foreign, leaves, off);
      assert.deepEqual(await Promise.all(ids.map(isShown)), [false, true, true]);
      await store.rosters.change(foreign, leaves, { ...off, admit: "admit", leaderboardsAllowed: null });
      assert.ok(!await isShown(leaves), "kept off the boards by a class that is theirs");
      for (const id of ids) await list(store, id, 2, { ownerId: id, status: "hidden", body: {} });
    },
  },
  {
    name: "[G8] teams are placed by their members' mean while all of them are shown and their quest is under way",
    async run(store) {
      const node = await liveNode(store.store);
      const team = async (name: string, members: readonly string[], status = "open", seq = 1) => {
        const actor = addressOf("teamquest", name);
        const epoch = await claimed(store.store, actor, node);
        const listing = { ownerId: name, status, body: { title: `Quest of ${name}`, members: [...members] } };
        assert.deepEqual(await store.store.journal.append([turn({ actor, epoch }, seq, { listing })]), ["committed"]);
        await store.store.ownership.release(actor, epoch);
      };
      const pointsOf = [10, 21, 40, 40, 0, 90];
      const ids = pointsOf.map(() => crypto.randomUUID());
      const [a = "", b = "", c = "", d = "", e = "", hidden = ""] = ids;
      for (const [i, id] of ids.entries()) {
        await enrol(store, id, `t${i}-${id}`);
        const points = pointsOf[i] ?? 0;
        await list(store, id, 1, rowOf({ id, points, week: WEEK, weekPoints: i }));
      }
      await list(store, hidden, 2, { ownerId: hidden, status: "hidden", body: {} });
      const names = ["low", "high", "shy", "alone", "over"].map((name) => `${name}-${crypto.randomUUID()}`);
      const [low = "", high = "", shy = "", alone = "", over = ""] = names;
      await team(low, [a, b]);
      await team(high, [c, d, e]);
      await team(shy, [a, hidden]);
      await team(alone, [e]);
      await team(over, [c, d], "completed");
      const seen = async (learnerId: string, week: number | null, reach: number) =>
        (await store.leaderboards.teamsAround(learnerId, week, reach))
          .map(({ title, points, rank, isOwn }) => ({ title, points, rank, isOwn }));
      const [first, second] = [
        { title: `Quest of ${high}`, points: 27, rank: 1, isOwn: false },
        { title: `Quest of ${low}`, points: 16, rank: 2, isOwn: true },
      ];
      assert.deepEqual(await seen(a, null, 5), [first, second]);
      assert.deepEqual(await seen(a, null, 0), [second]);
      assert.deepEqual(await seen(hidden, null, 5), []);
      assert.deepEqual((await seen(e, WEEK, 5)).map(({ points, isOwn }) => [points, isOwn]), [[3, true], [1, false]]);
      const [row] = await store.leaderboards.teamsAround(a, null, 0);
      assert.deepEqual(row?.usernames, [`t0-${a}`, `t1-${b}`]);
      await list(store, b, 2, { ownerId: b, status: "hidden", body: {} });
      assert.deepEqual(await seen(a, null, 5), [], "one of them opted out");
      for (const name of [high, low]) await team(name, [], "expired", 2);
      for (const id of [a, c, d, e]) await list(store, id, 2, { ownerId: id, status: "hidden", body: {} });
    },
  },
];
