/** A badge as Open Badges 3.0 writes it: the achievement, and the credential that a learner has it. */
import type { Json } from "../../domain/json.ts";
import type { BadgeRule } from "../../domain/rewards/badge.ts";
import type { CredentialRecord } from "../../domain/rewards/credential_record.ts";
import { type Places, uuidUri } from "./places.ts";

type JsonObject = { readonly [key: string]: Json };

/** Both are required, in this order. */
const CONTEXT = [
  "https://www.w3.org/ns/credentials/v2",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
] as const;
const SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
export const ISSUER_NAME = "NeuroLearn";

export function issuerProfile(places: Places): JsonObject {
  return { id: places.did, type: ["Profile"], name: ISSUER_NAME, url: places.origin };
}

/** Stands at {@link Places.achievement}. */
export function achievement({ id, title, description }: BadgeRule, places: Places): JsonObject {
  return {
    id: places.achievement(id),
    type: ["Achievement"],
    achievementType: "Badge",
    name: title,
    description,
    criteria: { narrative: description },
    creator: issuerProfile(places),
    image: { id: places.image(id), type: "Image", caption: title },
  };
}

/** The second that a time is in: `nbf` of a JWT counts seconds, and `validFrom` has to equal it. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** The credential of a record. The learner is in it by the id of the account alone. */
export function achievementCredential(
  { id, learnerId, badgeId, awardedAtMs }: CredentialRecord,
  rule: BadgeRule,
  places: Places,
): JsonObject {
  return {
    "@context": CONTEXT,
    id: uuidUri(id),
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: rule.title,
    description: rule.description,
    image: { id: places.image(badgeId), type: "Image", caption: rule.title },
    issuer: issuerProfile(places),
    validFrom: `${new Date(wholeSeconds(awardedAtMs) * 1000).toISOString().slice(0, -5)}Z`,
    credentialSubject: {
      id: uuidUri(learnerId),
      type: ["AchievementSubject"],
      achievement: achievement(rule, places),
    },
    credentialStatus: { id: places.revocations, type: "1EdTechRevocationList" },
    credentialSchema: [{ id: SCHEMA, type: "1EdTechJsonSchemaValidator2019" }],
  };
}
