/** Issues badges as Open Badges 3.0 credentials, signs, revokes and verifies them, and publishes the keys. */
import { type JWK, SignJWT } from "jose";
import { ENGINE } from "../../domain/engine.ts";
import { learnerAddress } from "../../domain/learner/messages.ts";
import type { Principal } from "../../domain/principal.ts";
import type { BadgeRule } from "../../domain/rewards/badge.ts";
import type { CredentialRecord } from "../../domain/rewards/credential_record.ts";
import { requireRead } from "../actor_answers.ts";
import type { ActorDoor } from "../actor_door.ts";
import { type RandomBytes, uuidV7 } from "../identifiers.ts";
import { requireLearner } from "../learner_profiles.ts";
import type { Credentials, Page } from "../ports.ts";
import { notFound, problem } from "../problem.ts";
import { achievement, achievementCredential, wholeSeconds } from "./achievement_credential.ts";
import { Places, uuidUri } from "./places.ts";
import { CREDENTIAL_ALGORITHM, type SigningKey } from "./signing_key.ts";
import { type Verification, verifyCredential } from "./verify_credential.ts";

/** What a deployment issues credentials with. */
export interface CredentialIssuer {
  /** Scheme, host and port that everyone reaches the server by. */
  readonly origin: string;
  readonly key: SigningKey;
}

export interface BadgeOfficeParts {
  readonly issuer: CredentialIssuer;
  readonly badges: readonly BadgeRule[];
  readonly actors: ActorDoor;
  readonly credentials: Credentials;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
}

/** A document whose members a standard of others defines. */
interface StandardDocument {
  readonly [member: string]: unknown;
}

export interface IssuedCredential {
  readonly record: CredentialRecord;
  readonly credential: StandardDocument;
  /** The credential as compact JWS: the same text each time while the key stays. */
  readonly jwt: string;
}

interface PublishedKey {
  readonly thumbprint: string;
  readonly jwk: JWK;
}

const URN = /^urn:uuid:([0-9a-f-]{36})$/;

export class BadgeOffice {
  readonly places: Places;

  private constructor(private readonly parts: BadgeOfficeParts) {
    this.places = new Places(parts.issuer.origin);
  }

  /** Publishes the key before anything is signed with it. */
  static async open(parts: BadgeOfficeParts): Promise<BadgeOffice> {
    const { issuer: { key }, credentials, clock } = parts;
    await credentials.publishKey(key.thumbprint, JSON.stringify(key.publicJwk), clock.nowMs());
    return new BadgeOffice(parts);
  }

  rule(badgeId: string): BadgeRule {
    const rule = this.parts.badges.find(({ id }) => id === badgeId);
    if (rule === undefined) throw notFound();
    return rule;
  }

  achievement(badgeId: string): StandardDocument {
    return achievement(this.rule(badgeId), this.places);
  }

  /** The caller's badge as a credential, issued now or before. Throws when it is not earned, or was revoked. */
  async issue({ userId }: Principal, badgeId: string): Promise<IssuedCredential> {
    const { actors, credentials, clock, randomBytes } = this.parts;
    this.rule(badgeId);
    const { rewards } = requireLearner(requireRead(await actors.read(learnerAddress(userId), ENGINE)));
    const earned = rewards.badges.find((badge) => badge.badgeId === badgeId);
    if (earned === undefined) throw problem("badge_not_earned", "A badge is issued once it is earned.");
    const issuedAtMs = clock.nowMs();
    const id = uuidV7(issuedAtMs, randomBytes);
    return await this.#signed(
      await credentials.record({ id, learnerId: userId, badgeId, awardedAtMs: earned.atMs, issuedAtMs }),
    );
  }

  list({ userId }: Principal, cursor: string | null, limit: number): Promise<Page<CredentialRecord>> {
    return this.parts.credentials.list(userId, cursor, limit);
  }

  /** For its learner alone. Throws 404 for others and 409 for one that was revoked. */
  async byId({ userId }: Principal, id: string): Promise<IssuedCredential> {
    const record = await this.parts.credentials.byId(id);
    if (record === null || record.learnerId !== userId) throw notFound();
    return await this.#signed(record);
  }

  /** Whose badge it says they have. Throws 404. */
  async holder(id: string): Promise<string> {
    const record = await this.parts.credentials.byId(id);
    if (record === null) throw notFound();
    return record.learnerId;
  }

  /** Revoked again it stays as it was revoked first. */
  async revoke({ userId }: Principal, id: string, reason: string): Promise<CredentialRecord> {
    const { credentials, clock } = this.parts;
    const record = await credentials.revoke(id, { atMs: clock.nowMs(), reason }, userId);
    if (record === null) throw notFound();
    return record;
  }

  /** As the 1EdTech Revocation List status method has it. Everybody reads it: it gives codes, nobody's own words. */
  async revocations(): Promise<StandardDocument> {
    const revoked = await this.parts.credentials.revoked();
    return {
      id: this.places.revocations,
      issuer: this.places.did,
      revokedCredentials: revoked.map(({ id, revocation }) => ({
        id: uuidUri(id),
        revoked: true,
        revocationReason: revocation?.code,
      })),
    };
  }

  async verify(jwt: string): Promise<Verification> {
    const { credentials, clock } = this.parts;
    return await verifyCredential(jwt, {
      keys: { keys: [...(await this.keys()).map(({ jwk }) => jwk)] },
      did: this.places.did,
      nowMs: clock.nowMs(),
      recordOf: async (uri) => {
        const id = uri.match(URN)?.[1];
        return id === undefined ? null : await credentials.byId(id);
      },
    });
  }

  /** Every public key ever signed with, each named by where it can be read. */
  async keys(): Promise<readonly PublishedKey[]> {
    const stored = await this.parts.credentials.publishedKeys();
    return stored.map(({ thumbprint, jwk }) => ({
      thumbprint,
      jwk: { ...JSON.parse(jwk), kid: this.places.key(thumbprint), alg: CREDENTIAL_ALGORITHM, use: "sig" },
    }));
  }

  /** The DID document of the did:web method. */
  async didDocument(): Promise<StandardDocument> {
    const { did } = this.places;
    const methods = (await this.keys()).map(({ thumbprint, jwk }) => ({
      id: `${did}#${thumbprint}`,
      type: "JsonWebKey",
      controller: did,
      publicKeyJwk: jwk,
    }));
    return {
      "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
      id: did,
      verificationMethod: methods,
      assertionMethod: methods.map(({ id }) => id),
    };
  }

  async #signed(record: CredentialRecord): Promise<IssuedCredential> {
    if (record.revocation !== null) throw problem("credential_revoked", record.revocation.reason);
    const { issuer: { key } } = this.parts;
    const credential = achievementCredential(record, this.rule(record.badgeId), this.places);
    const jwt = await new SignJWT({ ...credential })
      // No other header is allowed; the payload is the credential itself, without a `vc` claim.
      .setProtectedHeader({ alg: CREDENTIAL_ALGORITHM, kid: this.places.key(key.thumbprint), typ: "JWT" })
      .setIssuer(this.places.did)
      .setJti(uuidUri(record.id))
      .setSubject(uuidUri(record.learnerId))
      .setNotBefore(wholeSeconds(record.awardedAtMs))
      .sign(key.privateKey);
    return { record, credential, jwt };
  }
}
