/** Who may use a route, how often, and with how large a body: written on the route, shown in the OpenAPI document (A4). */
import type { Role } from "../domain/principal.ts";
import type { RateClass } from "./rate_limit.ts";

const BODY_BYTES_MAX = 64 * 1024;
/** A course of two thousand items with all their texts. */
export const COURSE_BYTES_MAX = 2 * 1024 * 1024;

export interface AccessRule {
  readonly "x-access": "public" | readonly Role[];
  readonly "x-rate-class": RateClass;
  readonly "x-body-bytes-max": number;
  readonly security: { readonly [scheme: string]: string[] }[];
}

export const EVERYONE_SIGNED_IN: readonly Role[] = ["student", "teacher", "admin"];
export const STAFF: readonly Role[] = ["teacher", "admin"];
export const ADMINS: readonly Role[] = ["admin"];

/** For anyone, without an account. */
export function open(rateClass: RateClass): AccessRule {
  return { "x-access": "public", "x-rate-class": rateClass, "x-body-bytes-max": BODY_BYTES_MAX, security: [] };
}

/** For signed-in people of these roles. */
export function only(
  roles: readonly Role[],
  rateClass: RateClass = "standard",
  bodyBytesMax: number = BODY_BYTES_MAX,
): AccessRule {
  return {
    "x-access": roles,
    "x-rate-class": rateClass,
    "x-body-bytes-max": bodyBytesMax,
    security: [{ bearer: [] }],
  };
}
