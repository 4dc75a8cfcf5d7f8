/** What both databases promise about calls of language models and the classes in which they are switched off. */
import assert from "node:assert/strict";
import type { LlmCall, LlmCallFilter } from "../../../src/domain/llm/call_records.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import { someAccount } from "./some_account.ts";
import type { Case } from "./subject.ts";

const ALL: LlmCallFilter = { purpose: null, outcome: null, learner: null, classId: null };

/** Each case has learners and classes of its own: the store is shared. */
function call(learner: string, classId: string | null, atMs: number, more: Partial<LlmCall> = {}): LlmCall {
  return {
    id: crypto.randomUUID(),
    atMs,
    purpose: "tutor",
    model: "small",
    promptHash: "ab".repeat(32),
    learner,
    classId,
    tokensIn: 100,
    tokensOut: 20,
    firstTextMs: null,
    answerMs: 700,
    tries: 1,
    outcome: "answered",
    ...more,
  };
}

export const llmCases: readonly Case<OpenStore>[] = [
  {
    name: "[U6] tokens are summed by learner and by class from a moment on, sums beyond 32 bits included",
    async run({ llmCalls }) {
      const [ada, bob, class7b] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
      await llmCalls.record(call(ada, class7b, 99));
      await llmCalls.record(call(ada, class7b, 100));
      await llmCalls.record(call(ada, null, 101, { tokensIn: 3_000_000_000, tokensOut: 0 }));
      await llmCalls.record(call(bob, class7b, 102));
      assert.deepEqual(await llmCalls.spent(100, { learner: ada, classId: class7b }), {
        learner: 3_000_000_120,
        ofClass: 240,
      });
      assert.deepEqual(await llmCalls.spent(0, { learner: null, classId: null }), { learner: 0, ofClass: 0 });
      assert.deepEqual(await llmCalls.spent(0, { learner: crypto.randomUUID(), classId: null }), {
        learner: 0,
        ofClass: 0,
      });
    },
  },
  {
    name: "[U10] calls are listed newest first, by page and by filter, as they were recorded",
    async run({ llmCalls }) {
      const learner = crypto.randomUUID();
      const calls = [
        call(learner, null, 5, { firstTextMs: 40, outcome: "refused" }),
        call(learner, null, 6, { purpose: "debate", tries: 0, outcome: "cached" }),
        call(learner, null, 6),
      ];
      for (const one of calls) await llmCalls.record(one);
      const first = await llmCalls.page({ ...ALL, learner }, null, 2);
      const second = await llmCalls.page({ ...ALL, learner }, first.next, 2);
      assert.equal(second.next, null);
      const byTime = [...first.rows, ...second.rows];
      assert.deepEqual(new Set(byTime), new Set(calls));
      assert.deepEqual(byTime.map(({ atMs }) => atMs), [6, 6, 5]);
      const debates = await llmCalls.page({ ...ALL, learner, purpose: "debate" }, null, 9);
      assert.deepEqual(debates.rows, [calls[1]]);
      const refused = await llmCalls.page({ ...ALL, learner, outcome: "refused" }, null, 9);
      assert.deepEqual(refused.rows, [calls[0]]);
    },
  },
  {
    name: "[U10] calls of before a moment are deleted",
    async run({ llmCalls }) {
      const learner = crypto.randomUUID();
      await llmCalls.record(call(learner, null, -20));
      await llmCalls.record(call(learner, null, -10));
      assert.equal(await llmCalls.expire(-10), 1);
      assert.deepEqual((await llmCalls.page({ ...ALL, learner }, null, 9)).rows.map(({ atMs }) => atMs), [-10]);
    },
  },
  {
    name: "[U6] of a class the latest word on language models counts, and who said it is kept",
    async run(store) {
      const ownerId = await someAccount(store, "teacher");
      const id = crypto.randomUUID();
      await store.classes.create({ id, title: "7b", ownerId, createdAtMs: 9 });
      assert.equal(await store.classLlmPolicies.current(id), null);
      const off = { allowed: false, byUserId: "root", byRole: "admin", atMs: 10 } as const;
      await store.classLlmPolicies.record(id, { allowed: true, byUserId: ownerId, byRole: "teacher", atMs: 10 });
      await store.classLlmPolicies.record(id, off);
      assert.deepEqual(await store.classLlmPolicies.current(id), off);
    },
  },
];
