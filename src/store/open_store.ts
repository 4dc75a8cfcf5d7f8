/** Opens the store: PGlite or Postgres, the runtime's ports on it, and the edge's repositories. */
import type { Store } from "../actors/ports.ts";
import type { ClassLlmPolicies, LlmCalls } from "../domain/llm/call_records.ts";
import type { WrittenWords } from "../domain/room/written_words.ts";
import type {
  Classes,
  Consents,
  Courses,
  Credentials,
  EmotionHistory,
  History,
  Leaderboards,
  RefreshTokens,
  Rosters,
  Users,
} from "../http/ports.ts";
import { PostgresClasses } from "./classes.ts";
import { type Connections, connectTo, patientConnection, type Server } from "./connections.ts";
import { PostgresConsents } from "./consents.ts";
import { PostgresCourses } from "./courses.ts";
import { PostgresCredentials } from "./credentials.ts";
import { PostgresDeadLetters } from "./dead_letters.ts";
import { PostgresEmotionHistory } from "./emotion_history.ts";
import { PostgresHistory } from "./history.ts";
import { PostgresJournal } from "./journal.ts";
import { PostgresLeaderboards } from "./leaderboards.ts";
import { PostgresListings } from "./listings.ts";
import { PostgresLlmCalls } from "./llm_calls.ts";
import { PostgresClassLlmPolicies } from "./class_llm_policies.ts";
import { migrate } from "./migrate.ts";
import { PostgresOutbox } from "./outbox.ts";
import { PostgresOwnership } from "./ownership.ts";
import { openPglite } from "./pglite.ts";
import type { Durability } from "./pglite_messages.ts";
import { PostgresRefreshTokens } from "./refresh_tokens.ts";
import { PostgresRosters } from "./rosters.ts";
import { PostgresSnapshots } from "./snapshots.ts";
import { PostgresTimers } from "./timers.ts";
import { Upkeep } from "./upkeep.ts";
import { PostgresUsers } from "./users.ts";
import { PostgresWrittenWords } from "./written_words.ts";

/** PGlite serves one query at a time; more connections than these would only wait inside it. */
const PGLITE_POOL_MAX = 4;

/** A probe of readiness waits no longer for the database's answer: whoever asks wants to know now. */
export const READY_MS_MAX = 2_000;
/** A server that answers no more need not be told goodbye; the process is about to end and its sockets with it. */
export const CLOSE_MS_MAX = 1_000;

/** The database gave no answer in time. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswerError(`no answer in ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export type StoreConfig =
  | { readonly kind: "postgres"; readonly url: string; readonly poolMax: number }
  | { readonly kind: "pglite"; readonly dataDir: string; readonly durability: Durability };

export interface OpenStore {
  readonly store: Store;
  readonly users: Users;
  readonly refreshTokens: RefreshTokens;
  readonly courses: Courses;
  readonly listings: PostgresListings;
  readonly history: History;
  readonly consents: Consents;
  readonly classes: Classes;
  readonly rosters: Rosters;
  readonly emotionHistory: EmotionHistory;
  readonly leaderboards: Leaderboards;
  readonly credentials: Credentials;
  readonly writtenWords: WrittenWords;
  readonly llmCalls: LlmCalls;
  readonly classLlmPolicies: ClassLlmPolicies;
  /** Runs the migrations that are due and names them. Call it before anything else. */
  migrate(): Promise<readonly string[]>;
  /** Whether the database answers now, in words that an operator can act on. Never rejects. */
  ready(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  close(): Promise<void>;
}

/** Opens the store; with PGlite this starts the database, with Postgres the first query connects. */
export async function openStore(config: StoreConfig): Promise<OpenStore> {
  if (config.kind === "postgres") {
    const server: Server = { kind: "url", url: config.url };
    return storeOn(server, connectTo(server, config.poolMax), ELSEWHERE);
  }
  const pglite = await openPglite(config);
  const server: Server = { kind: "socket", folder: pglite.socketFolder };
  const upkeep = new Upkeep(patientConnection(server));
  upkeep.start();
  return storeOn(server, connectTo(server, PGLITE_POOL_MAX), {
    failure: pglite.failure,
    warning: () => upkeep.failure(),
    async close() {
      await upkeep.stop();
      await pglite.close();
    },
  });
}

/** What runs the database, as far as it is ours to run. */
interface Engine {
  /** Why it cannot be used any more, or null. */
  failure(): string | null;
  /** What an operator should look at although it serves, or null. */
  warning(): string | null;
  close(): Promise<void>;
}

const ELSEWHERE: Engine = { failure: () => null, warning: () => null, close: () => Promise.resolve() };

function storeOn(server: Server, connections: Connections, engine: Engine): OpenStore {
  const { appends, queries, db } = connections;
  return {
    store: {
      journal: new PostgresJournal(appends, queries),
      snapshots: new PostgresSnapshots(queries),
      ownership: new PostgresOwnership(queries),
      timers: new PostgresTimers(queries),
      outbox: new PostgresOutbox(queries),
      deadLetters: new PostgresDeadLetters(queries),
    },
    users: new PostgresUsers(db),
    refreshTokens: new PostgresRefreshTokens(db),
    courses: new PostgresCourses(db),
    listings: new PostgresListings(db),
    history: new PostgresHistory(db),
    consents: new PostgresConsents(db),
    classes: new PostgresClasses(db),
    rosters: new PostgresRosters(db),
    emotionHistory: new PostgresEmotionHistory(db),
    leaderboards: new PostgresLeaderboards(db),
    credentials: new PostgresCredentials(db),
    writtenWords: new PostgresWrittenWords(db),
    llmCalls: new PostgresLlmCalls(db),
    classLlmPolicies: new PostgresClassLlmPolicies(db),
    migrate: () => migrate(server),
    ready: () => readiness(connections, engine),
    async close() {
      try {
        await within(CLOSE_MS_MAX, connections.close());
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        // Nothing waits for these answers any more.
      }
      await engine.close();
    },
  };
}

async function readiness(connections: Connections, engine: Engine): Promise<{ ok: boolean; detail: string }> {
  const failure = engine.failure();
  if (failure !== null) return { ok: false, detail: `the database has failed, restart the process: ${failure}` };
  const begunMs = performance.now();
  try {
    const asked = Promise.all([connections.appends.query("select 1"), connections.queries.query("select 1")]);
    await within(READY_MS_MAX, asked);
  } catch (error) {
    return { ok: false, detail: `the database does not answer: ${error instanceof Error ? error.message : error}` };
  }
  const idleError = connections.idleError();
  const warning = engine.warning();
  return {
    ok: true,
    detail: [
      `answered in ${Math.ceil(performance.now() - begunMs)} ms`,
      ...idleError === null ? [] : [`a connection was lost earlier: ${idleError}`],
      ...warning === null ? [] : [`upkeep fails: ${warning}`],
    ].join("; "),
  };
}
