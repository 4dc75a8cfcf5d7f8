/**
 * Answers `GET /profile` ahead of the router when all that its route would ask for is in memory: who asks, as verified
 * before and not changed since, and the document. Everything else, refusals included, is the route's to answer.
 */
import { type Authenticator, bearerToken, type Identity } from "./authenticate.ts";
import type { LearnerProfiles } from "./learner_profiles.ts";
import type { ProfileDocument } from "./profile_cache.ts";
import { rateHeaders, type RateLimits } from "./rate_limit.ts";
import type { RequestLog } from "./request_log.ts";
import { SECURITY_HEADERS } from "./security_headers.ts";

export interface ProfileDoorParts {
  readonly authenticator: Authenticator;
  readonly rateLimits: RateLimits | null;
  readonly profiles: LearnerProfiles;
  readonly requests: RequestLog;
}

/** A request that can be answered from memory. */
interface Recalled {
  readonly identity: Identity;
  readonly document: ProfileDocument;
}

export class ProfileDoor {
  /** @param path of the route that this answers for */
  constructor(private readonly path: string, private readonly parts: ProfileDoorParts) {}

  /** Null where the route has to answer. */
  recall(request: Request): Recalled | null {
    const { path, parts: { authenticator, profiles } } = this;
    const { method, url, headers } = request;
    if (
      method !== "GET" || !url.endsWith(path) || url.indexOf("/", url.indexOf("//") + 2) !== url.length - path.length
    ) {
      return null;
    }
    // What CORS adds to an answer is its middleware's to say.
    if (headers.has("origin")) return null;
    const token = bearerToken(headers.get("authorization") ?? undefined);
    const identity = token === null ? null : authenticator.recall(token);
    const document = identity === null ? null : profiles.recall(identity.user.id);
    return identity === null || document === null ? null : { identity, document };
  }

  /** The answer, logged and counted as any other; null where the route has to refuse it. */
  async answer(request: Request, remote: Deno.Addr, { identity, document }: Recalled): Promise<Response | null> {
    const { rateLimits, requests } = this.parts;
    const { headers: asked } = request;
    const begun = requests.begin(remote, asked.get("x-forwarded-for") ?? undefined);
    const standing = await rateLimits?.consume("standard", `user:${identity.user.id}`) ?? null;
    if (standing !== null && !standing.allowed) return null;
    const isUnchanged = isKnown(asked.get("if-none-match") ?? undefined, document);
    const status = isUnchanged ? 304 : 200;
    const response = new Response(isUnchanged ? null : document.text, { status });
    // Set one by one: given to the constructor they cost five times as much.
    setAll(response.headers, SECURITY_HEADERS);
    if (standing !== null) setAll(response.headers, rateHeaders("standard", standing));
    setAll(response.headers, profileHeaders(document));
    if (!isUnchanged) response.headers.set("content-type", "application/json");
    response.headers.set("vary", `Origin, ${PROFILE_VARIES_BY}`);
    response.headers.set("x-request-id", begun.requestId);
    requests.end(begun, { method: "GET", route: this.path, status, userId: identity.user.id });
    return response;
  }
}

function setAll(headers: Headers, values: { readonly [name: string]: string }): void {
  for (const name in values) headers.set(name, values[name] ?? "");
}

/**
 * The headers that every answer with a profile has. One address serves whoever asks, and browsers are shared: a copy may
 * be kept, but is asked about each time it is used, and is its reader's alone.
 */
export function profileHeaders(
  { etag }: ProfileDocument,
): { readonly etag: string; readonly "cache-control": string } {
  return { etag, "cache-control": "private, no-cache" };
}

/** What the answer depends on beside the address; {@link corsFor} names the origin. */
export const PROFILE_VARIES_BY = "Authorization";

/** Whether the caller has this very document; weak comparison (RFC 9110 §13.1.2). */
export function isKnown(ifNoneMatch: string | undefined, { etag }: ProfileDocument): boolean {
  const known = ifNoneMatch?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return known.includes(etag) || known.includes("*");
}
