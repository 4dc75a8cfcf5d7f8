/**
 * A process in which quests are judged by a teacher and shared by teams, points are taken back and badges issued, for
 * ever; it prints a line a step and is made to be killed.
 */
import { BusyLearner } from "../../bench/engine/session_load.ts";
import type { Registry } from "../../src/actors/registry.ts";
import { systemClock } from "../../src/boot/system_ports.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { learnerFromView, type LearnerState } from "../../src/domain/learner/knowledge.ts";
import { learnerAddress, type LearnerCommand } from "../../src/domain/learner/messages.ts";
import { LEVEL_BANDS, type QuestTemplate } from "../../src/domain/quests/template.ts";
import { submissionAddress } from "../../src/domain/submission/messages.ts";
import type { Credentials } from "../../src/http/ports.ts";
import { LEARNERS, ONES, openEngine, rightAnswers, seekAdventure } from "./quests_until_killed.ts";

const TEACHER = { kind: "client", principal: { userId: "grace", role: "teacher" } } as const;
/** Every so many steps of a learner points are taken back. */
const TAKEN_BACK_EVERY = 3;
const POINTS = { clear: 2 };

const COMMON = {
  kind: "mastery",
  title: "A quest",
  story: "Go on.",
  tags: [],
  bands: LEVEL_BANDS,
  subject: { kind: "anything" },
  threshold: 1,
  badges: [],
  days: 1,
  retries: 0,
  restDays: 0,
} as const;

export const JUDGED_TEMPLATES: readonly QuestTemplate[] = [
  {
    ...COMMON,
    id: "judged",
    team: null,
    points: 20,
    badges: ["quest-explorer"],
    criteria: [{
      id: "clear",
      text: "Say why.",
      weight: 1,
      evidence: { kind: "rubric", levels: [0, 1, 2].map((points) => ({ points, text: `Level ${points}.` })) },
    }],
  },
  {
    ...COMMON,
    id: "shared",
    team: { sizeMin: 2, sizeMax: 3 },
    points: 30,
    criteria: [rightAnswers(2)],
  },
];

async function stateOf(registry: Registry, learnerId: string): Promise<LearnerState | null> {
  const outcome = await registry.read(learnerAddress(learnerId), ENGINE);
  return outcome.kind === "read" ? learnerFromView(outcome.state) : null;
}

/** Hands in what is to be judged and is not yet, has the rest judged, and asks to be let into the others' teams. */
async function moveQuests(registry: Registry, learnerId: string): Promise<void> {
  const own = { kind: "client", principal: { userId: learnerId, role: "student" } } as const;
  const tell = (command: LearnerCommand) =>
    registry.tell(learnerAddress(learnerId), command, { commandId: crypto.randomUUID(), origin: own });
  const active = (await stateOf(registry, learnerId))?.quests.active ?? [];
  for (const { quest: { id: questId, templateId } } of active) {
    if (templateId !== "judged") continue;
    await tell({ type: "submit_quest", questId, answers: {}, text: "Because.", digest: questId });
    const judged = { type: "evaluate", points: POINTS, comment: "Well said." } as const;
    const from = { commandId: crypto.randomUUID(), origin: TEACHER };
    await registry.tell(submissionAddress(learnerId, questId, 1), judged, from);
  }
  for (const other of LEARNERS) {
    const theirs = other === learnerId ? [] : (await stateOf(registry, other))?.quests.active ?? [];
    for (const { teamId } of theirs) if (teamId !== null) await tell({ type: "join_team", teamId });
  }
}

/** Takes back all that the learner's quests have paid: the badge of the first one is lost, and earned again later. */
async function takeBack(registry: Registry, learnerId: string): Promise<void> {
  const recent = (await stateOf(registry, learnerId))?.rewards.ledger.recent ?? [];
  const ids = new Set(recent.map(([id]) => id));
  for (const entryId of ids) {
    if (!entryId.startsWith("quests.") || ids.has(`reversal.${entryId}`)) continue;
    const from = { commandId: crypto.randomUUID(), origin: TEACHER };
    await registry.tell(learnerAddress(learnerId), { type: "take_back_points", entryId, reason: "Copied." }, from);
  }
}

/** Issues whatever badges the learner has, as they were read. */
async function issueBadges(registry: Registry, credentials: Credentials, learnerId: string): Promise<void> {
  for (const { badgeId, atMs: awardedAtMs } of (await stateOf(registry, learnerId))?.rewards.badges ?? []) {
    const issuedAtMs = systemClock.nowMs();
    await credentials.record({ id: crypto.randomUUID(), learnerId, badgeId, awardedAtMs, issuedAtMs });
  }
}

async function goOnForEver(registry: Registry, credentials: Credentials, learnerId: string): Promise<never> {
  const output = new TextEncoder();
  for (let step = 1;; step += 1) {
    const session = new BusyLearner(registry, crypto.randomUUID(), learnerId);
    await session.start(ONES.id);
    await seekAdventure(registry, learnerId);
    await moveQuests(registry, learnerId);
    await session.answer();
    session.leave();
    await issueBadges(registry, credentials, learnerId);
    if (step % TAKEN_BACK_EVERY === 0) await takeBack(registry, learnerId);
    Deno.stdout.writeSync(output.encode(`${learnerId}\n`));
  }
}

if (import.meta.main) {
  const [dataDir = ""] = Deno.args;
  const { registry, credentials } = await openEngine(dataDir, JUDGED_TEMPLATES);
  await Promise.all(LEARNERS.map((learnerId) => goOnForEver(registry, credentials, learnerId)));
}
