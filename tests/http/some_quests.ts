/** Quests, submissions and teams that learners have, made as their own records would make them. */
import assert from "node:assert/strict";
import type { Registry } from "../../src/actors/registry.ts";
import { systemClock } from "../../src/boot/system_ports.ts";
import type { Origin } from "../../src/domain/decision.ts";
import { learnerAddress, type LearnerCommand } from "../../src/domain/learner/messages.ts";
import type { QuestDraft } from "../../src/domain/quests/quest.ts";
import { submissionAddress } from "../../src/domain/submission/messages.ts";
import { teamQuestAddress } from "../../src/domain/team_quest/messages.ts";
import { draftOf, rubric } from "../domain/quests/quest_run.ts";

const DAY_MS = 86_400_000;

/** Offers these as a proposal would, told before the one that is really asked for comes. */
export async function offeredTo(registry: Registry, id: string, ...drafts: readonly QuestDraft[]): Promise<void> {
  const tell = (command: LearnerCommand, commandId: string, origin: Origin) =>
    registry.tell(learnerAddress(id), command, { commandId, origin });
  const offered = drafts.map(({ templateId }) => templateId);
  const weighed = { policy: "thompson_beta", seed: 1, band: "newcomer", boardSeq: null, learnerSeq: 0 } as const;
  const receipt = { ...weighed, considered: [], offered };
  const replies = await Promise.all([
    tell({ type: "seek_quests" }, "s", { kind: "client", principal: { userId: id, role: "student" } }),
    tell({ type: "offer_quests", basisSeq: 1, drafts, receipt }, "o", { kind: "effect", basisSeq: 1 }),
  ]);
  assert.deepEqual(replies.map(({ kind }) => kind), ["done", "done"], JSON.stringify(replies));
}

/** Hands something in as the learner's own record would. */
export async function handIn(registry: Registry, learnerId: string, questId: string): Promise<string> {
  const submission = {
    learnerId,
    questId,
    templateId: "essay",
    questKind: "explanation",
    title: "Explain it",
    attempt: 1,
    text: "Because it is twice as much.",
    criteria: [rubric("clear")],
  } as const;
  const address = submissionAddress(learnerId, questId, 1);
  const origin = { kind: "actor", sender: learnerAddress(learnerId), seq: 1 } as const;
  const reply = await registry.tell(address, { type: "submit", submission }, { commandId: "s1", origin });
  assert.equal(reply.kind, "done", JSON.stringify(reply));
  return address.slice(address.indexOf("/") + 1);
}

/** A team of the learner's, under a name that begins with their id; gives it. */
export async function foundTeam(registry: Registry, learnerId: string, name: string): Promise<string> {
  const teamId = `${learnerId}.q1.${name}`;
  const draft = draftOf([], { team: { sizeMin: 2, sizeMax: 3 } });
  const command = { type: "found_team", draft, deadlineMs: systemClock.nowMs() + DAY_MS } as const;
  const origin = { kind: "actor", sender: learnerAddress(learnerId), seq: 1 } as const;
  const reply = await registry.tell(teamQuestAddress(teamId), command, { commandId: "t1", origin });
  assert.equal(reply.kind, "done", JSON.stringify(reply));
  return teamId;
}
