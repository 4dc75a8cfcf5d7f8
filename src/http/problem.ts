/** Every way the edge says no: RFC 9457 problem documents with stable codes (H1). */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Json } from "../domain/json.ts";

interface ProblemKind {
  readonly status: ContentfulStatusCode;
  readonly title: string;
}

/** Codes the edge itself gives; a decider's own codes come through unchanged beside these. */
export const PROBLEMS = {
  bad_handshake: { status: 400, title: "The WebSocket handshake is not complete" },
  subprotocol_required: { status: 400, title: "The WebSocket subprotocol is missing" },
  malformed_json: { status: 400, title: "The body is not JSON" },
  validation_failed: { status: 400, title: "The request has not the expected shape" },
  malformed_multipart: { status: 400, title: "The body is not multipart" },
  image_missing: { status: 400, title: "There is no image" },
  not_an_image: { status: 400, title: "The bytes are no image that can be read" },
  image_truncated: { status: 400, title: "The image is not complete" },
  image_format_mismatch: { status: 400, title: "The image is of another type than stated" },
  no_face: { status: 400, title: "No face was found" },
  body_broken_off: { status: 400, title: "The body is not complete" },
  credentials_missing: { status: 400, title: "Credentials are missing" },
  not_authenticated: { status: 401, title: "Sign in first" },
  invalid_token: { status: 401, title: "The access token is not valid" },
  invalid_credentials: { status: 401, title: "Wrong credentials" },
  invalid_refresh_token: { status: 401, title: "The refresh token is not valid" },
  refresh_token_reused: { status: 401, title: "The refresh token was used before" },
  account_inactive: { status: 401, title: "The account is deactivated" },
  forbidden: { status: 403, title: "Not allowed for this account" },
  consent_required: { status: 403, title: "Without consent no emotion is inferred" },
  class_policy: { status: 403, title: "The class does not allow it" },
  not_on_leaderboard: { status: 403, title: "Leaderboards are for those who are on them" },
  origin_refused: { status: 403, title: "Pages of this origin may not connect" },
  join_code_unknown: { status: 404, title: "No class has this code" },
  no_active_session: { status: 404, title: "There is no active session" },
  not_found: { status: 404, title: "Nothing here" },
  method_not_allowed: { status: 405, title: "The method is not offered here" },
  body_too_slow: { status: 408, title: "The body came too slowly" },
  conflict: { status: 409, title: "The present state does not allow this" },
  username_taken: { status: 409, title: "The username is taken" },
  email_taken: { status: 409, title: "The email address is taken" },
  course_id_taken: { status: 409, title: "A course with this id exists" },
  too_many_rooms: { status: 409, title: "In too many rooms" },
  must_be_asked: { status: 409, title: "They have to be asked" },
  already_member: { status: 409, title: "The account is in the class" },
  class_full: { status: 409, title: "The class is full" },
  class_owner: { status: 409, title: "Not the class's owner" },
  no_public_url: { status: 409, title: "The server does not know its public address" },
  own_account: { status: 409, title: "Not on your own account" },
  consent_text_outdated: { status: 409, title: "The consent text has changed" },
  credentials_off: { status: 409, title: "This server issues no credentials" },
  badge_not_earned: { status: 409, title: "The badge is not earned yet" },
  credential_revoked: { status: 409, title: "The credential was revoked" },
  emotion_off: { status: 409, title: "Emotion inference is off on this server" },
  stream_gone: { status: 410, title: "The stream is over" },
  version_mismatch: { status: 412, title: "It has changed meanwhile" },
  body_too_large: { status: 413, title: "The body is too large" },
  image_too_large: { status: 413, title: "The image is too large" },
  unsupported_media_type: { status: 415, title: "The body has the wrong media type" },
  course_faulty: { status: 422, title: "The course has faults" },
  account_unknown: { status: 422, title: "There is no such account" },
  cannot_teach: { status: 422, title: "The account cannot help to teach" },
  class_unknown: { status: 422, title: "There is no such class" },
  course_unknown: { status: 422, title: "There is no such course" },
  item_unknown: { status: 422, title: "The course has no such item" },
  item_undrawable: { status: 422, title: "The item cannot be drawn from this seed" },
  idempotency_key_reused: { status: 422, title: "The key was used for another request" },
  lesson_unfit: { status: 422, title: "The session cannot be part of the lesson" },
  motion_unknown: { status: 422, title: "There is no such motion" },
  speaker_unknown: { status: 422, title: "Somebody cannot speak in this debate" },
  member_unknown: { status: 422, title: "Not a student of the class" },
  skill_unknown: { status: 422, title: "The course has no such skill" },
  topic_unknown: { status: 422, title: "The course has no such topic" },
  upgrade_required: { status: 426, title: "This is a WebSocket's address" },
  version_required: { status: 428, title: "Say which version this replaces" },
  too_many_requests: { status: 429, title: "Too many requests" },
  too_many_unwelcomed: { status: 429, title: "Too many sockets of this address without a welcome" },
  mailbox_full: { status: 429, title: "Too much at once" },
  internal_error: { status: 500, title: "Something went wrong on the server" },
  draining: { status: 503, title: "The server is going away" },
  too_many_sockets: { status: 503, title: "Too many sockets are open" },
  emotion_unavailable: { status: 503, title: "No emotion can be inferred" },
  unavailable: { status: 503, title: "Not available at the moment" },
  not_ready: { status: 503, title: "Not ready" },
} as const satisfies { readonly [code: string]: ProblemKind };

export type ProblemCode = keyof typeof PROBLEMS;

/** One fault of the request: where, as `items[3].hints` in the body or a parameter's name, and what is wrong. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

export interface Problem {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly title: string;
  /** A sentence for the caller; never holds internals. */
  readonly detail: string;
  readonly errors: readonly FieldFault[];
  /** More members of the document, such as what would have been right. */
  readonly members: { readonly [name: string]: Json };
  /** For `Retry-After`; null when trying again is no help. */
  readonly retryAfterMs: number | null;
}

/** Thrown by handlers and guards; becomes the response in one place. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

/** A problem of the catalogue with its sentence; what `more` names replaces the defaults. */
export function problem(
  code: ProblemCode,
  detail: string,
  more: Partial<Pick<Problem, "errors" | "members" | "retryAfterMs">> = {},
): ProblemError {
  return new ProblemError({
    ...PROBLEMS[code],
    code,
    detail,
    errors: [],
    members: {},
    retryAfterMs: null,
    ...more,
  });
}

/** The one answer for what is missing and for what is another person's: the two must not be told apart (A4). */
export function notFound(): ProblemError {
  return problem("not_found", "There is nothing here, or nothing that this account may see.");
}

/** The `Retry-After` value: whole seconds, at least one. */
export function retryAfterSeconds(retryAfterMs: number): string {
  return String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
}

/** Answers with the problem document; `requestId` finds the request in the log. */
export function problemResponse(c: Context, described: Problem, requestId: string): Response {
  const document = {
    type: `/problems/${described.code}`,
    title: described.title,
    status: described.status,
    detail: described.detail,
    code: described.code,
    instance: `urn:uuid:${requestId}`,
    ...(described.errors.length > 0 ? { errors: described.errors } : {}),
    ...described.members,
  };
  // By way of `c`, so that headers set before the refusal (rate limits, CORS) are sent with it.
  if (described.retryAfterMs !== null) c.header("retry-after", retryAfterSeconds(described.retryAfterMs));
  if (described.status === 401) c.header("www-authenticate", "Bearer");
  if (described.status === 426) c.header("upgrade", "websocket");
  return c.body(JSON.stringify(document), described.status, { "content-type": "application/problem+json" });
}
