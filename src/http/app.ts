/** The REST edge: every route behind its guard, every answer logged, every refusal a problem document. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { open } from "./access_rules.ts";
import type { Accounts } from "./accounts.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { Authenticator } from "./authenticate.ts";
import type { Recommender } from "../domain/adaptive/recommendation_question.ts";
import type { Motion } from "../domain/debate/motion.ts";
import type { BadgeRule } from "../domain/rewards/badge.ts";
import { ClassRosters } from "./class_rosters.ts";
import { addressKey } from "./client_address.ts";
import { corsFor } from "./cors.ts";
import type { BadgeOffice } from "./credentials/badge_office.ts";
import { ClassLanguageModel } from "./class_language_model.ts";
import { CourseChecker } from "./course_checker.ts";
import { CourseShelf } from "./course_shelf.ts";
import { Debates } from "./debates.ts";
import { Decisions } from "./decisions.ts";
import { openApiDocument } from "./documents/openapi_document.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import type { EdgeLog } from "./edge_log.ts";
import { EMOTION_CONSENT_TEXT } from "./consent_text.ts";
import { EmotionConsent } from "./emotion_consent.ts";
import { EmotionDetection } from "./emotion_detection.ts";
import { EmotionGates } from "./emotion_gates.ts";
import type { EmotionMinutes } from "./emotion_minutes.ts";
import { EmotionTrajectory } from "./emotion_trajectory.ts";
import { EmotionRecords } from "./emotion_records.ts";
import { EmotionRetreat } from "./emotion_retreat.ts";
import { Guard } from "./guard.ts";
import type { RandomBytes } from "./identifiers.ts";
import { JoinCodes } from "./join_codes.ts";
import { LearnerDna } from "./learner_dna.ts";
import { LeaderboardReader } from "./leaderboards.ts";
import { LearnerGoals } from "./learner_goals.ts";
import { LearnerQuests } from "./learner_quests.ts";
import { LearnerRecords } from "./learner_records.ts";
import { LearnerProfiles } from "./learner_profiles.ts";
import { LessonRosters } from "./lesson_rosters.ts";
import { Lessons } from "./lessons.ts";
import { LiveSessions } from "./live_sessions.ts";
import { methodsOf } from "./method_check.ts";
import type { Metrics } from "./metrics.ts";
import type { ClassLlmPolicies, LlmCalls, LlmDesk } from "../domain/llm/call_records.ts";
import type { WrittenWords } from "../domain/room/written_words.ts";
import type {
  Classes,
  Consents,
  Courses,
  DeviceModels,
  EmotionHistory,
  EmotionInference,
  History,
  Leaderboards,
  Listings,
  Readiness,
  Rosters,
  Users,
} from "./ports.ts";
import { PartnerSearches } from "./partner_searches.ts";
import { PointReversals } from "./point_reversals.ts";
import { notFound, problem, type ProblemError, problemResponse } from "./problem.ts";
import { ProfileDoor } from "./profile_door.ts";
import type { RateLimits } from "./rate_limit.ts";
import type { OpenEnv } from "./request_env.ts";
import { logRequests, RequestLog } from "./request_log.ts";
import { asProblem } from "./as_problem.ts";
import { authRoutes } from "./routes/auth_routes.ts";
import { badgeRoutes } from "./routes/badge_routes.ts";
import { classRoutes } from "./routes/class_routes.ts";
import { consentRoutes } from "./routes/consent_routes.ts";
import { courseRoutes } from "./routes/course_routes.ts";
import { credentialRoutes } from "./routes/credential_routes.ts";
import { debateRoutes } from "./routes/debate_routes.ts";
import { decisionRoutes } from "./routes/decision_routes.ts";
import { dnaRoutes } from "./routes/dna_routes.ts";
import { documentRoutes } from "./routes/document_routes.ts";
import { emotionRoutes } from "./routes/emotion_routes.ts";
import { feedRoutes } from "./routes/feed_routes.ts";
import { goalRoutes } from "./routes/goal_routes.ts";
import { healthRoutes } from "./routes/health_routes.ts";
import { issuerRoutes } from "./routes/issuer_routes.ts";
import { joinCodeRoutes } from "./routes/join_code_routes.ts";
import { lessonRoutes } from "./routes/lesson_routes.ts";
import { leaderboardRoutes } from "./routes/leaderboard_routes.ts";
import { llmRoutes } from "./routes/llm_routes.ts";
import { matchingRoutes } from "./routes/matching_routes.ts";
import { modelRoutes } from "./routes/model_routes.ts";
import { overrideRoutes } from "./routes/override_routes.ts";
import { pointsRoutes } from "./routes/points_routes.ts";
import { problemRoutes } from "./routes/problem_routes.ts";
import { profileRoutes } from "./routes/profile_routes.ts";
import { questRoutes } from "./routes/quest_routes.ts";
import { recommendationRoutes } from "./routes/recommendation_routes.ts";
import { reviewRoutes } from "./routes/review_routes.ts";
import { roomRoutes } from "./routes/room_routes.ts";
import { rosterRoutes } from "./routes/roster_routes.ts";
import { sessionRoutes } from "./routes/session_routes.ts";
import { type StreamDoor, streamRoutes } from "./routes/stream_routes.ts";
import { submissionRoutes } from "./routes/submission_routes.ts";
import { userRoutes } from "./routes/user_routes.ts";
import type { Teaching } from "./teaching.ts";
import { type WebFile, webRoutes } from "./routes/web_routes.ts";
import { SchoolClasses } from "./school_classes.ts";
import { securityHeaders } from "./security_headers.ts";

export interface AppSettings {
  readonly version: string;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: number;
  readonly metricsToken: string | null;
  /** Origin by which everyone reaches the server; null where it was not said. */
  readonly publicUrl: string | null;
  /** Time that a request's body may take to arrive. */
  readonly bodyReadMsMax: number;
  /** How long summaries of emotion are kept; learners are told with the consent text. */
  readonly emotionRetentionDays: number;
}

export interface AppParts {
  readonly settings: AppSettings;
  readonly accounts: Accounts;
  readonly authenticator: Authenticator;
  readonly rateLimits: RateLimits | null;
  readonly users: Users;
  readonly teaching: Teaching;
  readonly courses: Courses;
  readonly listings: Listings;
  readonly history: History;
  readonly consents: Consents;
  readonly classes: Classes;
  readonly rosters: Rosters;
  readonly leaderboards: Leaderboards;
  readonly emotionHistory: EmotionHistory;
  readonly emotionMinutes: EmotionMinutes;
  readonly llmCalls: LlmCalls;
  readonly classLlmPolicies: ClassLlmPolicies;
  readonly llmDesk: LlmDesk;
  readonly writtenWords: WrittenWords;
  /** Null where the deployment infers no emotion. */
  readonly emotion: EmotionInference | null;
  /** For browsers that read their own cameras: null and empty where the deployment infers no emotion. */
  readonly deviceModels: DeviceModels | null;
  readonly webFiles: ReadonlyMap<string, WebFile>;
  readonly readiness: Readiness;
  readonly recommender: Recommender;
  readonly badges: readonly BadgeRule[];
  readonly debateMotions: readonly Motion[];
  /** Null where the deployment issues no credentials. */
  readonly badgeOffice: BadgeOffice | null;
  /** As people reach them, see `taught_door.ts`. */
  readonly actors: ActorDoor;
  /** The socket edge's door: upgrades the request, or throws the problem that says why not. */
  readonly webSocketHandler: (request: Request, address: string) => Response | Promise<Response>;
  /** The same door for those whose network blocks WebSocket. */
  readonly streams: StreamDoor;
  readonly asyncApiDocument: () => object;
  readonly metrics: Metrics;
  readonly hooks: EdgeHooks;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
  readonly log: EdgeLog;
}

const API = "/api/v1";
/** Where the WebSocket of protocol `neurolearn.v1` opens. */
export const SOCKET_PATH = `${API}/socket`;

/** What `Deno.serve` hands requests to. */
export interface EdgeApp {
  /** Every route there is. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  fetch(request: Request, env: OpenEnv["Bindings"]): Response | Promise<Response>;
}

/** The routes, with the one that is read most answered ahead of them from memory. */
export function createApp(parts: AppParts): EdgeApp {
  const { authenticator, rateLimits, settings } = parts;
  const requests = new RequestLog({ ...parts, trustedProxies: settings.trustedProxies });
  const profiles = new LearnerProfiles({ ...parts, lessonRosters: new LessonRosters(parts) });
  const routes = createRoutes(parts, requests, profiles);
  const door = new ProfileDoor(`${API}/profile`, { authenticator, rateLimits, profiles, requests });
  return {
    routes: routes.routes,
    fetch(request, env) {
      const recalled = door.recall(request);
      if (recalled === null) return routes.fetch(request, env);
      return door.answer(request, env.remoteAddr, recalled).then((answer) => answer ?? routes.fetch(request, env));
    },
  };
}

function createRoutes(parts: AppParts, requests: RequestLog, profiles: LearnerProfiles): OpenAPIHono<OpenEnv> {
  const { settings, accounts, users, courses } = parts;
  const guard = new Guard(parts.authenticator, parts.rateLimits, settings.bodyReadMsMax);
  const textVersion = parts.emotion === null ? null : EMOTION_CONSENT_TEXT.version;
  const gates = new EmotionGates({ ...parts, textVersion });
  const emotionRetreat = new EmotionRetreat({ ...parts, gates });
  const sessions = new LiveSessions({ ...parts, emotionRetreat });
  const shelf = new CourseShelf({ ...parts, checker: new CourseChecker() });
  const app = new OpenAPIHono<OpenEnv>();
  app.onError((error, c) => problemResponse(c, asProblem(error, c, parts.log).problem, c.var.requestId));
  app.notFound(async (c) => {
    await guard.countStranger(c);
    return problemResponse(c, unmatched(app, c).problem, c.var.requestId);
  });
  app.use(logRequests(requests));
  app.use(securityHeaders);
  app.use(corsFor(settings.allowedOrigins, (c) => guard.countStranger(c)));
  app.get(
    SOCKET_PATH,
    guard.open(open("socket")),
    (c) => parts.webSocketHandler(c.req.raw, addressKey(c.var.clientAddress)),
  );
  app.route(API, streamRoutes(parts.streams, guard));
  app.route("/", healthRoutes(parts.readiness, parts.metrics, settings.metricsToken, guard));
  app.route(API, authRoutes(accounts, guard));
  app.route(API, userRoutes({ accounts, users, emotionRetreat }, guard));
  app.route(API, courseRoutes(shelf, courses, guard));
  app.route(API, sessionRoutes(sessions, parts, guard));
  app.route(API, overrideRoutes(sessions, courses, guard));
  app.route(API, decisionRoutes(new Decisions(sessions, parts.history), guard));
  app.route(API, recommendationRoutes({ ...parts, learners: parts }, guard));
  for (const routes of classApps({ ...parts, gates, emotionRetreat, textVersion }, guard)) app.route(API, routes);
  app.route(API, dnaRoutes(new LearnerDna(parts), parts, guard));
  app.route(API, reviewRoutes({ ...parts, learners: parts }, guard));
  for (const routes of learnerApps(parts, profiles, guard)) app.route(API, routes);
  app.route("/", issuerRoutes(parts.badgeOffice, guard));
  app.route("/", modelRoutes(parts.deviceModels, guard));
  app.route("/", webRoutes(parts.webFiles, guard));
  app.route("/", problemRoutes(guard));
  app.route(
    "/",
    documentRoutes({ openApi: () => openApiDocument(app, settings.version), asyncApi: parts.asyncApiDocument }, guard),
  );
  return app;
}

interface ClassParts extends AppParts {
  readonly gates: EmotionGates;
  readonly emotionRetreat: EmotionRetreat;
  readonly textVersion: string | null;
}

/** Classes with their policies, leaderboards, debates, consent, and what is read and kept of faces. */
function classApps(parts: ClassParts, guard: Guard): readonly OpenAPIHono<OpenEnv>[] {
  const consent = new EmotionConsent(parts);
  const detection = new EmotionDetection(parts);
  const lessonRosters = new LessonRosters(parts);
  const classes = new SchoolClasses({ ...parts, lessonRosters });
  const partnerSearches = new PartnerSearches(parts);
  return [
    // Before the routes of one class, whose ids would take `join` for one.
    rosterRoutes(new ClassRosters({ ...parts, lessonRosters, partnerSearches }, classes), guard),
    lessonRoutes(new Lessons({ ...parts, classes, lessonRosters }), parts.courses, guard),
    matchingRoutes(partnerSearches, guard),
    classRoutes(classes, guard),
    joinCodeRoutes(new JoinCodes({ ...parts, ...parts.settings }, classes), guard),
    leaderboardRoutes(new LeaderboardReader({ ...parts, classes }), guard),
    llmRoutes({
      desk: parts.llmDesk,
      calls: parts.llmCalls,
      classes: new ClassLanguageModel({ ...parts, classes }),
    }, guard),
    debateRoutes(new Debates(parts), guard),
    roomRoutes(parts, guard),
    consentRoutes(consent, parts.settings.emotionRetentionDays, guard),
    emotionRoutes({ detection, trajectories: new EmotionTrajectory(parts), records: new EmotionRecords(parts) }, guard),
  ];
}

/** What learners set and earn, and what happened to them. */
function learnerApps(
  parts: AppParts,
  profiles: LearnerProfiles,
  guard: Guard,
): readonly OpenAPIHono<OpenEnv>[] {
  const { badges, badgeOffice, clock } = parts;
  const records = new LearnerRecords(parts);
  const quests = new LearnerQuests(parts, records);
  return [
    pointsRoutes(records, new PointReversals(parts), parts, clock, guard),
    badgeRoutes(records, badges, parts, guard),
    feedRoutes(records, parts, guard),
    credentialRoutes(badgeOffice, parts, guard),
    questRoutes({ quests, records, learners: parts }, guard),
    submissionRoutes(quests, guard),
    profileRoutes(profiles, parts, guard),
    goalRoutes(new LearnerGoals(parts.actors, records, profiles), parts, guard),
  ];
}

function unmatched(app: OpenAPIHono<OpenEnv>, c: Context<OpenEnv>): ProblemError {
  const methods = methodsOf(app, c.req.path);
  if (methods.length === 0) return notFound();
  c.header("allow", methods.join(", "));
  return problem("method_not_allowed", `Here one may ${methods.join(", ")}.`);
}
