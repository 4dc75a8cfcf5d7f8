/** Badges as credentials: verified from what is published alone, complete by the standard, revoked and refused. */
import assert from "node:assert/strict";
import { decodeProtectedHeader, exportPKCS8, generateKeyPair, importJWK, jwtVerify, SignJWT } from "jose";
import { credentialKey } from "../../src/boot/credential_key.ts";
import { systemClock } from "../../src/boot/system_ports.ts";
import { CredentialKeyError, readSigningKey } from "../../src/http/credentials/signing_key.ts";
import { verifyCredential } from "../../src/http/credentials/verify_credential.ts";
import { earnFirstBadge } from "./earn_first_badge.ts";
import type { Answer, Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { missingMembers } from "./open_badges_schema.ts";

const world = await EngineWorld.open();
// The engine dates badges by its own clock; the edge is not to be before it.
world.edgeWorld.nowMs = systemClock.nowMs() + 60_000;
Deno.test.afterAll(() => world.close());

const API = "/api/v1";
const ORIGIN = "https://learn.school.example";

async function issued(edge: Edge): Promise<{ readonly learner: SignedUp; readonly answer: Answer }> {
  const learner = await edge.signUp("student");
  await earnFirstBadge(world.registry, learner.id);
  const answer = await edge.ask("POST", `${API}/badges/first-answer/credential`, { token: learner.token });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return { learner, answer };
}

/** A URL of the credential, asked of the server that it names. */
async function dereferenced(edge: Edge, url: string): Promise<Answer> {
  assert.ok(url.startsWith(ORIGIN), url);
  return await edge.ask("GET", url.slice(ORIGIN.length));
}

async function checksOf(edge: Edge, jwt: string): Promise<Record<string, boolean>> {
  const { status, body } = await edge.ask("POST", `${API}/credentials/verify`, { body: { jwt } });
  assert.equal(status, 200);
  const checks: { check: string; ok: boolean }[] = body.checks;
  assert.equal(body.valid, checks.every(({ ok }) => ok));
  return Object.fromEntries(checks.map(({ check, ok }) => [check, ok]));
}

Deno.test("[G9] an issued badge verifies with jose from the published keys alone, by `kid`, by key set and by DID", async () => {
  const edge = await world.serve();
  const { learner, answer: { body } } = await issued(edge);
  const header = decodeProtectedHeader(body.jwt);
  assert.deepEqual(Object.keys(header).sort(), ["alg", "kid", "typ"]);
  assert.deepEqual([header.alg, header.typ], ["RS256", "JWT"]);
  const key = await dereferenced(edge, header.kid ?? "");
  const set = await edge.ask("GET", "/.well-known/jwks.json");
  const did = await edge.ask("GET", "/.well-known/did.json");
  assert.equal(did.body.id, "did:web:learn.school.example");
  const inDocument = did.body.verificationMethod.find(({ id }: { id: string }) => id === did.body.assertionMethod[0]);
  const fromSet = set.body.keys.find(({ kid }: { kid: string }) => kid === header.kid);
  for (const jwk of [key.body, fromSet, inDocument.publicKeyJwk]) {
    assert.deepEqual(Object.keys(jwk).sort(), ["alg", "e", "kid", "kty", "n", "use"], "nothing private");
    const { payload } = await jwtVerify(body.jwt, await importJWK(jwk, "RS256"), { issuer: did.body.id });
    const { iss, jti, sub, nbf, ...credential } = payload;
    assert.deepEqual(credential, body.credential);
    assert.deepEqual(
      [iss, jti, sub],
      [body.credential.issuer.id, body.credential.id, body.credential.credentialSubject.id],
    );
    assert.equal(sub, `urn:uuid:${learner.id}`);
    assert.equal((nbf ?? 0) * 1000, Date.parse(body.credential.validFrom));
  }
});

Deno.test("[G9] the credential has every member that the Open Badges 3.0 schema requires, and its links lead somewhere", async () => {
  const edge = await world.serve();
  const { answer: { body: { credential } } } = await issued(edge);
  assert.deepEqual(missingMembers(credential), []);
  const { achievement } = credential.credentialSubject;
  assert.deepEqual((await dereferenced(edge, achievement.id)).body, achievement);
  const image = await dereferenced(edge, achievement.image.id);
  assert.match(image.headers.get("content-type") ?? "", /svg/);
  assert.match(image.body, /^<svg .*First Step.*<\/svg>$/s);
  const { credentialSubject: _, ...subjectless } = credential;
  assert.deepEqual(missingMembers(subjectless), ["credentialSubject"], "the check can fail");
});

Deno.test("[G9] asked again a badge is the same credential, also at once; one that is not earned is refused", async () => {
  const edge = await world.serve();
  const learner = await edge.signUp("student");
  const ask = () => edge.ask("POST", `${API}/badges/first-answer/credential`, { token: learner.token });
  assert.deepEqual([(await ask()).status, (await ask()).body.code], [409, "badge_not_earned"]);
  await earnFirstBadge(world.registry, learner.id);
  const answers = await Promise.all([ask(), ask(), ask()]);
  assert.equal(new Set(answers.map(({ body }) => body.jwt)).size, 1);
  const { body: page } = await edge.ask("GET", `${API}/credentials`, { token: learner.token });
  assert.deepEqual([page.rows.length, page.next], [1, null]);
  const one = await edge.ask("GET", `${API}/credentials/${page.rows[0].id}`, { token: learner.token });
  assert.equal(one.body.jwt, answers[0]?.body.jwt);
  const other = await edge.signUp("student");
  assert.equal((await edge.ask("GET", `${API}/credentials/${page.rows[0].id}`, { token: other.token })).status, 404);
});

Deno.test("[G10] a revoked credential is on the published list by a code, fails its check and is not signed again", async () => {
  const edge = await world.serve();
  const { learner, answer: { body } } = await issued(edge);
  assert.deepEqual(await checksOf(edge, body.jwt), { signature: true, claims: true, period: true, status: true });
  const teacher = await edge.signUp("teacher");
  await edge.classOf(teacher, learner);
  const revoke = (reason: string) =>
    edge.ask("POST", `${API}/credentials/${body.id}/revoke`, { token: teacher.token, body: { reason } });
  assert.equal((await revoke("Earned by another.")).status, 200);
  assert.equal((await revoke("Once more.")).body.revoked.reason, "Earned by another.");
  assert.deepEqual(await checksOf(edge, body.jwt), { signature: true, claims: true, period: true, status: false });
  const list = await dereferenced(edge, body.credential.credentialStatus.id);
  assert.deepEqual([list.body.id, list.body.issuer], [body.credential.credentialStatus.id, body.credential.issuer.id]);
  const entry = list.body.revokedCredentials.find(({ id }: { id: string }) => id === body.credential.id);
  assert.deepEqual(entry, { id: body.credential.id, revoked: true, revocationReason: "withdrawn" });
  const again = await edge.ask("POST", `${API}/badges/first-answer/credential`, { token: learner.token });
  assert.deepEqual([again.status, again.body.code], [409, "credential_revoked"]);
});

Deno.test("[G10] verification tells a foreign key, a changed text and what is none apart", async () => {
  const edge = await world.serve();
  const { answer: { body } } = await issued(edge);
  const [head, payload, signature] = body.jwt.split(".");
  const changed = payload.replace(/^.{8}/, "eyJuYW1l");
  assert.deepEqual(await checksOf(edge, `${head}.${changed}.${signature}`), { signature: false });
  assert.deepEqual(await checksOf(edge, "none"), { signature: false });
  const { privateKey } = await generateKeyPair("RS256");
  const forged = await new SignJWT(body.credential).setProtectedHeader({
    alg: "RS256",
    kid: "https://evil.example/key",
  })
    .sign(privateKey);
  const { body: told } = await edge.ask("POST", `${API}/credentials/verify`, { body: { jwt: forged } });
  assert.match(told.checks[0].detail, /not this issuer's/);
});

Deno.test("[G10] verification names claims that disagree and a time that is over", async () => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = await readSigningKey(await exportPKCS8(privateKey));
  const kid = "https://learn.school.example/key";
  const did = "did:web:learn.school.example";
  const sound = {
    iss: did,
    jti: "urn:uuid:1",
    sub: "urn:uuid:2",
    nbf: 1_000,
    exp: 2_000,
    id: "urn:uuid:1",
    issuer: { id: did },
    validFrom: new Date(1_000_000).toISOString(),
    validUntil: new Date(2_000_000).toISOString(),
    credentialSubject: { id: "urn:uuid:2" },
  };
  const record = { id: "1", learnerId: "2", badgeId: "b", awardedAtMs: 0, issuedAtMs: 0, revocation: null };
  async function faults(change: object, nowMs: number): Promise<readonly string[]> {
    const jwt = await new SignJWT({ ...sound, ...change }).setProtectedHeader({ alg: "RS256", kid }).sign(
      key.privateKey,
    );
    const keys = { keys: [{ ...key.publicJwk, kid }] };
    const { checks } = await verifyCredential(jwt, { keys, did, nowMs, recordOf: () => Promise.resolve(record) });
    return checks.filter(({ ok }) => !ok).map(({ check }) => check);
  }
  assert.deepEqual(await faults({}, 1_500_000), []);
  assert.deepEqual(await faults({}, 999_999), ["period"]);
  assert.deepEqual(await faults({}, 2_000_000), ["period"]);
  for (const change of [{ iss: "did:web:x" }, { jti: "y" }, { sub: "z" }, { nbf: 1_001 }, { exp: 1_999 }]) {
    assert.deepEqual(await faults(change, 1_500_000), ["claims"], JSON.stringify(change));
  }
});

Deno.test("[G10] a server that issues no credentials says so", async () => {
  world.edgeWorld.issuesCredentials = false;
  const edge = await world.serve();
  world.edgeWorld.issuesCredentials = true;
  const answer = await edge.ask("GET", "/.well-known/did.json");
  assert.deepEqual([answer.status, answer.body.code], [409, "credentials_off"]);
});

Deno.test("[D5] a credential key is kept across starts for its owner alone, and one too short is refused", async () => {
  const dir = await Deno.makeTempDir({ prefix: "nl-" });
  try {
    const made = await credentialKey(null, `${dir}/data`);
    assert.equal((await credentialKey(null, `${dir}/data`)).thumbprint, made.thumbprint);
    assert.equal(((await Deno.stat(`${dir}/data/credential-key.pem`)).mode ?? 0) & 0o777, 0o600);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  await assert.rejects(readSigningKey(await exportPKCS8(privateKey)), CredentialKeyError);
  await assert.rejects(readSigningKey("no key"), CredentialKeyError);
});
