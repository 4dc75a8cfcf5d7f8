/** The edge: REST and sockets in front of the engine, sharing who is signed in and what is limited. */
import { z } from "zod";
import type { Registry } from "../actors/registry.ts";
import type { Recommender } from "../domain/adaptive/recommendation_question.ts";
import type { Json } from "../domain/json.ts";
import type { BadgeRule } from "../domain/rewards/badge.ts";
import type { AskedItems } from "../effects/asked_items.ts";
import type { CourseCache } from "../effects/course_cache.ts";
import { Accounts } from "../http/accounts.ts";
import { ActiveUsers } from "../http/active_users.ts";
import { type AppParts, type AppSettings, createApp, SOCKET_PATH } from "../http/app.ts";
import { AskedDoor } from "../http/asked_door.ts";
import { Authenticator } from "../http/authenticate.ts";
import { BODY_READ_MS_MAX } from "../http/body_limit.ts";
import { EMOTION_CONSENT_TEXT } from "../http/consent_text.ts";
import type { EdgeHooks } from "../http/edge_hooks.ts";
import { EmotionGates } from "../http/emotion_gates.ts";
import { EmotionMinutes } from "../http/emotion_minutes.ts";
import { freshSecret } from "../http/identifiers.ts";
import { BadgeOffice } from "../http/credentials/badge_office.ts";
import type { Metrics } from "../http/metrics.ts";
import { nativeBcrypt, Passwords } from "../http/passwords.ts";
import type { LlmDesk } from "../domain/llm/call_records.ts";
import type { EmotionInference, Readiness } from "../http/ports.ts";
import { DEFAULT_RATE_RULES, RateLimits } from "../http/rate_limit.ts";
import { asyncApiDocument } from "../http/socket/asyncapi.ts";
import { DEFAULT_SOCKET_LIMITS } from "../http/socket/limits.ts";
import { SocketEdge } from "../http/socket/socket_edge.ts";
import { RosterWatch } from "../http/roster_watch.ts";
import { TaughtDoor } from "../http/taught_door.ts";
import { Teaching } from "../http/teaching.ts";
import { AccessTokens, TOKEN_LIFETIMES } from "../http/tokens.ts";
import type { OpenStore } from "../store/open_store.ts";
import { credentialKey } from "./credential_key.ts";
import { readDebateMotions } from "./debate_motions.ts";
import type { Log } from "./log.ts";
import { openPages } from "./pages.ts";
import type { Settings } from "./settings.ts";
import { systemBytes, systemClock } from "./system_ports.ts";

export interface EdgeParts {
  readonly settings: Settings;
  readonly badges: readonly BadgeRule[];
  readonly store: OpenStore;
  readonly registry: Registry;
  readonly asked: AskedItems;
  readonly courses: CourseCache;
  readonly emotion: EmotionInference | null;
  readonly readiness: Readiness;
  readonly recommender: Recommender;
  readonly llmDesk: LlmDesk;
  /** Signs access tokens. */
  readonly secret: string;
  readonly metrics: Metrics;
  readonly version: string;
  readonly log: Log;
}

export interface Edge {
  readonly accounts: Accounts;
  readonly sockets: SocketEdge;
  /** Holds what is not stored yet: to be ended once the sockets are closed. */
  readonly emotionMinutes: EmotionMinutes;
  readonly rosterWatch: RosterWatch;
  fetch(request: Request, info: Deno.ServeHandlerInfo): Response | Promise<Response>;
}

const toldSchema = z.looseObject({ stress_level: z.number().nullable().default(null) });

/** The stress index in a session's answer to a reading; an answer that is stored has none. */
function stressTold(told: Json): number | null {
  return toldSchema.parse(told).stress_level;
}

function openSockets(
  parts: EdgeParts,
  door: TaughtDoor,
  authenticator: Authenticator,
  rateLimits: RateLimits | null,
  minutes: EmotionMinutes,
): SocketEdge {
  const textVersion = parts.emotion === null ? null : EMOTION_CONSENT_TEXT.version;
  const gates = new EmotionGates({ ...parts.store, textVersion });
  return new SocketEdge({
    registry: door,
    verifyAccess: (token) => authenticator.verifyAccess(token),
    emotion: parts.emotion,
    closedGateOf: (userId) => gates.closedGate(userId),
    onObserved: (learnerId, sessionId, observation, told) => {
      minutes.note(learnerId, sessionId, observation, stressTold(told));
    },
    allowedOrigins: parts.settings.allowedOrigins,
    onBadToken: (address) => void rateLimits?.consume("socket", `address:${address}`),
    clock: systemClock,
    limits: DEFAULT_SOCKET_LIMITS,
  });
}

/** What REST changes is told to the open sockets, to what is gathered of emotion, and to the cache of courses. */
function hooksOf(
  sockets: SocketEdge,
  door: TaughtDoor,
  emotionMinutes: EmotionMinutes,
  { courses, asked, log }: EdgeParts,
): EdgeHooks {
  return {
    onDeactivated(userId) {
      sockets.closeUser(userId);
      void emotionMinutes.drop(userId);
    },
    onTokensEnded: (userId) => sockets.closeForEndedTokens(userId),
    onRoleChanged: (userId) => sockets.closeForRoleChange(userId),
    onConsentChanged: (userId) => sockets.consentChanged(userId),
    onSessionsChanged: (userId) => sockets.sessionsChanged(userId),
    onClassPolicyChanged: () => sockets.classPolicyChanged(),
    onRosterChanged(_classId, userIds) {
      asked.forget();
      // Who a class forbids emotion to has changed: the next frame asks the record.
      for (const userId of userIds) sockets.sessionsChanged(userId);
      door.rosterChanged(userIds).catch((error) => {
        log.write("error", "watches ended, since it could not be read who teaches whom", { reason: String(error) });
      });
    },
    onCourseChanged: (courseId) => courses.invalidate(courseId),
  };
}

/** What REST reads and writes beside the actors. */
function repositoriesOf(store: OpenStore) {
  const { courses, listings, history, consents, classes, rosters, leaderboards } = store;
  const { emotionHistory, llmCalls, classLlmPolicies, writtenWords } = store;
  const records = { emotionHistory, llmCalls, classLlmPolicies, writtenWords };
  return { courses, listings, history, consents, classes, rosters, leaderboards, ...records };
}

function appSettings(settings: Settings, version: string): AppSettings {
  const { allowedOrigins, trustedProxies, metricsToken, publicUrl, emotionRetentionDays } = settings;
  const bodyReadMsMax = BODY_READ_MS_MAX;
  return { version, allowedOrigins, trustedProxies, metricsToken, publicUrl, bodyReadMsMax, emotionRetentionDays };
}

/** Null where no credentials are issued. */
async function openOffice({ settings, badges, registry, store }: EdgeParts): Promise<BadgeOffice | null> {
  if (settings.credentials === null) return null;
  const { publicUrl, key } = settings.credentials;
  const { credentials } = store;
  return await BadgeOffice.open({
    issuer: { origin: publicUrl, key: await credentialKey(key, settings.dataDir) },
    badges,
    actors: registry,
    credentials,
    clock: systemClock,
    randomBytes: systemBytes,
  });
}

/** Builds REST and sockets; the caller hands `fetch` to `Deno.serve`. */
export async function startEdge(parts: EdgeParts): Promise<Edge> {
  const { settings, store, registry, asked, readiness, secret, metrics, log } = parts;
  const activeUsers = new ActiveUsers(store.users, systemClock);
  const tokenRules = { secret, issuer: "neurolearn", audience: "neurolearn", ...TOKEN_LIFETIMES };
  const tokens = new AccessTokens(tokenRules, systemClock);
  const authenticator = new Authenticator(tokens, activeUsers);
  const rateLimits = settings.rateLimits ? new RateLimits(DEFAULT_RATE_RULES) : null;
  const emotionMinutes = new EmotionMinutes({ history: store.emotionHistory, clock: systemClock, metrics, log });
  const teaching = new Teaching(store.rosters, systemClock);
  const door = new TaughtDoor(new AskedDoor(registry, (userIds) => asked.of(userIds), log), teaching);
  const sockets = openSockets(parts, door, authenticator, rateLimits, emotionMinutes);
  const rosterWatch = new RosterWatch({
    rosters: store.rosters,
    changed() {
      asked.forget();
      sockets.classPolicyChanged();
      return door.rosterChanged(null);
    },
    clock: systemClock,
    log,
  });
  const hooks = hooksOf(sockets, door, emotionMinutes, parts);
  const shared = {
    users: store.users,
    hooks,
    clock: systemClock,
    randomBytes: systemBytes,
    log,
    rateLimits,
  };
  const passwords = await Passwords.open(nativeBcrypt, settings.bcryptCost, freshSecret(systemBytes));
  const accounts = new Accounts({ ...shared, refreshTokens: store.refreshTokens, activeUsers, passwords, tokens });
  const appParts: AppParts = {
    ...shared,
    settings: appSettings(settings, parts.version),
    accounts,
    authenticator,
    ...repositoriesOf(store),
    emotionMinutes,
    emotion: parts.emotion,
    ...await openPages(settings.emotion),
    readiness,
    recommender: parts.recommender,
    llmDesk: parts.llmDesk,
    badges: parts.badges,
    debateMotions: await readDebateMotions(),
    badgeOffice: await openOffice(parts),
    teaching,
    actors: door,
    webSocketHandler: (request, address) => sockets.handle(request, address),
    streams: sockets.streams,
    asyncApiDocument: () => asyncApiDocument(SOCKET_PATH, parts.version),
    metrics,
  };
  const app = createApp(appParts);
  metrics.gauges("actors", () => registry.stats());
  metrics.gauges("sockets", () => sockets.stats());
  return { accounts, sockets, emotionMinutes, rosterWatch, fetch: (request, info) => app.fetch(request, info) };
}
