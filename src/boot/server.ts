/** The whole server: started part by part, ready when every part is, drained in the opposite order. */
import type { Meter } from "../actors/ports.ts";
import type { Registry } from "../actors/registry.ts";
import { CourseCache } from "../effects/course_cache.ts";
import { Metrics } from "../http/metrics.ts";
import type { Readiness } from "../http/ports.ts";
import { type EmotionService, spareCores, startEmotionService } from "../ml/emotion_inference.ts";
import { type OpenStore, openStore, type StoreConfig } from "../store/open_store.ts";
import { type DemoAccount, seedAccounts, seedCourse } from "./demo.ts";
import type { KnowledgeService } from "../ml/knowledge_service.ts";
import type { Log } from "./log.ts";
import { openKnowledge } from "./open_knowledge.ts";
import type { Settings } from "./settings.ts";
import { type NodeIdentity, nodeIdentity } from "./node_identity.ts";
import { type Edge, startEdge } from "./start_edge.ts";
import { startEngine } from "./start_engine.ts";
import { systemClock } from "./system_ports.ts";
import { tokenSecret } from "./token_secret.ts";

const DRAIN_MS_MAX = 8_000;
const SOCKETS_CLOSE_MS_MAX = 1_000;
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

function readinessOf(store: OpenStore, emotion: EmotionService | null, isDraining: () => boolean): Readiness {
  return {
    async check() {
      const off = { ok: true, detail: "off" };
      return {
        database: await store.ready(),
        ml: emotion === null ? off : emotion.ready(),
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

interface RunningParts {
  readonly identity: NodeIdentity;
  readonly store: OpenStore;
  readonly emotion: EmotionService | null;
  readonly knowledge: KnowledgeService | null;
  readonly registry: Registry;
  readonly edge: Edge;
  readonly listener: Deno.HttpServer;
}

async function drainAll(parts: RunningParts, log: Log): Promise<void> {
  const { identity, listener, edge, registry, emotion, knowledge, store } = parts;
  const begunMs = systemClock.nowMs();
  const report = await registry.drain(DRAIN_MS_MAX);
  await edge.sockets.closeAll("the server restarts", COME_BACK_MS, SOCKETS_CLOSE_MS_MAX);
  await listener.shutdown();
  emotion?.close();
  knowledge?.close();
  await store.close();
  identity.release();
  log.write("info", "drained", { ms: systemClock.nowMs() - begunMs, ...report });
}

/** Starts everything. Rejects with the part's own error when one cannot start. */
export async function startServer(settings: Settings, version: string, log: Log): Promise<Server> {
  await Deno.mkdir(settings.dataDir, { recursive: true });
  const identity = await nodeIdentity(settings.nodeName, settings.dataDir);
  const store = await openStore(storeConfig(settings));
  const migrated = await store.migrate();
  if (migrated.length > 0) log.write("info", "migrated", { migrations: migrated });
  const metrics = new Metrics();
  const emotion = await openEmotion(settings, metrics, log);
  const courses = new CourseCache(async (courseId) => (await store.courses.byId(courseId))?.course ?? null);
  const knowledge = await openKnowledge(settings, metrics, log);
  const registry = await startEngine({
    node: identity.node,
    store: store.store,
    courses,
    askModel: knowledge?.ask ?? null,
    meter: metrics,
  });
  let isDraining = false;
  const edge = await startEdge({
    settings,
    tokenSecret: await tokenSecret(settings.tokenSecret, settings.dataDir),
    store,
    registry,
    courses,
    emotion,
    readiness: readinessOf(store, emotion, () => isDraining),
    metrics,
    version,
    log,
  });
  const demoAccounts = settings.seedDemo ? await seedAccounts(edge.accounts, store.users, settings.dataDir) : [];
  if (settings.seedDemo) await seedCourse(store.courses);
  const listener = Deno.serve(
    { hostname: settings.host, port: settings.port, onListen: () => undefined },
    (request, info) => edge.fetch(request, info),
  );
  return {
    url: `http://${settings.host}:${listener.addr.port}`,
    demoAccounts,
    async drain() {
      isDraining = true;
      await drainAll({ identity, listener, edge, registry, emotion, knowledge, store }, log);
    },
  };
}
