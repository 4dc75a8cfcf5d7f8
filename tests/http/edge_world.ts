/** The whole REST edge on a real store in a folder of its own, asked in memory; time is the test's. */
import { exportPKCS8, generateKeyPair } from "jose";
import { readBadgeRules } from "../../src/boot/badge_rules.ts";
import { readDebateMotions } from "../../src/boot/debate_motions.ts";
import type { Recommender } from "../../src/domain/adaptive/recommendation_question.ts";
import type { Json } from "../../src/domain/json.ts";
import type { Role } from "../../src/domain/principal.ts";
import { Accounts } from "../../src/http/accounts.ts";
import type { ActorDoor } from "../../src/http/actor_door.ts";
import { ActiveUsers } from "../../src/http/active_users.ts";
import { type AppSettings, createApp, type EdgeApp } from "../../src/http/app.ts";
import { BadgeOffice } from "../../src/http/credentials/badge_office.ts";
import { readSigningKey } from "../../src/http/credentials/signing_key.ts";
import { Authenticator } from "../../src/http/authenticate.ts";
import { EmotionMinutes } from "../../src/http/emotion_minutes.ts";
import { Metrics } from "../../src/http/metrics.ts";
import { type Bcrypt, nativeBcrypt, Passwords } from "../../src/http/passwords.ts";
import type { LlmDesk } from "../../src/domain/llm/call_records.ts";
import type { DeviceModels, EmotionInference } from "../../src/http/ports.ts";
import { DEFAULT_RATE_RULES, RateLimits, type RateRules } from "../../src/http/rate_limit.ts";
import type { WebFile } from "../../src/http/routes/web_routes.ts";
import type { StreamDoor } from "../../src/http/routes/stream_routes.ts";
import { TaughtDoor } from "../../src/http/taught_door.ts";
import { Teaching } from "../../src/http/teaching.ts";
import { AccessTokens, TOKEN_LIFETIMES } from "../../src/http/tokens.ts";
import { type OpenStore, openStore } from "../../src/store/open_store.ts";
import { notedHooks } from "./noted_hooks.ts";

export const PASSWORD = "correct horse battery";
const BCRYPT_COST_LOWEST = 4;
const START_MS = Date.UTC(2026, 0, 5, 8);

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where the answer is JSON, text otherwise. */
  // deno-lint-ignore no-explicit-any -- tests read members of answers they are about to check
  readonly body: any;
}

export interface Asked {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

export interface SignedUp {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly refreshToken: string;
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: { readonly [name: string]: Json };
}

const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const issuer = { origin: "https://learn.school.example", key: await readSigningKey(await exportPKCS8(privateKey)) };

const defaultSettings: AppSettings = {
  version: "0.0.0-test",
  allowedOrigins: ["https://school.example"],
  trustedProxies: 1,
  metricsToken: null,
  publicUrl: issuer.origin,
  bodyReadMsMax: 30_000,
  emotionRetentionDays: 30,
};

const noAnswer = {
  kind: "refused",
  code: "draining",
  message: "no actors here",
  retryAfterMs: 1_500,
} as const;

/** Streams are tested with the socket edge; here nobody has one. */
const noStreams: StreamDoor = {
  open: () => crypto.randomUUID(),
  read: () => null,
  take: () => null,
  end: () => undefined,
};

/** An actor runtime that is not there: for tests that never reach one. */
export const noActors: ActorDoor = {
  tell: () => Promise.resolve(noAnswer),
  read: () => Promise.resolve(noAnswer),
  watch: () => Promise.resolve(noAnswer),
  unwatch: () => {},
};

export class EdgeWorld {
  readonly log: LogLine[] = [];
  readonly told: string[] = [];
  readonly metrics = new Metrics();
  nowMs = START_MS;
  readiness: { [part: string]: { ok: boolean; detail: string } } = { database: { ok: true, detail: "answers" } };
  bcryptCompares = 0;
  /** Knows nothing, unless a test puts one in its place. */
  recommender: Recommender = { recommend: () => Promise.resolve({ recommendations: [], courses: [] }) };
  /** Reads nothing, unless a test puts a reader in its place; null where emotion is off. */
  emotion: EmotionInference | null = {
    read: () => Promise.resolve({ kind: "unavailable", reason: "no reader in this test" }),
    forget: () => undefined,
  };
  /** Names models without files, unless a test puts some in their place; null where emotion is off. */
  deviceModels: DeviceModels | null = {
    manifests: { faces: { name: "faces", version: "1" }, emotions: { name: "emotions", version: "1" } },
    file: () => Promise.resolve(null),
  };
  /** Runs without a language model, unless a test puts one in its place. */
  llmDesk: LlmDesk = {
    standing: () => null,
    limits: null,
    pseudonymOf: (learnerId) => Promise.resolve(`alias-${learnerId}`),
  };
  issuesCredentials = true;
  webFiles: ReadonlyMap<string, WebFile> = new Map();
  #people = 0;

  private constructor(readonly store: OpenStore, private readonly folder: string) {}

  /** Opens a store; the app comes with {@link serve}. */
  static async open(): Promise<EdgeWorld> {
    const folder = await Deno.makeTempDir({ prefix: "edge" });
    const store = await openStore({ kind: "pglite", dataDir: folder, durability: "process" });
    await store.migrate();
    return new EdgeWorld(store, folder);
  }

  async close(): Promise<void> {
    await this.store.close();
    await Deno.remove(this.folder, { recursive: true });
  }

  get clock(): { nowMs(): number } {
    return { nowMs: () => this.nowMs };
  }

  /** bcrypt itself, counted. */
  get #countedBcrypt(): Bcrypt {
    return {
      hash: nativeBcrypt.hash,
      verify: (password, hash) => {
        this.bcryptCompares += 1;
        return nativeBcrypt.verify(password, hash);
      },
    };
  }

  async serve(
    actors: ActorDoor = noActors,
    settings: Partial<AppSettings> = {},
    rules: RateRules = DEFAULT_RATE_RULES,
    webSocketHandler: (request: Request, address: string) => Response = () => new Response(null, { status: 426 }),
  ): Promise<Edge> {
    const { store, clock } = this;
    const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
    const log = {
      write: (level: string, message: string, fields = {}) => void this.log.push({ level, message, fields }),
    };
    const secret = "a test's own secret of forty characters.";
    const tokens = new AccessTokens(
      { secret, issuer: "neurolearn", audience: "neurolearn", ...TOKEN_LIFETIMES },
      clock,
    );
    const activeUsers = new ActiveUsers(store.users, clock);
    const rateLimits = new RateLimits(rules);
    const passwords = await Passwords.open(this.#countedBcrypt, BCRYPT_COST_LOWEST, crypto.randomUUID());
    const { users, refreshTokens } = store;
    const teaching = new Teaching(store.rosters, clock);
    const door = new TaughtDoor(actors, teaching);
    const shared = { users, activeUsers, rateLimits, hooks: notedHooks(this.told, door), clock, randomBytes, log };
    const accounts = new Accounts({ ...shared, refreshTokens, passwords, tokens });
    // Stored at the end alone: time here does not pass by itself.
    const emotionMinutes = new EmotionMinutes({
      history: store.emotionHistory,
      clock: { ...clock, after: () => () => undefined },
      metrics: this.metrics,
      log,
    });
    const badges = await readBadgeRules();
    const office = { ...shared, issuer, badges, actors, credentials: store.credentials };
    const app = createApp({
      ...store,
      ...shared,
      settings: { ...defaultSettings, ...settings },
      accounts,
      authenticator: new Authenticator(tokens, activeUsers),
      readiness: { check: () => Promise.resolve(this.readiness) },
      teaching,
      actors: door,
      badges,
      debateMotions: await readDebateMotions(),
      badgeOffice: this.issuesCredentials ? await BadgeOffice.open(office) : null,
      webSocketHandler,
      streams: noStreams,
      asyncApiDocument: () => ({ asyncapi: "3.0.0" }),
      metrics: this.metrics,
      recommender: this.recommender,
      emotion: this.emotion,
      deviceModels: this.deviceModels,
      llmDesk: this.llmDesk,
      webFiles: this.webFiles,
      emotionMinutes,
    });
    return new Edge(app, accounts, emotionMinutes, () => `p${++this.#people}`);
  }
}

/** An app and its callers. */
export class Edge {
  constructor(
    readonly app: EdgeApp,
    readonly accounts: Accounts,
    readonly emotionMinutes: EmotionMinutes,
    private readonly freshName: () => string,
  ) {}

  async ask(method: string, path: string, { token, body, headers = {} }: Asked = {}): Promise<Answer> {
    return await this.send(
      new Request(`http://edge.test${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  }

  /** Hands over a request as it is, for bodies that are not JSON. */
  async send(request: Request): Promise<Answer> {
    const env = { remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 4321 } } as const;
    const response = await this.app.fetch(request, env);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** A class of the teacher's with these students in it; resolves to its id. */
  async classOf({ token }: SignedUp, ...students: readonly SignedUp[]): Promise<string> {
    const { body: { id } } = await this.ask("POST", "/api/v1/classes", { token, body: { title: "7b" } });
    const { body: { code } } = await this.ask("POST", `/api/v1/classes/${id}/join-code`, { token });
    for (const student of students) {
      await this.ask("POST", "/api/v1/classes/join", { token: student.token, body: { code } });
    }
    return id;
  }

  /** Fresh accounts of these roles, same order. */
  async signUpAll<const Roles extends readonly Role[]>(...roles: Roles): Promise<{ [I in keyof Roles]: SignedUp }>;
  async signUpAll(...roles: readonly Role[]): Promise<SignedUp[]> {
    const people: SignedUp[] = [];
    for (const role of roles) people.push(await this.signUp(role));
    return people;
  }

  /** A fresh account of this role, logged in. */
  async signUp(role: Role): Promise<SignedUp> {
    const username = `${role}-${this.freshName()}`;
    const email = `${username}@school.example`;
    const user = await this.accounts.create({ username, email, password: PASSWORD, role });
    const pair = await this.accounts.logIn(username, PASSWORD, "192.0.2.7");
    return { id: user.id, username, token: pair.accessToken, refreshToken: pair.refreshToken };
  }
}
