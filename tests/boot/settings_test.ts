/** Settings: defaults, faults listed together, and what production refuses. */
import assert from "node:assert/strict";
import { readSettings, SettingsError } from "../../src/boot/settings.ts";

const GOOD_SECRET = "k3J9vQ0pXw7RzT5mB1nL8cY2hF6gD4sA";

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    readSettings(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

Deno.test("[K1] an empty environment serves on embedded defaults", () => {
  const settings = readSettings({});
  assert.deepEqual(settings.database, { kind: "pglite", durability: "power" });
  assert.equal(settings.port, 8000);
  assert.equal(settings.tokenSecret, null);
  assert.ok(settings.seedDemo);
});

Deno.test("[K1] every fault is listed at once, each with its name", () => {
  const faults = faultsOf({
    PORT: "http",
    DATABASE_URL: "mysql://x",
    ML_BACKEND: "cuda",
    ALLOWED_ORIGINS: "school.example",
    JWT_SECRET_KEY: "secret",
  });
  for (const name of ["PORT", "DATABASE_URL", "ML_BACKEND", "ALLOWED_ORIGINS", "JWT_SECRET_KEY"]) {
    assert.ok(faults.some((fault) => fault.startsWith(name)), `${name} is not among: ${faults.join("; ")}`);
  }
});

Deno.test("[K1] an empty value counts as not given", () => {
  assert.equal(readSettings({ DATABASE_URL: "", PORT: "" }).port, 8000);
});

for (
  const [what, secret] of [
    ["a missing", undefined],
    ["a short", "abc123XYZ"],
    ["a well-known", "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"],
    ["a placeholder for a", "your-super-secret-jwt-key-change-in-production"],
    ["a padded short", `${" ".repeat(30)}k3J9vQ0pXw7R`],
    ["a repetitive", "abababababababababababababababababab"],
  ] as const
) {
  Deno.test(`[K2] production refuses ${what} secret`, () => {
    const faults = faultsOf({ NEUROLEARN_ENV: "production", ...(secret === undefined ? {} : { SECRET_KEY: secret }) });
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? "", /JWT_SECRET_KEY/);
  });
}

Deno.test("[K2] production refuses open origins, cheap hashes, demo accounts and no limits, all at once", () => {
  const faults = faultsOf({
    NEUROLEARN_ENV: "production",
    JWT_SECRET_KEY: GOOD_SECRET,
    ALLOWED_ORIGINS: "*",
    BCRYPT_COST: "4",
    SEED_DEMO: "on",
    RATE_LIMITS: "off",
  });
  assert.equal(faults.length, 4);
});

Deno.test("[M1] production infers emotion only when asked to by name", () => {
  const production = { NEUROLEARN_ENV: "production", JWT_SECRET_KEY: GOOD_SECRET };
  assert.equal(readSettings(production).emotion.kind, "off");
  assert.equal(readSettings({ ...production, EMOTION: "on" }).emotion.kind, "on");
  assert.equal(readSettings({ EMOTION: "off" }).emotion.kind, "off");
});

Deno.test("[K1] faults of shape and of production are listed together", () => {
  const faults = faultsOf({
    NEUROLEARN_ENV: "production",
    PORT: "0x10",
    SEED_DEMO: "on",
    RATE_LIMITS: "off",
    ALLOWED_ORIGINS: "*",
  });
  assert.equal(faults.length, 5);
});

Deno.test("[K1] a database URL that is none is refused without its password being told", () => {
  const faults = faultsOf({ DATABASE_URL: "postgres://app:p#ssw0rd@db.example/nl" });
  assert.equal(faults.length, 1);
  assert.ok(!faults.join().includes("ssw0rd"));
});

Deno.test("[K1] numbers are digits: blanks, hexadecimals and exponents are slips", () => {
  for (const PORT of ["   ", "0x10", "1e3", "-1", "70000", "8000.5"]) assert.equal(faultsOf({ PORT }).length, 1, PORT);
});

Deno.test("[K2] production issues credentials with a key beside the public URL, by https alone; links need the URL alone", () => {
  const production = { NEUROLEARN_ENV: "production", JWT_SECRET_KEY: GOOD_SECRET };
  const CREDENTIAL_KEY = "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----";
  const PUBLIC_URL = "https://learn.school.example";
  assert.equal(readSettings(production).credentials, null);
  assert.deepEqual(readSettings({ ...production, CREDENTIAL_KEY, PUBLIC_URL }).credentials, {
    publicUrl: PUBLIC_URL,
    key: CREDENTIAL_KEY,
  });
  const linksOnly = readSettings({ ...production, PUBLIC_URL });
  assert.deepEqual([linksOnly.publicUrl, linksOnly.credentials], [PUBLIC_URL, null]);
  assert.match(faultsOf({ ...production, CREDENTIAL_KEY }).join(), /PUBLIC_URL/);
  assert.match(faultsOf({ ...production, CREDENTIAL_KEY, PUBLIC_URL: "http://learn.school.example" }).join(), /https/);
  assert.match(faultsOf({ CREDENTIAL_KEY: "secret" }).join(), /PKCS #8/);
  assert.deepEqual(readSettings({ PORT: "8123" }).credentials, { publicUrl: "http://localhost:8123", key: null });
});

Deno.test("[U2] nobody's words leave without a model's name, and a named model needs a key or a host", () => {
  const unnamed = readSettings({ OPENAI_API_KEY: "sk-1", OPENAI_BASE_URL: "http://127.0.0.1:11434/v1" });
  assert.equal(unnamed.languageModel, null);
  assert.deepEqual(unnamed.unused, ["OPENAI_API_KEY", "OPENAI_BASE_URL"]);
  assert.throws(() => readSettings({ LLM_MODEL: "small" }), /LLM_MODEL: needs OPENAI_API_KEY/);
  const local = readSettings({ LLM_MODEL: "small", OPENAI_BASE_URL: "http://127.0.0.1:11434/v1" });
  assert.deepEqual(local.languageModel?.host, {
    baseUrl: "http://127.0.0.1:11434/v1",
    apiKey: null,
    model: "small",
  });
  assert.throws(() => readSettings({ LLM_MODEL: "small", OPENAI_BASE_URL: "ftp://models" }), /OPENAI_BASE_URL: is not/);
});

Deno.test("[K2] production sends a model's key to another machine by https alone", () => {
  const production = { NEUROLEARN_ENV: "production", LLM_MODEL: "small", OPENAI_API_KEY: "sk-1" };
  const faultsOf = (baseUrl: string) => {
    try {
      readSettings({ ...production, OPENAI_BASE_URL: baseUrl });
    } catch (error) {
      return error instanceof SettingsError ? error.faults.filter((fault) => fault.startsWith("OPENAI")).length : null;
    }
    return 0;
  };
  assert.equal(faultsOf("http://models.school.example/v1"), 1);
  assert.equal(faultsOf("https://models.school.example/v1"), 0);
  assert.equal(faultsOf("http://[::1]:11434/v1"), 0);
});
