/** Waits for a learner's record to take in what their sessions tell it, a moment after the answers were acknowledged. */
import assert from "node:assert/strict";
import { z } from "zod";
import type { Watcher } from "../../src/actors/envelope.ts";
import type { Registry } from "../../src/actors/registry.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";

const knowledgeSchema = z.object({ answered: z.int() });

/** Resolves once the learner's record has `answers` answers in all. */
export async function recordedAnswers(registry: Registry, learnerId: string, answers: number): Promise<void> {
  const all = Promise.withResolvers<void>();
  let told = 0;
  let before = 0;
  const watcher: Watcher = {
    deliver(broadcast) {
      if (broadcast.type === "answer_recorded") told += 1;
      if (before + told >= answers) all.resolve();
    },
    lost: (reason) => all.reject(new RangeError(`watcher lost: ${reason}`)),
  };
  const address = learnerAddress(learnerId);
  const outcome = await registry.watch(address, { userId: learnerId, role: "student" }, null, watcher);
  assert.equal(outcome.kind, "reset");
  before = knowledgeSchema.parse(outcome.state).answered;
  if (before + told < answers) await all.promise;
  registry.unwatch(address, watcher);
}
