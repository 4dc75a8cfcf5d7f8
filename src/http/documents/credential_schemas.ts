/** Credentials as JSON. */
import { z } from "@hono/zod-openapi";
import { type CredentialRecord, type Revocation, REVOCATION_CODES } from "../../domain/rewards/credential_record.ts";
import { uuidUri } from "../credentials/places.ts";
import { CREDENTIAL_CHECKS, type Verification } from "../credentials/verify_credential.ts";
import type { IssuedCredential } from "../credentials/badge_office.ts";
import { isoTime, orNull, timeSchema } from "./json_content.ts";

const REASON_LENGTH_MAX = 300;
/** Ours are about 3,000 characters. */
const JWT_LENGTH_MAX = 16_384;

/** A document whose members a standard of others defines. */
export const standardDocument = z.record(z.string(), z.unknown());

export const badgeIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/, "is a badge's id");
export const thumbprintSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "is a key's thumbprint");

const revocationSchema = z.object({
  at: timeSchema,
  code: z.enum(REVOCATION_CODES).openapi({ description: "All that others are told" }),
  reason: z.string(),
});

export const credentialRecordSchema = z.object({
  id: z.string(),
  uri: z.string().openapi({ description: "The `id` inside the credential" }),
  badge_id: z.string(),
  awarded_at: timeSchema,
  issued_at: timeSchema,
  revoked: orNull(revocationSchema),
}).openapi("CredentialRecord");

export const issuedCredentialSchema = credentialRecordSchema.extend({
  credential: standardDocument.openapi({ description: "The OpenBadgeCredential" }),
  jwt: z.string().openapi({ description: "The same, signed: compact JWS with RS256" }),
}).openapi("IssuedCredential");

export const revocationBodySchema = z.strictObject({
  reason: z.string().trim().min(1).max(REASON_LENGTH_MAX).openapi({
    description: "Told to the learner, not published",
  }),
});
export const verificationBodySchema = z.strictObject({ jwt: z.string().min(1).max(JWT_LENGTH_MAX) });

export const verificationSchema = z.object({
  valid: z.boolean(),
  checks: z.array(z.object({ check: z.enum(CREDENTIAL_CHECKS), ok: z.boolean(), detail: z.string() })),
  credential: orNull(standardDocument),
}).openapi("CredentialVerification");

function revocationJson({ code, atMs, reason }: Revocation): z.infer<typeof revocationSchema> {
  return { at: isoTime(atMs), code, reason };
}

export function credentialRecordJson(record: CredentialRecord): z.infer<typeof credentialRecordSchema> {
  const { id, badgeId, awardedAtMs, issuedAtMs, revocation } = record;
  return {
    id,
    uri: uuidUri(id),
    badge_id: badgeId,
    awarded_at: isoTime(awardedAtMs),
    issued_at: isoTime(issuedAtMs),
    revoked: revocation === null ? null : revocationJson(revocation),
  };
}

export function issuedCredentialJson(issued: IssuedCredential): z.infer<typeof issuedCredentialSchema> {
  return { ...credentialRecordJson(issued.record), credential: issued.credential, jwt: issued.jwt };
}

export function verificationJson({ checks, credential }: Verification): z.infer<typeof verificationSchema> {
  return { valid: checks.every(({ ok }) => ok), checks: [...checks], credential };
}
