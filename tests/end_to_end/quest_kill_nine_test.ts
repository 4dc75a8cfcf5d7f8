/** Quests completed while the process dies again and again: every answer counts once, every quest and badge pays once. */
import assert from "node:assert/strict";
import type { StoredEvent } from "../../src/actors/ports.ts";
import { type ActorId, keyOf, parseActorId } from "../../src/domain/address.ts";
import { learnerAddress, type LearnerEvent } from "../../src/domain/learner/messages.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { type OpenStore, openStore } from "../../src/store/open_store.ts";
import { dieAgainAndAgain, settle, turnsOf } from "./many_lives.ts";
import { LEARNERS, openEngine } from "./quests_until_killed.ts";

/** Answers of a life. */
const ANSWERS_MAX = 12;

async function journalOf({ store }: OpenStore, actor: ActorId): Promise<readonly StoredEvent[]> {
  return await store.journal.read(actor, 0, 1_000_000);
}

/** X2: what the sessions have graded is what the learner was told, each answer once. */
async function checkAnswers(opened: OpenStore, learnerId: string, events: readonly LearnerEvent[]): Promise<number> {
  const recorded = events.flatMap((event) => event.type === "answer_recorded" ? [event.answer] : []);
  const sessions = await opened.listings.list(learnerId, "session", null, null, 100_000);
  for (const row of sessions.rows) {
    const actor = parseActorId(row.actor);
    assert.ok(actor);
    const sessionId = keyOf(actor);
    const journal = await journalOf(opened, actor);
    const graded = journal.filter(({ type }) => type === "answered").map(({ atMs }) => atMs);
    const told = recorded.filter((answer) => answer.sessionId === sessionId).map(({ atMs }) => atMs);
    assert.deepEqual(told, graded, `answers of ${learnerId} in session ${sessionId}`);
    const ended = journal.filter(({ type }) => type === "completed").length;
    const heard = events.filter((event) => event.type === "session_recorded" && event.session.sessionId === sessionId);
    assert.equal(heard.length, ended, "the end of a session is told once");
  }
  return recorded.length;
}

/** Q1: a quest is completed by the very answer that its count asks for. */
function checkCounts(events: readonly LearnerEvent[]): number {
  const open = new Map<string, { asks: number; sinceMs: number; right: number }>();
  let completed = 0;
  for (const event of events) {
    if (event.type === "quest_accepted") {
      const { quest, acceptedAtMs } = event.accepted;
      open.set(quest.id, { asks: Number(quest.templateId.split("-")[1]), sinceMs: acceptedAtMs, right: 0 });
    } else if (event.type === "answer_recorded") {
      for (const quest of open.values()) {
        assert.ok(quest.right < quest.asks, "a quest that had its count was completed in that turn");
        if (event.answer.correct && event.answer.atMs >= quest.sinceMs) quest.right += 1;
      }
    } else if (event.type === "quest_completed") {
      const quest = open.get(event.questId);
      assert.ok(quest, "a quest is completed once, after it was accepted");
      assert.equal(quest.right, quest.asks);
      open.delete(event.questId);
      completed += 1;
    }
  }
  return completed;
}

/** G1, G2, G3: each completion is paid in its own turn, once; the books balance; no badge comes twice. */
function checkPay(turns: readonly (readonly LearnerEvent[])[]): void {
  const paid = new Set<string>();
  const badges = new Set<string>();
  let points = 0;
  for (const turn of turns) {
    const entries = turn.flatMap((event) => event.type === "points_awarded" ? [event] : []);
    for (const { entryId, amount, balance } of entries) {
      assert.ok(!paid.has(entryId), `${entryId} is paid once`);
      paid.add(entryId);
      points += amount;
      assert.equal(balance, points);
    }
    for (const event of turn) {
      if (event.type === "badge_earned") {
        assert.ok(!badges.has(event.badgeId), `${event.badgeId} is earned once`);
        badges.add(event.badgeId);
      }
      if (event.type !== "quest_completed") continue;
      const own = entries.filter(({ account, cause }) => account === "quests" && cause === event.questId);
      assert.deepEqual(own.map(({ amount }) => amount), [event.points], "paid in the turn of its completion");
    }
  }
  const completions = turns.flat().filter(({ type }) => type === "quest_completed").length;
  assert.equal([...paid].filter((id) => id.startsWith("quests.")).length, completions);
  for (const id of ["first-answer", "first-quest", "quest-explorer"]) assert.ok(badges.has(id), `${id} was earned`);
}

Deno.test("[G1] [G2] [Q2] [X2] quests completed across deaths by kill -9 pay points and badges exactly once", async () => {
  const seed = Number(Deno.env.get("SEED") ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  const chance = randomFrom(seed);
  const dataDir = await Deno.makeTempDir({ prefix: "quests_" });
  try {
    const kills = await dieAgainAndAgain("quests_until_killed.ts", dataDir, ANSWERS_MAX, chance);
    await settle(await openEngine(dataDir));
    const opened = await openStore({ kind: "pglite", dataDir, durability: "process" });
    let answers = 0, completed = 0;
    try {
      for (const learnerId of LEARNERS) {
        const stored = await journalOf(opened, learnerAddress(learnerId));
        assert.deepEqual(stored.map(({ seq }) => seq), stored.map((_, i) => i + 1), "[S1]");
        const turns = turnsOf(stored);
        answers += await checkAnswers(opened, learnerId, turns.flat());
        completed += checkCounts(turns.flat());
        checkPay(turns);
      }
    } finally {
      await opened.close();
    }
    console.log(`${answers} answers recorded, ${completed} quests completed`);
    assert.ok(completed >= kills, "quests were completed between the deaths");
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
