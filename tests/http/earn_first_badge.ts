/** Lets a learner earn the badge for a first right answer, as their session would. */
import assert from "node:assert/strict";
import type { Registry } from "../../src/actors/registry.ts";
import { addressOf } from "../../src/domain/address.ts";
import { type AnswerFact, learnerAddress, UNTOLD_ANSWER } from "../../src/domain/learner/messages.ts";

export async function earnFirstBadge(registry: Registry, learnerId: string): Promise<void> {
  const sessionId = `first-${learnerId}`;
  const answer: AnswerFact = {
    ...UNTOLD_ANSWER,
    sessionId,
    courseId: "doubling",
    itemId: "double",
    skills: ["doubling"],
    difficulty: 2,
    correct: true,
    score: 1,
    hintsUsed: 0,
    responseMs: 8_000,
    atMs: Date.UTC(2026, 0, 5, 8),
  };
  const origin = { kind: "actor", sender: addressOf("session", sessionId), seq: 1 } as const;
  const from = { commandId: `session/${sessionId}:1`, origin };
  const reply = await registry.tell(learnerAddress(learnerId), { type: "record_answer", answer }, from);
  assert.equal(reply.kind, "done", JSON.stringify(reply));
}
