/** Judged quests, team quests, reversals and credentials while the process dies again and again. */
import assert from "node:assert/strict";
import type { StoredEvent } from "../../src/actors/ports.ts";
import { type ActorId, parseActorId } from "../../src/domain/address.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { SUBMISSIONS_OWNER } from "../../src/domain/submission/aggregate.ts";
import type { SubmissionEvent } from "../../src/domain/submission/messages.ts";
import { teamQuestAddress, type TeamQuestEvent } from "../../src/domain/team_quest/messages.ts";
import { type OpenStore, openStore } from "../../src/store/open_store.ts";
import { JUDGED_TEMPLATES } from "./judged_quests_until_killed.ts";
import { dieAgainAndAgain, settle, turnsOf } from "./many_lives.ts";
import { LEARNERS, openEngine } from "./quests_until_killed.ts";

/** Steps of a life. */
const STEPS_MAX = 24;
const EVENTS_MAX = 1_000_000;

interface Counted {
  judged: number;
  shared: number;
  takenBack: number;
  lost: number;
  standing: number;
}

async function journalOf({ store }: OpenStore, actor: ActorId): Promise<readonly StoredEvent[]> {
  return await store.journal.read(actor, 0, EVENTS_MAX);
}

/** G1, G3, G11: each entry is booked once, each completion and badge is paid in its own turn, balances add up. */
function checkBooks(stored: readonly StoredEvent[]): number {
  const booked = new Set<string>(), held = new Set<string>();
  let points = 0, takenBack = 0;
  for (const turn of turnsOf(stored)) {
    const paid = turn.flatMap((event) => event.type === "points_awarded" ? [event] : []);
    for (const event of turn) {
      if (event.type === "points_awarded" || event.type === "points_reversed") {
        assert.ok(!booked.has(event.entryId), `${event.entryId} is booked once`);
        booked.add(event.entryId);
        points += event.type === "points_awarded" ? event.amount : -event.amount;
        assert.equal(event.balance, points);
        takenBack += event.type === "points_reversed" ? 1 : 0;
      } else if (event.type === "badge_earned") {
        assert.ok(!held.has(event.badgeId), `${event.badgeId} is not held twice`);
        held.add(event.badgeId);
        const own = paid.filter(({ entryId }) => new RegExp(`^badges\\.${event.badgeId}(\\.\\d+)?$`).test(entryId));
        assert.deepEqual(own.map(({ amount }) => amount), event.points === 0 ? [] : [event.points]);
      } else if (event.type === "badge_revoked") {
        assert.ok(held.delete(event.badgeId), `${event.badgeId} was held`);
      } else if (event.type === "quest_completed") {
        const own = paid.filter(({ account, cause }) => account === "quests" && cause === event.questId);
        assert.deepEqual(own.map(({ amount }) => amount), [event.points]);
      }
    }
  }
  return takenBack;
}

/** Q8, X2: whatever was judged in full is completed, once; what was not is not. */
async function checkJudged(opened: OpenStore, completed: ReadonlyMap<string, readonly string[]>): Promise<number> {
  const { rows } = await opened.listings.list(SUBMISSIONS_OWNER, "submission", null, null, EVENTS_MAX);
  let judged = 0;
  for (const row of rows) {
    const actor = parseActorId(row.actor);
    assert.ok(actor);
    const events = (await journalOf(opened, actor)).map(({ body }) => body as SubmissionEvent);
    const [handedIn] = events.flatMap((event) => event.type === "submitted" ? [event.submission] : []);
    assert.ok(handedIn);
    const times = events.filter(({ type }) => type === "evaluated").length;
    assert.ok(times <= 1, "judged once");
    const own = completed.get(handedIn.learnerId)?.filter((questId) => questId === handedIn.questId) ?? [];
    assert.equal(own.length, times, `quest ${handedIn.questId} of ${handedIn.learnerId}`);
    judged += times;
  }
  return judged;
}

/** Q7: a team's quest is completed once, for those who had a part in it and were there. */
async function checkTeams(
  opened: OpenStore,
  inTeams: readonly { readonly learnerId: string; readonly teamId: string; readonly questId: string }[],
  completed: ReadonlyMap<string, readonly string[]>,
): Promise<number> {
  let shared = 0;
  for (const teamId of new Set(inTeams.map((one) => one.teamId))) {
    const events = (await journalOf(opened, teamQuestAddress(teamId))).map(({ body }) => body as TeamQuestEvent);
    const ends = events.flatMap((event) => event.type === "team_completed" ? [event.contributors] : []);
    assert.ok(ends.length <= 1, "a team completes its quest once");
    for (const { learnerId, questId } of inTeams.filter((one) => one.teamId === teamId)) {
      const own = completed.get(learnerId)?.filter((id) => id === questId) ?? [];
      assert.equal(own.length, ends.flat().filter((id) => id === learnerId).length, `${learnerId} in ${teamId}`);
    }
    shared += ends.length;
  }
  return shared;
}

/** G10: a credential stands exactly while its award does. */
async function checkCredentials(
  { credentials }: OpenStore,
  learnerId: string,
  stored: readonly StoredEvent[],
): Promise<{ readonly lost: number; readonly standing: number }> {
  const held = new Map<unknown, number>();
  for (const { type, body, atMs } of stored) {
    if (type === "badge_earned") held.set(Object(body).badgeId, atMs);
    if (type === "badge_revoked") held.delete(Object(body).badgeId);
  }
  const { rows } = await credentials.list(learnerId, null, EVENTS_MAX);
  for (const { badgeId, awardedAtMs, revocation } of rows) {
    assert.equal(revocation === null, held.get(badgeId) === awardedAtMs, `${badgeId} of ${learnerId}`);
  }
  const standing = rows.filter(({ revocation }) => revocation === null).length;
  return { standing, lost: rows.length - standing };
}

async function check(opened: OpenStore): Promise<Counted> {
  const counted: Counted = { judged: 0, shared: 0, takenBack: 0, lost: 0, standing: 0 };
  const completed = new Map<string, readonly string[]>();
  const inTeams: { learnerId: string; teamId: string; questId: string }[] = [];
  for (const learnerId of LEARNERS) {
    const stored = await journalOf(opened, learnerAddress(learnerId));
    const events = turnsOf(stored).flat();
    completed.set(learnerId, events.flatMap((event) => event.type === "quest_completed" ? [event.questId] : []));
    for (const event of events) {
      if (event.type !== "quest_accepted" || event.accepted.teamId === null) continue;
      inTeams.push({ learnerId, teamId: event.accepted.teamId, questId: event.accepted.quest.id });
    }
    counted.takenBack += checkBooks(stored);
    const { lost, standing } = await checkCredentials(opened, learnerId, stored);
    counted.lost += lost;
    counted.standing += standing;
  }
  counted.judged = await checkJudged(opened, completed);
  counted.shared = await checkTeams(opened, inTeams, completed);
  return counted;
}

Deno.test("[Q7] [Q8] [G3] [G10] [G11] [X2] judged and shared quests, reversals and credentials outlive deaths by kill -9, each exactly once", async () => {
  const seed = Number(Deno.env.get("SEED") ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  const dataDir = await Deno.makeTempDir({ prefix: "judged_" });
  try {
    await dieAgainAndAgain("judged_quests_until_killed.ts", dataDir, STEPS_MAX, randomFrom(seed));
    await settle(await openEngine(dataDir, JUDGED_TEMPLATES));
    const opened = await openStore({ kind: "pglite", dataDir, durability: "process" });
    try {
      const counted = await check(opened);
      console.log(JSON.stringify(counted));
      for (const [what, times] of Object.entries(counted)) assert.ok(times > 0, `${what} between the deaths`);
    } finally {
      await opened.close();
    }
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
