/** Settings from the environment: parsed once at start, every fault listed at once. */
import { z } from "zod";

/** Secrets that stand in tutorials, compose files and this project's own history: guessed first by an attacker. */
const WELL_KNOWN_SECRETS: ReadonlySet<string> = new Set([
  "secret",
  "secretkey",
  "secret-key",
  "changeme",
  "change-me",
  "changeit",
  "password",
  "jwt-secret",
  "jwt-secret-key",
  "jwtsecret",
  "your-secret-key",
  "your-secret-key-here",
  "your_secret_key",
  "your-jwt-secret-key",
  "dev-secret-key",
  "dev-secret-key-change-in-production",
  "super-secret",
  "supersecret",
  "supersecretkey",
  "neurolearn",
  "neurolearn-secret",
]);
const SECRET_LENGTH_MIN = 32;

const port = z.coerce.number().int().min(0).max(65_535);
const onOff = z.enum(["on", "off"]);
const origin = z.string().refine(
  (text) => text === "*" || (URL.canParse(text) && new URL(text).origin === text),
  "is not an origin such as https://school.example (scheme, host, port; no path)",
);

const environmentSchema = z.object({
  NEUROLEARN_ENV: z.enum(["development", "production"]).default("development"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(8000),
  DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://").optional(),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(10),
  PGLITE_DURABILITY: z.enum(["process", "power"]).default("power"),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, "must begin with redis:// or rediss://").optional(),
  JWT_SECRET_KEY: z.string().optional(),
  SECRET_KEY: z.string().optional(),
  ALLOWED_ORIGINS: z.string().default("").transform((text) =>
    text.split(",").map((part) => part.trim()).filter((part) => part !== "")
  ).pipe(z.array(origin)),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  ML_BACKEND: z.enum(["auto", "webgpu", "wasm"]).default("auto"),
  EMOTION: onOff.optional(),
  EMOTION_MODEL_PATH: z.string().min(1).optional(),
  ADAPTIVE_MODEL_PATH: z.string().min(1).optional(),
  OPENAI_API_KEY: z.string().min(1).optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(11),
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
  /** A folder with a `manifest.json` that replaces the knowledge model; null for the one that ships. */
  readonly adaptiveModelPath: string | null;
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

function secretFault(secret: string | undefined): string | null {
  if (secret === undefined) return "JWT_SECRET_KEY (or SECRET_KEY) is required: `openssl rand -base64 48` makes one";
  if (WELL_KNOWN_SECRETS.has(secret.toLowerCase())) return "JWT_SECRET_KEY is a well-known value: make a random one";
  if (secret.length < SECRET_LENGTH_MIN) return `JWT_SECRET_KEY is shorter than ${SECRET_LENGTH_MIN} characters`;
  if (new Set(secret).size < 8) return "JWT_SECRET_KEY repeats a few characters: make a random one";
  return null;
}

/** What production refuses although development allows it. */
function productionFaults(environment: Environment, secret: string | undefined): string[] {
  const faults: string[] = [];
  const fault = secretFault(secret);
  if (fault) faults.push(fault);
  if (environment.ALLOWED_ORIGINS.includes("*")) {
    faults.push("ALLOWED_ORIGINS: `*` is refused in production; list origins");
  }
  if (environment.BCRYPT_COST < 10) faults.push("BCRYPT_COST: at least 10 in production");
  if (environment.RATE_LIMITS === "off") faults.push("RATE_LIMITS: cannot be off in production");
  if (environment.SEED_DEMO === "on") faults.push("SEED_DEMO: demo accounts are refused in production");
  return faults;
}

/** A secret that was given must be good in development too, unless it is absent. */
function developmentFaults(secret: string | undefined): string[] {
  const fault = secret === undefined ? null : secretFault(secret);
  return fault ? [fault] : [];
}

function emotionSetting(environment: Environment): Settings["emotion"] {
  // European law forbids emotion inference in schools outside medical and safety use: production opts in by name.
  const wanted = environment.EMOTION ?? (environment.NEUROLEARN_ENV === "production" ? "off" : "on");
  return wanted === "off" ? { kind: "off" } : { kind: "on", modelPath: environment.EMOTION_MODEL_PATH ?? null };
}

/** Reads the settings. Throws {@link SettingsError} with every fault; an empty value counts as not given. */
export function readSettings(variables: { readonly [name: string]: string | undefined }): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  const secret = given.JWT_SECRET_KEY ?? given.SECRET_KEY;
  const production = given.NEUROLEARN_ENV === "production";
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path[0]?.toString() ?? "?"}: ${issue.message}`);
    const fault = production || secret !== undefined ? secretFault(secret) : null;
    throw new SettingsError(fault ? [...faults, fault] : faults);
  }
  const environment = parsed.data;
  const faults = production ? productionFaults(environment, secret) : developmentFaults(secret);
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    environment: environment.NEUROLEARN_ENV,
    host: environment.HOST,
    port: environment.PORT,
    dataDir: environment.DATA_DIR,
    database: environment.DATABASE_URL === undefined
      ? { kind: "pglite", durability: environment.PGLITE_DURABILITY }
      : { kind: "postgres", url: environment.DATABASE_URL, poolMax: environment.DATABASE_POOL_MAX },
    tokenSecret: secret ?? null,
    allowedOrigins: environment.ALLOWED_ORIGINS,
    trustedProxies: environment.TRUSTED_PROXIES,
    mlBackend: environment.ML_BACKEND,
    emotion: emotionSetting(environment),
    adaptiveModelPath: environment.ADAPTIVE_MODEL_PATH ?? null,
    metricsToken: environment.METRICS_TOKEN ?? null,
    bcryptCost: environment.BCRYPT_COST,
    seedDemo: environment.SEED_DEMO === undefined ? !production : environment.SEED_DEMO === "on",
    nodeName: environment.NODE_NAME ?? null,
    rateLimits: environment.RATE_LIMITS === "on",
    unused: (["REDIS_URL", "OPENAI_API_KEY"] as const).filter((name) => environment[name]),
  };
}
