/** What both databases promise about classes and about the summaries of emotion kept with consent. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import type { EmotionHistoryFilter, EmotionMinute } from "../../../src/domain/affect/emotion_minute.ts";
import { NO_ARRANGEMENTS } from "../../../src/domain/school/class_member.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import { someAccount } from "./some_account.ts";
import { type Case, liveNode } from "./subject.ts";
import { claimed, turn } from "./turns.ts";

const CONSENTED_AT_MS = 1_000;
const ALL: EmotionHistoryFilter = { sessionId: null, fromMs: null, toMs: null };

function someLearner(store: OpenStore): Promise<string> {
  return someAccount(store, "student");
}

async function consented(store: OpenStore): Promise<string> {
  const userId = await someLearner(store);
  await record(store, userId, "given", CONSENTED_AT_MS);
  return userId;
}

async function record({ consents }: OpenStore, userId: string, word: "given" | "revoked", atMs: number): Promise<void> {
  await consents.record({ userId, purpose: "emotion", given: word === "given", textVersion: "1", atMs });
}

function minute(learnerId: string, fromMs: number, parts: Partial<EmotionMinute> = {}): EmotionMinute {
  return {
    learnerId,
    sessionId: crypto.randomUUID(),
    fromMs,
    toMs: fromMs + 59_000,
    frames: 90,
    faceFrames: 80,
    confidentFrames: 40,
    means: [0.1, 0.05, 0.05, 0.5, 0.1, 0.1, 0.1],
    stress: 0.25,
    ...parts,
  };
}

async function kept({ emotionHistory }: OpenStore, learnerId: string): Promise<readonly EmotionMinute[]> {
  return (await emotionHistory.page(learnerId, ALL, null, 100)).rows;
}

/** Stores a session's row as its own turn would. */
async function work(
  { store }: OpenStore,
  ownerId: string,
  classId: string | null,
  status: "active" | "paused" | "completed",
): Promise<void> {
  const actor = addressOf("session", crypto.randomUUID());
  const epoch = await claimed(store, actor, await liveNode(store));
  const listing = { ownerId, status, body: { class_id: classId } };
  assert.deepEqual(await store.journal.append([turn({ actor, epoch }, 1, { listing })]), ["committed"]);
  await store.ownership.release(actor, epoch);
}

export const emotionCases: readonly Case<OpenStore>[] = [
  {
    name: "[M9] summaries come back whole, each learner's own, newest first, filtered and in pages",
    async run(store) {
      const { emotionHistory } = store;
      const [ada, bea] = [await consented(store), await consented(store)];
      const session = crypto.randomUUID();
      const faceless = { means: null, stress: null, faceFrames: 0, confidentFrames: 0 };
      const [first, second, third] = [
        minute(ada, 60_000, { sessionId: session }),
        minute(ada, 120_000, faceless),
        minute(ada, 180_000, { sessionId: session }),
      ];
      assert.equal(await emotionHistory.add([second, first, minute(bea, 60_000), third]), 4);
      assert.deepEqual(await kept(store, ada), [third, second, first]);
      const page = async (filter: Partial<EmotionHistoryFilter>) =>
        (await emotionHistory.page(ada, { ...ALL, ...filter }, null, 10)).rows;
      assert.deepEqual(await page({ sessionId: session }), [third, first]);
      assert.deepEqual(await page({ fromMs: 120_000 }), [third, second]);
      assert.deepEqual(await page({ toMs: 120_000 }), [first]);
      const start = await emotionHistory.page(ada, ALL, null, 2);
      assert.deepEqual(start.rows, [third, second]);
      assert.deepEqual(await emotionHistory.page(ada, ALL, start.next, 2), { rows: [first], next: null });
      await assert.rejects(emotionHistory.page(ada, ALL, "!", 2), { name: "BadCursorError" });
      assert.equal(await emotionHistory.add([first]), 0, "the same summary again changes nothing");
    },
  },
  {
    name: "[M9] nothing is stored of those who never consented, no longer do, or have no account in use",
    async run(store) {
      const { emotionHistory, users } = store;
      const [silent, revoked, inactive] = [await someLearner(store), await consented(store), await consented(store)];
      await record(store, revoked, "revoked", 2_000);
      const isActive = false;
      await users.setActive(inactive, isActive, 2_000);
      const nobody = crypto.randomUUID();
      for (const learnerId of [silent, revoked, inactive, nobody]) {
        assert.equal(await emotionHistory.add([minute(learnerId, 60_000)]), 0);
        assert.deepEqual(await kept(store, learnerId), []);
      }
    },
  },
  {
    name: "[M9] what began under a consent that was taken back does not come in under the next one",
    async run(store) {
      const ada = await consented(store);
      await record(store, ada, "revoked", 100_000);
      await record(store, ada, "given", 110_000);
      const fresh = minute(ada, 110_000);
      assert.equal(await store.emotionHistory.add([minute(ada, 60_000), fresh]), 1);
      assert.deepEqual(await kept(store, ada), [fresh]);
    },
  },
  {
    name: "[M9] taking consent back, deactivation and erasure delete one learner's history and nobody else's",
    async run(store) {
      const { emotionHistory, users } = store;
      const [ada, bea, cleo, dora] = [
        await consented(store),
        await consented(store),
        await consented(store),
        await consented(store),
      ];
      await emotionHistory.add([ada, bea, cleo, dora].map((id) => minute(id, 60_000)));
      await record(store, ada, "revoked", 130_000);
      const isActive = false;
      await users.setActive(bea, isActive, 130_000);
      await emotionHistory.erase(cleo);
      for (const id of [ada, bea, cleo]) assert.deepEqual(await kept(store, id), []);
      assert.equal((await kept(store, dora)).length, 1);
      assert.equal(await emotionHistory.add([minute(cleo, 180_000)]), 1, "erasure alone leaves consent in force");
    },
  },
  {
    name: "[M9] summaries stored at the moment consent is taken back are not there afterwards",
    async run(store) {
      const { emotionHistory } = store;
      for (let round = 0; round < 20; round += 1) {
        const ada = await consented(store);
        const adding = Array.from({ length: 4 }, (_, i) => emotionHistory.add([minute(ada, 60_000 * (i + 1))]));
        const revoking = record(store, ada, "revoked", 400_000);
        const late = Array.from({ length: 4 }, (_, i) => emotionHistory.add([minute(ada, 60_000 * (i + 5))]));
        await Promise.all([...adding, revoking, ...late]);
        assert.deepEqual(await kept(store, ada), []);
      }
    },
  },
  {
    name: "[M9] what is too old is deleted, and what is left of people who no longer consent",
    async run(store) {
      const { emotionHistory } = store;
      const ada = await consented(store);
      const [old, recent] = [minute(ada, 2_000), minute(ada, 10_000_000)];
      await emotionHistory.add([old, recent]);
      assert.equal(await emotionHistory.expire(old.toMs), 0);
      assert.equal(await emotionHistory.expire(old.toMs + 1), 1);
      assert.deepEqual(await kept(store, ada), [recent]);
    },
  },
  {
    name: "[M1] a class allows nothing until somebody decides; the latest decision holds and says who and when",
    async run(store) {
      const { classes } = store;
      const owner = await someAccount(store, "teacher");
      const id = crypto.randomUUID();
      const made = { id, title: "7b", ownerId: owner, createdAtMs: 9 };
      const asMade = { leaderboardsAllowed: true, joinNeedsApproval: false };
      await classes.create(made);
      assert.deepEqual(await classes.byId(id), { ...made, emotionPolicy: null, ...asMade });
      const yes = { allowed: true, byUserId: owner, atMs: 10 };
      const no = { allowed: false, byUserId: "admin", atMs: 10 };
      await classes.setEmotionPolicy(id, yes);
      assert.deepEqual((await classes.byId(id))?.emotionPolicy, yes);
      await classes.setEmotionPolicy(id, no);
      await classes.rename(id, "8b");
      assert.deepEqual(await classes.byId(id), {
        ...made,
        title: "8b",
        emotionPolicy: no,
        ...asMade,
      });
      assert.equal(await classes.byId(crypto.randomUUID()), null);
    },
  },
  {
    name: "[M1] a class forbids emotion to those with a session in it to complete, until its latest word allows it",
    async run(store) {
      const { classes } = store;
      const [owner, open, silent] = [await someAccount(store, "teacher"), crypto.randomUUID(), crypto.randomUUID()];
      for (const id of [open, silent]) await classes.create({ id, title: id, ownerId: owner, createdAtMs: 1 });
      const decide = (word: "allowed" | "forbidden") =>
        classes.setEmotionPolicy(open, { allowed: word === "allowed", byUserId: owner, atMs: 2 });
      await decide("forbidden");
      await decide("allowed");
      const cases = [
        [[], false],
        [[[null, "active"]], false],
        [[[open, "active"]], false],
        [[[open, "active"], [silent, "completed"]], false],
        [[[open, "active"], [silent, "paused"]], true],
        [[[silent, "active"]], true],
        [[["gone", "active"]], true],
      ] as const;
      for (const [sessions, forbids] of cases) {
        const learner = crypto.randomUUID();
        for (const [classId, status] of sessions) await work(store, learner, classId, status);
        assert.equal(await classes.forbidEmotionTo(learner), forbids, JSON.stringify(sessions));
      }
      const learner = crypto.randomUUID();
      await work(store, learner, open, "paused");
      await decide("forbidden");
      assert.ok(await classes.forbidEmotionTo(learner));
    },
  },
  {
    name: "[M1] a class forbids emotion to its admitted students, and to nobody else on its roster",
    async run(store) {
      const { classes, rosters } = store;
      const [owner, id] = [await someAccount(store, "teacher"), crypto.randomUUID()];
      await classes.create({ id, title: "7b", ownerId: owner, createdAtMs: 1 });
      assert.ok(!await classes.forbidEmotionTo(owner));
      const [student, waiting] = [await someLearner(store), await someLearner(store)];
      for (const userId of [student, waiting]) {
        const isAdmitted = userId === student;
        const place = { classId: id, userId, part: "student", isAdmitted, addedBy: null, joinedAtMs: 1 } as const;
        assert.equal(await rosters.add({ ...place, ...NO_ARRANGEMENTS }), "added");
        assert.equal(await classes.forbidEmotionTo(userId), isAdmitted);
      }
      const policy = { allowed: true, byUserId: owner, atMs: 2 };
      await classes.setEmotionPolicy(id, policy);
      assert.ok(!await classes.forbidEmotionTo(student));
      await classes.setEmotionPolicy(id, { ...policy, allowed: false });
      assert.ok(await classes.forbidEmotionTo(student));
      await rosters.remove(id, student);
      assert.ok(!await classes.forbidEmotionTo(student));
    },
  },
  {
    name: "[A4] an owner's classes are listed by title, in pages; without an owner all are",
    async run(store) {
      const { classes } = store;
      const [owner, other] = [await someAccount(store, "teacher"), await someAccount(store, "teacher")];
      for (const title of ["c", "a", "b"]) {
        await classes.create({ id: crypto.randomUUID(), title, ownerId: owner, createdAtMs: 1 });
      }
      await classes.create({ id: crypto.randomUUID(), title: "a", ownerId: other, createdAtMs: 1 });
      const first = await classes.list(owner, null, 2);
      const rest = await classes.list(owner, first.next, 2);
      assert.deepEqual([...first.rows, ...rest.rows].map(({ title }) => title), ["a", "b", "c"]);
      assert.equal(rest.next, null);
      const owners = (await classes.list(null, null, 100)).rows.map(({ ownerId }) => ownerId);
      assert.ok(owners.includes(owner) && owners.includes(other));
    },
  },
];
