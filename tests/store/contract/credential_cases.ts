/** What both databases promise about badges issued as credentials and the keys that signed them. */
import assert from "node:assert/strict";
import type { CredentialRecord } from "../../../src/domain/rewards/credential_record.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import type { Case } from "./subject.ts";

function someCredential(parts: Partial<CredentialRecord> = {}): CredentialRecord {
  return {
    id: crypto.randomUUID(),
    learnerId: crypto.randomUUID(),
    badgeId: "first-answer",
    awardedAtMs: 5,
    issuedAtMs: 7,
    revocation: null,
    ...parts,
  };
}

export const credentialCases: readonly Case<OpenStore>[] = [
  {
    name:
      "[G9] a badge of a learner is recorded once: whoever asks later, or at the same moment, gets the first record",
    async run({ credentials }) {
      const first = someCredential();
      assert.deepEqual(await credentials.record(first), first);
      const again = someCredential({ learnerId: first.learnerId, issuedAtMs: 99 });
      assert.deepEqual(await credentials.record(again), first);
      assert.deepEqual(await credentials.byId(first.id), first);
      assert.equal(await credentials.byId(again.id), null);
      const other = someCredential({ learnerId: first.learnerId, badgeId: "first-quest" });
      assert.deepEqual(await credentials.record(other), other);
      const learnerId = crypto.randomUUID();
      const racing = Array.from({ length: 6 }, () => someCredential({ learnerId }));
      const recorded = await Promise.all(racing.map((one) => credentials.record(one)));
      assert.equal(new Set(recorded.map(({ id }) => id)).size, 1);
    },
  },
  {
    name: "[G9] a learner's own are listed newest first, each once, and nobody else's",
    async run({ credentials }) {
      const learnerId = crypto.randomUUID();
      const mine = ["a", "b", "c", "d", "e"].map((badgeId, i) =>
        someCredential({ learnerId, badgeId, issuedAtMs: 100 + (i >> 1) })
      );
      for (const one of mine) await credentials.record(one);
      await credentials.record(someCredential({ issuedAtMs: 101 }));
      const seen: CredentialRecord[] = [];
      let cursor: string | null = null;
      do {
        const page = await credentials.list(learnerId, cursor, 2);
        assert.ok(page.rows.length <= 2);
        seen.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);
      assert.deepEqual(seen, mine.toSorted((a, b) => b.issuedAtMs - a.issuedAtMs || (a.id < b.id ? 1 : -1)));
      await assert.rejects(credentials.list(learnerId, "!", 2), { name: "BadCursorError" });
    },
  },
  {
    name: "[G10] the first revocation stays, with its reason, and stands on the public list",
    async run({ credentials }) {
      const [kept, gone] = [someCredential(), someCredential()];
      for (const one of [kept, gone]) await credentials.record(one);
      const revocation = { atMs: 50, byUserId: "grace", reason: "Earned by another." };
      assert.deepEqual(await credentials.revoke(gone.id, revocation), { ...gone, revocation });
      const later = { atMs: 60, byUserId: "ben", reason: "Another reason." };
      assert.deepEqual(await credentials.revoke(gone.id, later), { ...gone, revocation });
      assert.deepEqual(await credentials.record({ ...gone, id: crypto.randomUUID() }), { ...gone, revocation });
      assert.equal(await credentials.revoke(crypto.randomUUID(), later), null);
      const listed = (await credentials.revoked()).filter(({ id }) => id === kept.id || id === gone.id);
      assert.deepEqual(listed, [{ ...gone, revocation }]);
    },
  },
  {
    name: "[G9] a key that was ever published stays so, once, the oldest first",
    async run({ credentials }) {
      const thumbprints = [1, 2].map(() => `key-${crypto.randomUUID()}`);
      const [older = "", newer = ""] = thumbprints;
      await credentials.publishKey(newer, `{"n":2}`, 20);
      await credentials.publishKey(older, `{"n":1}`, 10);
      await credentials.publishKey(older, `{"n":3}`, 30);
      const published = await credentials.publishedKeys();
      assert.deepEqual(published.filter(({ thumbprint }) => [older, newer].includes(thumbprint)), [
        { thumbprint: older, jwk: `{"n":1}` },
        { thumbprint: newer, jwk: `{"n":2}` },
      ]);
    },
  },
];
