/** The whole server: started part by part, ready when every part is, drained in the opposite order. */
import type { Meter } from "../actors/ports.ts";
import type { Registry } from "../actors/registry.ts";
import { createRecommender } from "../effects/recommend_items.ts";
import { CourseCache } from "../effects/course_cache.ts";
import { Metrics } from "../http/metrics.ts";
import type { LlmDesk } from "../domain/llm/call_records.ts";
import type { Readiness } from "../http/ports.ts";
import { type EmotionService, spareCores, startEmotionService } from "../ml/emotion_inference.ts";
import { Pseudonyms } from "../llm/pseudonyms.ts";
import { type OpenStore, openStore, type StoreConfig } from "../store/open_store.ts";
import { readContent } from "./content.ts";
import { type DemoAccount, seedDemo } from "./demo.ts";
import type { KnowledgeService } from "../ml/knowledge_service.ts";
import type { Log } from "./log.ts";
import { openKnowledge } from "./open_knowledge.ts";
import { openLanguageModel } from "./open_language_model.ts";
import { Retention } from "./retention.ts";
import type { Settings } from "./settings.ts";
import { openDataFolder } from "./data_folder.ts";
import type { NodeIdentity } from "./node_identity.ts";
import { FailureReport } from "./report_failures.ts";
import { type Edge, startEdge } from "./start_edge.ts";
import { startEngine } from "./start_engine.ts";
import { systemClock } from "./system_ports.ts";
import { tokenSecret } from "./token_secret.ts";

/** With sockets and store closed after it this stays under the ten seconds that containers usually get to stop. */
const DRAIN_MS_MAX = 7_000;
const SOCKETS_CLOSE_MS_MAX = 1_000;
/** How long requests under way are waited for; one that its client never ends would hold the process for ever. */
const REQUESTS_END_MS_MAX = 1_000;
const COME_BACK_MS = 1_000;

export interface Server {
  readonly url: string;
  readonly demoAccounts: readonly DemoAccount[];
  /** L6: refuses new work, finishes turns, tells clients where they stood, and gives everything back. */
  drain(): Promise<void>;
}

/** Where the store is kept under these settings. */
export function storeConfig(settings: Settings): StoreConfig {
  return settings.database.kind === "postgres"
    ? settings.database
    : { ...settings.database, dataDir: settings.dataDir };
}

interface ServingParts {
  readonly store: OpenStore;
  readonly emotion: EmotionService | null;
  readonly knowledge: KnowledgeService | null;
}

/** Lessons go on without the knowledge model, so only what it serves on is told of it. */
function knowledgeState(knowledge: KnowledgeService | null): { ok: boolean; detail: string } {
  if (knowledge === null) return { ok: true, detail: "no model: Elo predicts" };
  const { model, backend } = knowledge.report();
  return { ok: true, detail: `${model} on ${backend}` };
}

function readinessOf({ store, emotion, knowledge }: ServingParts, isDraining: () => boolean): Readiness {
  return {
    async check() {
      return {
        database: await store.ready(),
        emotion: emotion === null ? { ok: true, detail: "off" } : emotion.ready(),
        knowledge: knowledgeState(knowledge),
        accepting: isDraining() ? { ok: false, detail: "draining" } : { ok: true, detail: "taking work" },
      };
    },
  };
}

/** Null where the deployment reads no emotion: then no model is loaded. */
async function openEmotion(settings: Settings, meter: Meter, log: Log): Promise<EmotionService | null> {
  if (settings.emotion.kind === "off") return null;
  const service = await startEmotionService({
    backend: settings.mlBackend,
    emotionModelPath: settings.emotion.modelPath,
    wasmWorkers: spareCores(),
    clock: systemClock,
    meter,
  });
  const { backend, workers, emotionModel, notes } = service.report();
  log.write("info", "emotion inference", { backend, workers, model: emotionModel, notes });
  return service;
}

/** The language model, where there is one, and what administrators are told of it. */
async function openLanguage({ languageModel }: Settings, store: OpenStore, secret: string, metrics: Metrics, log: Log) {
  const pseudonyms = await Pseudonyms.open(secret);
  const model = openLanguageModel({ settings: languageModel, store, pseudonyms, meter: metrics, log });
  metrics.gauges("language_model", () => ({ callsUnderWay: model?.stats().calls ?? 0 }));
  const desk: LlmDesk = {
    standing: () => model?.stats() ?? null,
    limits: languageModel?.limits ?? null,
    pseudonymOf: (learnerId) => pseudonyms.of(learnerId),
  };
  return { model, desk };
}

/** What is deleted once it is older than the settings say. */
function startRetentions(
  { emotionRetentionDays, llmRetentionDays }: Settings,
  { emotionHistory, llmCalls }: OpenStore,
  log: Log,
): readonly Retention[] {
  const kept = [
    { what: "summaries of emotion", days: emotionRetentionDays, expire: (ms: number) => emotionHistory.expire(ms) },
    { what: "calls of the language model", days: llmRetentionDays, expire: (ms: number) => llmCalls.expire(ms) },
  ];
  const retentions = kept.map((one) => new Retention(one, systemClock, log));
  for (const retention of retentions) retention.start();
  return retentions;
}

interface RunningParts extends ServingParts {
  readonly identity: NodeIdentity;
  readonly registry: Registry;
  readonly edge: Edge;
  readonly retentions: readonly Retention[];
  readonly listener: Deno.HttpServer;
}

/** Takes no new request and lets those under way end; false when some had not when the time was up. */
async function endRequests(listener: Deno.HttpServer): Promise<boolean> {
  const timeUp = Promise.withResolvers<void>();
  const cancel = systemClock.after(REQUESTS_END_MS_MAX, timeUp.resolve);
  // The runtime refuses to abort a shutdown that has begun: what is left ends with the process.
  const ended = await Promise.race([listener.shutdown().then(() => true), timeUp.promise.then(() => false)]);
  cancel();
  return ended;
}

async function drainAll(parts: RunningParts, log: Log): Promise<void> {
  const { identity, listener, edge, retentions, registry, emotion, knowledge, store } = parts;
  const begunMs = systemClock.nowMs();
  const report = await registry.drain(DRAIN_MS_MAX);
  await edge.sockets.closeAll("the server restarts", COME_BACK_MS, SOCKETS_CLOSE_MS_MAX);
  const ended = await endRequests(listener);
  for (const retention of retentions) retention.stop();
  edge.rosterWatch.stop();
  await edge.emotionMinutes.end();
  emotion?.close();
  knowledge?.close();
  await store.close();
  identity.release();
  log.write("info", "drained", { ms: systemClock.nowMs() - begunMs, requests_cut: !ended, ...report });
}

export class ListenError extends Error {
  override readonly name = "ListenError";
}

function listen({ host, port }: Settings, edge: Edge): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve(
      { hostname: host, port, onListen: () => undefined },
      (request, info) => edge.fetch(request, info),
    );
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ListenError(`cannot listen on ${host}, port ${port}: ${why}`, { cause });
  }
}

async function migrated(store: OpenStore, log: Log): Promise<void> {
  const migrations = await store.migrate();
  if (migrations.length > 0) log.write("info", "migrated", { migrations });
}

/** Starts everything. Rejects with the part's own error when one cannot start, after those before it were let go. */
export async function startServer(settings: Settings, version: string, log: Log): Promise<Server> {
  await using opened = new AsyncDisposableStack();
  const content = await readContent();
  const identity = await openDataFolder(settings.nodeName, settings.dataDir, log);
  opened.defer(() => identity.release());
  const store = await openStore(storeConfig(settings));
  opened.defer(() => store.close());
  await migrated(store, log);
  await identity.succeed(store.store.ownership);
  const metrics = new Metrics();
  const emotion = await openEmotion(settings, metrics, log);
  opened.defer(() => emotion?.close());
  const courses = new CourseCache((courseId) => store.courses.byId(courseId));
  const knowledge = await openKnowledge(settings, metrics, log);
  opened.defer(() => knowledge?.close());
  const secret = await tokenSecret(settings.tokenSecret, settings.dataDir);
  const language = await openLanguage(settings, store, secret, metrics, log);
  const { sources, ...engine } = await startEngine({
    node: identity.node,
    store: store.store,
    courses,
    askModel: knowledge?.ask ?? null,
    languageModel: language.model,
    ...content,
    newestCourses: (limit) => store.courses.newest(limit),
    isTaught: (learnerId) => store.rosters.teaches(null, learnerId),
    listings: store.listings,
    meter: metrics,
    failures: new FailureReport(log),
  });
  opened.defer(() => engine.registry.drain(DRAIN_MS_MAX).then(() => undefined));
  let isDraining = false;
  const edge = await startEdge({
    settings,
    badges: content.badges,
    store,
    ...engine,
    courses,
    emotion,
    recommender: createRecommender({ ...sources, newestCourses: (limit) => store.courses.newest(limit) }),
    llmDesk: language.desk,
    secret,
    readiness: readinessOf({ store, emotion, knowledge }, () => isDraining),
    metrics,
    version,
    log,
  });
  const demoAccounts = settings.seedDemo ? await seedDemo(edge.accounts, store, settings.dataDir) : [];
  const listener = listen(settings, edge);
  const retentions = startRetentions(settings, store, log);
  opened.move(); // From here on the drain lets them go.
  return {
    url: `http://${settings.host}:${listener.addr.port}`,
    demoAccounts,
    async drain() {
      isDraining = true;
      await drainAll({ identity, listener, edge, retentions, ...engine, emotion, knowledge, store }, log);
    },
  };
}
