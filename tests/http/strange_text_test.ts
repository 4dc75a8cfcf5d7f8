/** Text that no database takes, sent in every place of the API that takes text. */
import assert from "node:assert/strict";
import { z } from "zod";
import { EngineWorld } from "./engine_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
/** NUL, which Postgres refuses in a text, and half a surrogate pair, which is no UTF-8. */
const STRANGE = ["a\0b", "\0", "a\ud800b"];

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly default?: unknown;
}

const operationSchema = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  requestBody: z.looseObject({
    // Other bodies are bytes, not text.
    content: z.looseObject({ "application/json": z.looseObject({ schema: z.unknown() }).optional() }),
  }).optional(),
});

/** Every JSON value that differs from a plain one by one strange text, for each place where the schema has a text. */
function strangeValues(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown[] {
  if (schema.$ref !== undefined) return strangeValues(schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}, schemas);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return branches.flatMap((branch) => strangeValues(branch, schemas));
  if (schema.properties !== undefined) {
    const plain = plainValue(schema, schemas) as Record<string, unknown>;
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
      strangeValues(inner, schemas).map((value) => ({ ...plain, [name]: value }))
    );
  }
  if (schema.prefixItems !== undefined) return strangeValues(schema.prefixItems[0] ?? {}, schemas).map((one) => [one]);
  if (schema.items !== undefined) return strangeValues(schema.items, schemas).map((one) => [one]);
  if (typeof schema.additionalProperties === "object") return STRANGE.map((key) => ({ [key]: 1 }));
  return [schema.type].flat().includes("string") ? [...STRANGE] : [];
}

/** One value that fits the schema as far as types go. */
function plainValue(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  if (schema.$ref !== undefined) return plainValue(schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}, schemas);
  const branch = (schema.anyOf ?? schema.oneOf)?.[0];
  if (branch !== undefined) return plainValue(branch, schemas);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.properties !== undefined) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, plainValue(one, schemas)]));
  }
  const [type] = [schema.type].flat();
  if (type === "array") return (schema.prefixItems ?? []).map((one) => plainValue(one, schemas));
  if (type === "object") return {};
  if (type === "boolean") return true;
  return type === "string" ? "plain-text" : 1;
}

Deno.test("[H1] strange text in any parameter or body of the API is never a fault of the server", async () => {
  const edge = await world.serve();
  const { body: document } = await edge.ask("GET", "/openapi.json");
  const schemas: Record<string, Schema> = document.components.schemas;
  const asked: string[] = [];
  async function ask(method: string, path: string, body?: unknown): Promise<void> {
    // A fresh person for each question: what they may do is limited, and some of it ends their login.
    const { token } = await edge.signUp("admin");
    const answer = await edge.ask(method.toUpperCase(), path, body === undefined ? { token } : { token, body });
    const named = `${method} ${path} ${JSON.stringify(body)}`;
    assert.ok(answer.status < 500, `${named}: ${answer.status} ${JSON.stringify(answer.body)}`);
    asked.push(named);
  }
  for (const [path, item] of Object.entries<Record<string, unknown>>(document.paths)) {
    for (const method of METHODS) {
      if (item[method] === undefined) continue;
      const { parameters, requestBody } = operationSchema.parse(item[method]);
      const at = path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
      for (const { name, in: place } of parameters) {
        const strange = place === "path"
          ? path.replace(`{${name}}`, "a%00b").replaceAll(/\{\w+\}/g, "doubling")
          : `${at}?${name}=%00`;
        if (place !== "header") await ask(method, strange);
      }
      const schema = requestBody?.content["application/json"]?.schema;
      if (schema === undefined) continue;
      for (const body of strangeValues(schema as Schema, schemas)) await ask(method, at, body);
    }
  }
  assert.ok(asked.length > 100, `${asked.length} questions`);
  const faults = world.edgeWorld.log.filter(({ message }) => message === "request failed");
  assert.deepEqual(faults, []);
});

Deno.test("[H1] ids with a NUL character are 400 and say so", async () => {
  const edge = await world.serve();
  const { token } = await edge.signUp("admin");
  const plan = (more: object) => ({ token, body: { course_id: "doubling", ...more } });
  for (
    const answer of [
      await edge.ask("POST", "/api/v1/sessions", plan({ course_id: "a\0" })),
      await edge.ask("POST", "/api/v1/sessions", plan({ topic: "a\0" })),
      await edge.ask("POST", "/api/v1/sessions", plan({ learning_objectives: ["\0"] })),
      await edge.ask("GET", "/api/v1/sessions?learner_id=%00", { token }),
      await edge.ask("GET", "/api/v1/users/%00", { token }),
      await edge.ask("PATCH", "/api/v1/users/%00", { token, body: { is_active: false } }),
    ]
  ) {
    assert.equal(answer.status, 400);
    assert.equal(answer.body.code, "validation_failed");
  }
  // An escaped backslash before u0000 is plain text.
  const escaped = await edge.ask("POST", "/api/v1/sessions", plan({ learning_objectives: ["\\u0000"] }));
  assert.equal(escaped.status, 201);
});
