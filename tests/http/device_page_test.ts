/** The page that reads a camera in the browser, and its models: whole, unaltered, for the signed in, off with emotion. */
import assert from "node:assert/strict";
import { z } from "zod";
import { openPages } from "../../src/boot/pages.ts";
import { type Edge, EdgeWorld, type SignedUp } from "./edge_world.ts";
import { filesLoaded } from "./files_loaded.ts";

const world = await EdgeWorld.open();
Deno.test.afterAll(() => world.close());

async function serving(emotion: "on" | "off"): Promise<{ edge: Edge; student: SignedUp }> {
  const settings = emotion === "on" ? { kind: "on", modelPath: null } as const : { kind: "off" } as const;
  Object.assign(world, await openPages(settings));
  const edge = await world.serve();
  return { edge, student: await edge.signUp("student") };
}

/** The bytes of an answer: `Edge.ask` reads text. */
async function fetchBytes(edge: Edge, path: string, headers: Record<string, string> = {}): Promise<Response> {
  const env = { remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 4321 } } as const;
  return await edge.app.fetch(new Request(`http://edge.test${path}`, { headers }), env);
}

const fileSchema = z.looseObject({ sha256: z.string() });
const manifestSchema = z.looseObject({ topology: fileSchema, weights: z.array(fileSchema) });
const modelsSchema = z.object({ faces: manifestSchema, emotions: manifestSchema });

Deno.test("[M19] a browser gets the manifests in use and each file they name, as its SHA-256 says, to keep", async () => {
  const { edge, student } = await serving("on");
  const { body } = await edge.ask("GET", "/models", { token: student.token });
  const { faces, emotions } = modelsSchema.parse(body);
  for (const { sha256 } of [faces.topology, ...faces.weights, emotions.topology, ...emotions.weights]) {
    const response = await fetchBytes(edge, `/models/${sha256}`, { authorization: `Bearer ${student.token}` });
    assert.equal(response.status, 200);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer())).toHex();
    assert.equal(digest, sha256);
    assert.equal(response.headers.get("cache-control"), "private, max-age=31536000, immutable");
    assert.equal((await edge.ask("GET", `/models/${sha256}`)).status, 401);
  }
  const { token } = student;
  assert.equal((await edge.ask("GET", `/models/${"0".repeat(64)}`, { token })).status, 404);
  for (const path of ["/models/../deno.json", "/models/%2e%2e%2fdeno.json", "/models/manifest.json"]) {
    assert.notEqual((await edge.ask("GET", path, { token })).status, 200, path);
  }
});

Deno.test("[M19] with emotion off there is no model, no page and nothing of it", async () => {
  const { edge, student } = await serving("off");
  for (const path of ["/models", `/models/${"0".repeat(64)}`, "/emotion", "/assets/web/emotion/page.js"]) {
    assert.equal((await edge.ask("GET", path, { token: student.token })).status, 404, path);
  }
});

Deno.test("[M19] [J17] pages are served whole: what they and their modules name is there, and nothing else of this program", async () => {
  const { edge } = await serving("on");
  const loaded = new Set<string>();
  for (const path of ["/emotion", "/join", "/teach", "/projector"]) {
    const page = await edge.ask("GET", path);
    assert.equal(page.status, 200, path);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/);
    for (const file of await filesLoaded(edge, String(page.body))) loaded.add(file);
  }
  const unnamed = [...world.webFiles.keys()].filter((path) => !loaded.has(`/assets/${path}`));
  // The pages themselves, and what the WASM backend asks for by an address it puts together.
  assert.deepEqual(unnamed.sort(), [
    "vendor/tfjs-backend-wasm-simd.wasm",
    "vendor/tfjs-backend-wasm.wasm",
    "web/emotion/index.html",
    "web/projector/index.html",
    "web/student/index.html",
    "web/teacher/index.html",
  ]);
  for (const path of ["deno.json", "main.ts", "src/http/app.ts", "../main.ts", "web/emotion/../../main.ts"]) {
    assert.equal((await edge.ask("GET", `/assets/${path}`)).status, 404, path);
  }
});

Deno.test("[J17] with emotion off the pages of a live class are there all the same, and name nothing of it", async () => {
  const { edge } = await serving("off");
  for (const path of ["/join", "/teach", "/projector"]) {
    const page = await edge.ask("GET", path);
    assert.equal(page.status, 200, path);
    for (const file of await filesLoaded(edge, String(page.body))) assert.doesNotMatch(file, /emotion|tfjs/);
  }
});

Deno.test("[M19] a file that a browser has already is not sent again, and another one is", async () => {
  const { edge } = await serving("on");
  const first = await edge.ask("GET", "/assets/vendor/tfjs-core.js");
  const tag = first.headers.get("etag") ?? "";
  const again = await edge.ask("GET", "/assets/vendor/tfjs-core.js", { headers: { "if-none-match": tag } });
  assert.deepEqual([again.status, again.body], [304, ""]);
  const page = await edge.ask("GET", "/teach");
  const kept = await edge.ask("GET", "/teach", { headers: { "if-none-match": page.headers.get("etag") ?? "" } });
  assert.equal(kept.status, 304);
  assert.equal(kept.headers.get("content-security-policy"), page.headers.get("content-security-policy"));
  const other = await edge.ask("GET", "/assets/vendor/tfjs-converter.js", { headers: { "if-none-match": tag } });
  assert.equal(other.status, 200);
});
