/** Settings from the environment: parsed once at start, every fault listed at once. */
import { z } from "zod";
import {
  LANGUAGE_MODEL_VARIABLES,
  languageModelFaults,
  type LanguageModelSettings,
  languageModelSettings,
  unusedLanguageModelVariables,
} from "./language_model_settings.ts";
import { whole } from "./whole_setting.ts";

/** Long enough, yet on every attacker's list: secrets that tutorials and token debuggers show. */
const WELL_KNOWN_SECRETS: ReadonlySet<string> = new Set([
  "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
  "a-string-secret-at-least-256-bits-long",
  "a-string-secret-at-least-512-bits-long-which-is-very-secure-indeed",
  "404e635266556a586e3272357538782f413f4428472b4b6250645367566b5970",
  "3cfa76ef14937c1c0ea519f8fc057a80fcd04a7420f8e8bcd0a7567c272e007b",
  "abcdefghijklmnopqrstuvwxyz123456",
  "abcdefghijklmnopqrstuvwxyz0123456789",
  "0123456789abcdef0123456789abcdef",
]);
/** Words of a placeholder that somebody was to replace. */
const PLACEHOLDER =
  /change[-_ ]?(me|this|it|in)|your[-_ ].*(secret|key)|secret.*(256|key|prod)|super[-_ ]?secret|replace[-_ ]/i;
const SECRET_LENGTH_MIN = 32;
const BCRYPT_COST_DEFAULT = 11;
const BCRYPT_COST_PRODUCTION_MIN = 10;

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://")
  .refine((text) => URL.canParse(text), "is not a URL; percent-encode special characters of the password");
const onOff = z.enum(["on", "off"]);
const origin = z.string().refine(
  (text) => text === "*" || (URL.canParse(text) && new URL(text).origin === text),
  "is not an origin such as https://school.example (scheme, host, port; no path)",
);

const environmentSchema = z.object({
  NEUROLEARN_ENV: z.enum(["development", "production"]).default("development"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: whole(0, 65_535).default(8000),
  DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_MAX: whole(2, 200).default(10),
  PGLITE_DURABILITY: z.enum(["process", "power"]).default("power"),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, "must begin with redis:// or rediss://").optional(),
  JWT_SECRET_KEY: z.string().optional(),
  SECRET_KEY: z.string().optional(),
  ALLOWED_ORIGINS: z.string().default("").transform((text) =>
    text.split(",").map((part) => part.trim()).filter((part) => part !== "")
  ).pipe(z.array(origin)),
  TRUSTED_PROXIES: whole(0, 10).default(0),
  ML_BACKEND: z.enum(["auto", "webgpu", "wasm"]).default("auto"),
  EMOTION: onOff.optional(),
  EMOTION_RETENTION_DAYS: whole(1, 365).default(30),
  EMOTION_MODEL_PATH: z.string().min(1).optional(),
  ADAPTIVE_MODEL_PATH: z.string().min(1).optional(),
  ...LANGUAGE_MODEL_VARIABLES,
  PUBLIC_URL: z.string().refine(
    (text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text,
    "is not an origin such as https://learn.school.example (no path, no slash at the end)",
  ).optional(),
  CREDENTIAL_KEY: z.string().regex(
    /^-----BEGIN PRIVATE KEY-----/,
    "is no PKCS #8 key in PEM: `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072` makes one",
  ).optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  BCRYPT_COST: whole(4, 15).default(BCRYPT_COST_DEFAULT),
  SEED_DEMO: onOff.optional(),
  NODE_NAME: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/).optional(),
  RATE_LIMITS: onOff.default("on"),
});

export interface Settings {
  readonly environment: "development" | "production";
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly database:
    | { readonly kind: "postgres"; readonly url: string; readonly poolMax: number }
    | { readonly kind: "pglite"; readonly durability: "process" | "power" };
  /** Null in development without one: the server then makes a secret and keeps it under `dataDir`. */
  readonly tokenSecret: string | null;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: number;
  readonly mlBackend: "auto" | "webgpu" | "wasm";
  readonly emotion: { readonly kind: "off" } | { readonly kind: "on"; readonly modelPath: string | null };
  /** Summaries of emotion older than this are deleted. */
  readonly emotionRetentionDays: number;
  /** A folder with a `manifest.json` that replaces the knowledge model; null for the one that ships. */
  readonly adaptiveModelPath: string | null;
  /** Scheme, host and port by which everyone reaches the server; null in production where it was not said. */
  readonly publicUrl: string | null;
  /** Null in production without a key: then no credentials are issued. */
  readonly credentials: {
    /** In every credential, so that it must stay. */
    readonly publicUrl: string;
    /** PKCS #8 in PEM; null in development without one: the server then makes a key and keeps it under `dataDir`. */
    readonly key: string | null;
  } | null;
  /** Null where the deployment runs without a language model. */
  readonly languageModel: LanguageModelSettings | null;
  /** Records of calls of a language model older than this are deleted. */
  readonly llmRetentionDays: number;
  readonly metricsToken: string | null;
  readonly bcryptCost: number;
  readonly seedDemo: boolean;
  readonly nodeName: string | null;
  readonly rateLimits: boolean;
  /** Settings that were given but that nothing in this version uses; said once in the log. */
  readonly unused: readonly string[];
}

export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly faults: readonly string[]) {
    super(`The settings have ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
  }
}

type Environment = z.infer<typeof environmentSchema>;

function secretFault(given: string | undefined): string | null {
  const secret = given?.trim();
  if (secret === undefined) return "JWT_SECRET_KEY (or SECRET_KEY) is required: `openssl rand -base64 48` makes one";
  if (WELL_KNOWN_SECRETS.has(secret.toLowerCase()) || PLACEHOLDER.test(secret)) {
    return "JWT_SECRET_KEY is a well-known value or a placeholder: make a random one";
  }
  if (secret.length < SECRET_LENGTH_MIN) return `JWT_SECRET_KEY is shorter than ${SECRET_LENGTH_MIN} characters`;
  if (new Set(secret).size < 8) return "JWT_SECRET_KEY repeats a few characters: make a random one";
  return null;
}

type Given = { readonly [name: string]: string | undefined };

/** What production refuses although development allows it; read from the raw texts, so that no fault hides another. */
function productionFaults(given: Given): string[] {
  const faults: string[] = [];
  const origins = (given.ALLOWED_ORIGINS ?? "").split(",").map((part) => part.trim());
  if (origins.includes("*")) faults.push("ALLOWED_ORIGINS: `*` is refused in production; list origins");
  if (Number(given.BCRYPT_COST ?? BCRYPT_COST_DEFAULT) < BCRYPT_COST_PRODUCTION_MIN) {
    faults.push(`BCRYPT_COST: at least ${BCRYPT_COST_PRODUCTION_MIN} in production`);
  }
  if (given.PUBLIC_URL === undefined && given.CREDENTIAL_KEY !== undefined) {
    faults.push("PUBLIC_URL: credentials need it beside CREDENTIAL_KEY; leave the key out to issue none");
  }
  if (given.PUBLIC_URL?.startsWith("http:")) faults.push("PUBLIC_URL: must begin with https:// in production");
  if (given.RATE_LIMITS === "off") faults.push("RATE_LIMITS: cannot be off in production");
  if (given.SEED_DEMO === "on") faults.push("SEED_DEMO: demo accounts are refused in production");
  return faults;
}

/** A secret that was given must be good in development too, unless it is absent. */
function faultsOf(given: Given, secret: string | undefined): string[] {
  const production = given.NEUROLEARN_ENV === "production";
  const fault = production || secret !== undefined ? secretFault(secret) : null;
  return [
    ...(fault === null ? [] : [fault]),
    ...languageModelFaults(given),
    ...(production ? productionFaults(given) : []),
  ];
}

function emotionSetting(environment: Environment): Settings["emotion"] {
  // European law forbids emotion inference in schools outside medical and safety use: production opts in by name.
  const wanted = environment.EMOTION ?? (environment.NEUROLEARN_ENV === "production" ? "off" : "on");
  return wanted === "off" ? { kind: "off" } : { kind: "on", modelPath: environment.EMOTION_MODEL_PATH ?? null };
}

function publicUrlSetting({ NEUROLEARN_ENV, PORT, PUBLIC_URL }: Environment): string | null {
  return PUBLIC_URL ?? (NEUROLEARN_ENV === "production" ? null : `http://localhost:${PORT}`);
}

function credentialSettings(environment: Environment): Settings["credentials"] {
  const { NEUROLEARN_ENV, CREDENTIAL_KEY } = environment;
  const publicUrl = publicUrlSetting(environment);
  if (publicUrl === null || (NEUROLEARN_ENV === "production" && CREDENTIAL_KEY === undefined)) return null;
  return { publicUrl, key: CREDENTIAL_KEY ?? null };
}

/** Reads the settings. Throws {@link SettingsError} with every fault; an empty value counts as not given. */
export function readSettings(variables: { readonly [name: string]: string | undefined }): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  const secret = given.JWT_SECRET_KEY ?? given.SECRET_KEY;
  const production = given.NEUROLEARN_ENV === "production";
  const misfits = parsed.error?.issues.map((issue) => `${issue.path[0]?.toString() ?? "?"}: ${issue.message}`) ?? [];
  const faults = [...misfits, ...faultsOf(given, secret)];
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults);
  const environment = parsed.data;
  return {
    environment: environment.NEUROLEARN_ENV,
    host: environment.HOST,
    port: environment.PORT,
    dataDir: environment.DATA_DIR,
    database: environment.DATABASE_URL === undefined
      ? { kind: "pglite", durability: environment.PGLITE_DURABILITY }
      : { kind: "postgres", url: environment.DATABASE_URL, poolMax: environment.DATABASE_POOL_MAX },
    tokenSecret: secret?.trim() ?? null,
    allowedOrigins: environment.ALLOWED_ORIGINS,
    trustedProxies: environment.TRUSTED_PROXIES,
    mlBackend: environment.ML_BACKEND,
    emotion: emotionSetting(environment),
    emotionRetentionDays: environment.EMOTION_RETENTION_DAYS,
    adaptiveModelPath: environment.ADAPTIVE_MODEL_PATH ?? null,
    publicUrl: publicUrlSetting(environment),
    credentials: credentialSettings(environment),
    languageModel: languageModelSettings(environment),
    llmRetentionDays: environment.LLM_RETENTION_DAYS,
    metricsToken: environment.METRICS_TOKEN ?? null,
    bcryptCost: environment.BCRYPT_COST,
    seedDemo: environment.SEED_DEMO === undefined ? !production : environment.SEED_DEMO === "on",
    nodeName: environment.NODE_NAME ?? null,
    rateLimits: environment.RATE_LIMITS === "on",
    unused: [...environment.REDIS_URL === undefined ? [] : ["REDIS_URL"], ...unusedLanguageModelVariables(environment)],
  };
}
