/** What both databases promise the edge about people, their tokens and their consents. */
import assert from "node:assert/strict";
import type { NewUser } from "../../../src/http/ports.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import type { Case } from "./subject.ts";

function someUser(parts: Partial<NewUser> = {}): NewUser {
  const id = crypto.randomUUID();
  return {
    id,
    username: `Ada-${id}`,
    email: `Ada.${id}@Example.org`,
    role: "student",
    passwordHash: "$2b$hash",
    createdAtMs: 5,
    ...parts,
  };
}

async function someFamily({ refreshTokens }: OpenStore) {
  const token = {
    hash: crypto.randomUUID(),
    family: crypto.randomUUID(),
    userId: crypto.randomUUID(),
    expiresAtMs: 1_000,
  };
  await refreshTokens.issue(token);
  return token;
}

export const accountCases: readonly Case<OpenStore>[] = [
  {
    name: "[A1] an account is found by username and email, without regard to case",
    async run({ users }) {
      const { passwordHash, ...account } = someUser();
      assert.equal(await users.create({ ...account, passwordHash }), "created");
      const user = { ...account, isActive: true, tokensValidFromMs: 0 };
      assert.deepEqual(await users.byId(account.id), user);
      for (const login of [account.username.toUpperCase(), account.email.toLowerCase()]) {
        assert.deepEqual(await users.byLogin(login), { user, passwordHash });
      }
      assert.equal(await users.byId(crypto.randomUUID()), null);
      for (const login of ["nobody", "a\0b", ""]) assert.equal(await users.byLogin(login), null);
    },
  },
  {
    name: "[A1] a name and an address are taken once, without regard to case",
    async run({ users }) {
      const first = someUser();
      await users.create(first);
      assert.equal(await users.create(someUser({ username: first.username.toLowerCase() })), "username_taken");
      assert.equal(await users.create(someUser({ email: first.email.toUpperCase() })), "email_taken");
    },
  },
  {
    name: "[A1] taking somebody's address as a username does not shut them out",
    async run({ users }) {
      const victim = someUser();
      await users.create(victim);
      await users.create(someUser({ username: victim.email }));
      assert.equal((await users.byLogin(victim.email))?.user.id, victim.id);
    },
  },
  {
    name: "[A3] role, password and activity change, and only of accounts that exist",
    async run({ users }) {
      const { id, email } = someUser();
      await users.create(someUser({ id, email }));
      const isActive = false;
      const deactivated = await users.setActive(id, isActive, 7);
      assert.ok(deactivated !== null && !deactivated.isActive);
      assert.equal((await users.setRole(id, "teacher"))?.role, "teacher");
      await users.setPasswordHash(id, "$2b$other", 7);
      const found = await users.byLogin(email);
      assert.ok(found !== null && !found.user.isActive);
      assert.equal(found.passwordHash, "$2b$other");
      assert.equal(await users.setRole(crypto.randomUUID(), "admin"), null);
    },
  },
  {
    name: "[A6] a new password and a deactivation end the tokens issued until then, and no end is taken back",
    async run({ users }) {
      const { id } = someUser();
      await users.create(someUser({ id }));
      const [isOut, isIn] = [false, true];
      assert.equal((await users.setPasswordHash(id, "$2b$other", 1_000))?.tokensValidFromMs, 1_001);
      assert.equal((await users.setPasswordHash(id, "$2b$third", 1_000))?.tokensValidFromMs, 1_002);
      assert.equal((await users.setPasswordHash(id, "$2b$fourth", 500))?.tokensValidFromMs, 1_003);
      assert.equal((await users.setActive(id, isOut, 2_000))?.tokensValidFromMs, 2_001);
      assert.equal((await users.setActive(id, isIn, 3_000))?.tokensValidFromMs, 2_001);
      assert.equal((await users.byId(id))?.tokensValidFromMs, 2_001);
      assert.equal(await users.setPasswordHash(crypto.randomUUID(), "$2b$nobody", 1), null);
    },
  },
  {
    name: "[A1] the list of accounts pages through each once, oldest first",
    async run({ users }) {
      const mine = Array.from({ length: 5 }, (_, i) => someUser({ createdAtMs: 1_000 + (i >> 1) }));
      for (const user of mine) await users.create(user);
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await users.list(cursor, 2);
        assert.ok(page.rows.length <= 2);
        seen.push(...page.rows.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null);
      const ids = mine.toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
      assert.deepEqual(seen.filter((id) => ids.includes(id)), ids);
      assert.equal(new Set(seen).size, seen.length);
      for (const bad of ["", "!", btoa('"x"'), btoa('["a",1]'), btoa("[1.5,1]"), btoa('[1,"\\u0000"]')]) {
        await assert.rejects(users.list(bad, 2), { name: "BadCursorError" });
      }
    },
  },
  {
    name: "[A2] a refresh token works once; using it again revokes its family",
    async run(store) {
      const { refreshTokens } = store;
      const { hash, family, userId } = await someFamily(store);
      assert.deepEqual(await refreshTokens.rotate(hash, `${hash}2`, 2_000, 10), { kind: "rotated", userId, family });
      assert.deepEqual(await refreshTokens.rotate(hash, `${hash}3`, 2_000, 11), { kind: "reused", userId, family });
      for (const spent of [hash, `${hash}2`, `${hash}3`]) {
        assert.deepEqual(await refreshTokens.rotate(spent, `${hash}4`, 2_000, 12), { kind: "unknown" });
      }
    },
  },
  {
    name: "[A2] of two uses at once one wins and the other revokes the family",
    async run(store) {
      const { hash } = await someFamily(store);
      const uses = [1, 2].map((n) => store.refreshTokens.rotate(hash, `${hash}-${n}`, 2_000, 10));
      assert.deepEqual((await Promise.all(uses)).map(({ kind }) => kind).toSorted(), ["reused", "rotated"]);
      const next = await Promise.all([1, 2].map((n) => store.refreshTokens.rotate(`${hash}-${n}`, "x", 2_000, 10)));
      assert.deepEqual(next.map(({ kind }) => kind), ["unknown", "unknown"]);
    },
  },
  {
    name: "[A2] an expired, a logged-out and a revoked user's token are unknown",
    async run(store) {
      const { refreshTokens } = store;
      const [expired, out, revoked, other] = [
        await someFamily(store),
        await someFamily(store),
        await someFamily(store),
        await someFamily(store),
      ];
      assert.equal((await refreshTokens.rotate(expired.hash, "n1", 2_000, 1_000)).kind, "unknown");
      await refreshTokens.revokeFamily(out.hash);
      await refreshTokens.revokeFamily("never issued");
      assert.equal((await refreshTokens.rotate(out.hash, "n2", 2_000, 10)).kind, "unknown");
      await refreshTokens.revokeUser(revoked.userId);
      assert.equal((await refreshTokens.rotate(revoked.hash, "n3", 2_000, 10)).kind, "unknown");
      assert.equal((await refreshTokens.rotate(other.hash, `${other.hash}2`, 2_000, 10)).kind, "rotated");
    },
  },
  {
    name: "[M1] the latest consent counts, and is gone when taken back",
    async run({ consents }) {
      const userId = crypto.randomUUID();
      assert.equal(await consents.current(userId), null);
      const given = { userId, purpose: "emotion", given: true, textVersion: "2", atMs: 9 } as const;
      await consents.record(given);
      assert.deepEqual(await consents.current(userId), given);
      await consents.record({ ...given, given: false, atMs: 9 });
      assert.deepEqual(await consents.current(userId), { ...given, given: false });
    },
  },
];
