/** What both databases promise about badges issued as credentials and the keys that signed them. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import type { CredentialRecord } from "../../../src/domain/rewards/credential_record.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import { type Case, liveNode } from "./subject.ts";
import { claimed, turn } from "./turns.ts";

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
    name: "[G9] an award of a badge is recorded once: whoever asks later, or at the same moment, gets the first record",
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
      const withdrawn = { atMs: 50, reason: "Earned by another." };
      const revocation = { code: "withdrawn", ...withdrawn } as const;
      assert.deepEqual(await credentials.revoke(gone.id, withdrawn, "grace"), { ...gone, revocation });
      const later = { atMs: 60, reason: "Another reason." };
      assert.deepEqual(await credentials.revoke(gone.id, later, "ben"), { ...gone, revocation });
      assert.deepEqual(await credentials.record({ ...gone, id: crypto.randomUUID() }), { ...gone, revocation });
      assert.equal(await credentials.revoke(crypto.randomUUID(), later, "ben"), null);
      const listed = (await credentials.revoked()).filter(({ id }) => id === kept.id || id === gone.id);
      assert.deepEqual(listed, [{ ...gone, revocation }]);
    },
  },
  {
    name: "[G10] a credential is revoked by the commit that takes its badge, and an award after it has its own",
    async run(store) {
      const { credentials } = store;
      const learnerId = crypto.randomUUID();
      const actor = addressOf("learner", learnerId);
      const epoch = await claimed(store.store, actor, await liveNode(store.store));
      const tell = async (seq: number, atMs: number, type: string, badgeId: string) => {
        const events = [{ type, version: 1, body: { type, badgeId, reason: `Lost \ud800 \u0000 ${atMs}.` } }];
        const outcome = await store.store.journal.append([turn({ actor, epoch }, seq, { atMs, events })]);
        assert.deepEqual(outcome, ["committed"]);
      };
      await tell(1, 50, "badge_earned", "crown");
      await tell(2, 60, "badge_earned", "quill");
      const first = await credentials.record(someCredential({ learnerId, badgeId: "crown", awardedAtMs: 50 }));
      const other = await credentials.record(someCredential({ learnerId, badgeId: "quill", awardedAtMs: 60 }));
      // A clock may go back: what comes later in the journal is later.
      await tell(3, 40, "badge_revoked", "crown");
      const revocation = { code: "badge_lost", atMs: 40, reason: "Lost \ud800 \u0000 40." };
      assert.deepEqual(await credentials.byId(first.id), { ...first, revocation });
      assert.deepEqual(await credentials.revoke(first.id, { atMs: 90, reason: "Later." }, "ben"), {
        ...first,
        revocation,
      });
      await tell(4, 45, "badge_earned", "crown");
      const again = await credentials.record(someCredential({ learnerId, badgeId: "crown", awardedAtMs: 45 }));
      assert.equal(again.revocation, null);
      assert.deepEqual(await credentials.byId(other.id), other);
      // Asked for before the loss and recorded after it.
      const { id, revocation: late } = await credentials.record({ ...first, id: crypto.randomUUID() });
      assert.deepEqual([id, late], [first.id, revocation]);
      const listed = (await credentials.revoked()).filter((one) => one.learnerId === learnerId);
      assert.deepEqual(listed, [{ ...first, revocation }]);
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
