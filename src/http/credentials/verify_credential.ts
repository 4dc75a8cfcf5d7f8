/** Checks a credential the way any verifier would, step by step, and says what is wrong with it. */
import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from "jose";
import { z } from "zod";
import type { CredentialRecord } from "../../domain/rewards/credential_record.ts";
import { CREDENTIAL_ALGORITHM } from "./signing_key.ts";

export const CREDENTIAL_CHECKS = ["signature", "claims", "period", "status"] as const;

export interface CheckResult {
  readonly check: typeof CREDENTIAL_CHECKS[number];
  readonly ok: boolean;
  /** A sentence for whoever shows or refuses the badge. */
  readonly detail: string;
}

/** The claims and the members that must agree with them (Open Badges 3.0, JSON Web Token Proof Format). */
const payloadSchema = z.looseObject({
  iss: z.string(),
  jti: z.string(),
  sub: z.string(),
  nbf: z.number(),
  exp: z.number().optional(),
  id: z.string(),
  issuer: z.looseObject({ id: z.string() }),
  validFrom: z.iso.datetime({ offset: true }),
  validUntil: z.iso.datetime({ offset: true }).optional(),
  credentialSubject: z.looseObject({ id: z.string() }),
});
type Payload = z.infer<typeof payloadSchema>;

export interface Verification {
  readonly checks: readonly CheckResult[];
  /** Null where the signature is not ours or it holds no credential. */
  readonly credential: Payload | null;
}

export interface VerificationBasis {
  /** Every key that the issuer ever signed with. */
  readonly keys: JSONWebKeySet;
  readonly did: string;
  readonly nowMs: number;
  /** The record of the credential with this `urn:uuid:` name; null when there is none. */
  readonly recordOf: (uri: string) => Promise<CredentialRecord | null>;
}

function result(check: CheckResult["check"], fault: string | null, sound: string): CheckResult {
  return { check, ok: fault === null, detail: fault ?? sound };
}

/** The signed bytes; the sentence that says why there are none otherwise. */
async function signedBytes(jwt: string, keys: JSONWebKeySet): Promise<Uint8Array | string> {
  try {
    return (await compactVerify(jwt, createLocalJWKSet(keys), { algorithms: [CREDENTIAL_ALGORITHM] })).payload;
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return "It is signed with a key that is not this issuer's.";
    if (error instanceof errors.JWSSignatureVerificationFailed) return "It was changed after it was signed.";
    if (error instanceof errors.JOSEError) return "It is no signed credential of this kind.";
    throw error;
  }
}

function payloadOf(bytes: Uint8Array): Payload | null {
  try {
    return payloadSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isAt(claimS: number, time: string): boolean {
  return claimS * 1000 === Date.parse(time);
}

/** Names what disagrees; null when all agrees. */
function claimsFault(payload: Payload, did: string): string | null {
  const { iss, jti, sub, nbf, exp, id, issuer, credentialSubject, validFrom, validUntil } = payload;
  if (iss !== did || issuer.id !== did) return "It names another issuer.";
  if (jti !== id) return "`jti` is not the credential's id.";
  if (sub !== credentialSubject.id) return "`sub` is not the subject's id.";
  if (!isAt(nbf, validFrom)) return "`nbf` is not `validFrom`.";
  if ((exp === undefined) !== (validUntil === undefined)) return "Only one of `exp` and `validUntil` is there.";
  return exp !== undefined && validUntil !== undefined && !isAt(exp, validUntil) ? "`exp` is not `validUntil`." : null;
}

function periodFault({ nbf, exp, validFrom, validUntil }: Payload, nowMs: number): string | null {
  if (nbf * 1000 > nowMs) return `It is valid from ${validFrom} on.`;
  return exp !== undefined && exp * 1000 <= nowMs ? `It expired at ${validUntil}.` : null;
}

function statusFault(record: CredentialRecord | null): string | null {
  if (record === null) return "This issuer has no record of it.";
  const { revocation } = record;
  return revocation === null
    ? null
    : `It was revoked at ${new Date(revocation.atMs).toISOString()} (${revocation.code}).`;
}

/** Checks after one that failed for want of something to check are left out. */
export async function verifyCredential(jwt: string, basis: VerificationBasis): Promise<Verification> {
  const bytes = await signedBytes(jwt, basis.keys);
  if (typeof bytes === "string") return { checks: [result("signature", bytes, "")], credential: null };
  const signature = result("signature", null, "It is signed by this issuer and unchanged.");
  const credential = payloadOf(bytes);
  if (credential === null) {
    const claims = result("claims", "What is signed is no Open Badges 3.0 credential.", "");
    return { checks: [signature, claims], credential: null };
  }
  return {
    checks: [
      signature,
      result("claims", claimsFault(credential, basis.did), "Its claims agree with what it says."),
      result("period", periodFault(credential, basis.nowMs), "It is valid now."),
      result("status", statusFault(await basis.recordOf(credential.id)), "It is on record and not revoked."),
    ],
    credential,
  };
}
