/** A real server reads a marked face: the picture is nowhere afterwards, and no reading outlives its consent. */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { z } from "zod";
import { EMPTY_WINDOW } from "../../src/domain/affect/emotion_window.ts";
import { type Connections, connectTo } from "../../src/store/connections.ts";
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";
import { asJpeg, webcamFrame } from "../ml/photographs.ts";
import { failToStart, type Flags, type ServerProcess, startServer } from "../support/server_process.ts";
import { ImageTraces, marked } from "./image_traces.ts";
import { enrol, type Person, startSession } from "./people.ts";

const options = { sanitizeResources: false, sanitizeOps: false };
const MARKER = `marked-${crypto.randomUUID()}`;
/** What a reading of a face, or a number made of one, is called wherever the program holds it. */
const READING =
  /"(probabilities|captured\w*|confidence|confident|valence|arousal|stress\w*|strain\w*|series|shares|means)":/i;
/** What a choice aims at for a learner who wishes for nothing and has answered nothing, whatever their face shows. */
const AIM = 0.75;
const openSchema = z.looseObject({ current_item: z.looseObject({ item_ref: z.number() }) });
const affectSchema = z.looseObject({ affect: z.looseObject({ readings: z.number() }).nullable() });

/** Everything a server may write to, and how it is to run: as talkative as can be, and able to write nowhere else. */
function settingsIn(home: string): { readonly [name: string]: string } {
  return {
    DATA_DIR: `${home}/data`,
    TMPDIR: `${home}/tmp`,
    EMOTION: "on",
    ML_BACKEND: "wasm",
    BCRYPT_COST: "4",
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_PROTOCOL: "console",
    OTEL_BSP_SCHEDULE_DELAY: "20",
    DENO_LOG: "debug",
  };
}

function writingOnlyTo(home: string): Flags {
  return (flags) => flags.map((flag) => flag === "--allow-write" ? `--allow-write=${home}` : flag);
}

class Sitting {
  readonly #client: NeuroLearn;
  readonly #channel: Channel;
  readonly #heard: string[] = [];
  #wake: () => void = () => undefined;

  constructor(
    private readonly server: ServerProcess,
    private readonly person: Person,
    private readonly sessionId: string,
  ) {
    this.#client = new NeuroLearn(`${server.url.replace("http", "ws")}/api/v1/socket`, () => person.token);
    this.#channel = this.#client.channel(`session/${sessionId}`);
    this.#channel.on("emotion", () => this.#hear("emotion"));
    this.#channel.on("state", () => this.#hear("state"));
    this.#channel.on("lesson_update", () => this.#hear("lesson_update"));
    this.#channel.on("refused", (data) => this.#hear(`refused ${JSON.stringify(data)}`));
  }

  close(): void {
    this.#client.close();
  }

  /** Resolves with the first thing not told before that begins with `start`. */
  async heard(start: string): Promise<string> {
    for (;;) {
      const at = this.#heard.findIndex((said) => said.startsWith(start));
      const [said] = at < 0 ? [] : this.#heard.splice(at, 1);
      if (said !== undefined) return said;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  frame(image: Uint8Array): void {
    assert.ok(this.#client.sendCameraFrame(this.#channel, "jpeg", image));
  }

  async ask(method: string, path: string, body: BodyInit | null = null): Promise<Response> {
    const headers = { authorization: `Bearer ${this.person.token}` };
    return await fetch(`${this.server.url}/api/v1${path}`, { method, headers, body });
  }

  async affect(): Promise<z.infer<typeof affectSchema>["affect"]> {
    return affectSchema.parse(await (await this.ask("GET", `/sessions/${this.sessionId}`)).json()).affect;
  }

  /** Passes over the open item, so that the next one is chosen while the face is in memory. */
  async moveOn(): Promise<void> {
    const { current_item } = openSchema.parse(await (await this.ask("GET", `/sessions/${this.sessionId}`)).json());
    await this.#channel.send("skip", { item: current_item.item_ref });
    await this.heard("lesson_update");
  }

  /** Sends the image in every way that there is, whole and in ways that go wrong. */
  async showEveryWay(image: Uint8Array<ArrayBuffer>): Promise<void> {
    this.frame(image);
    await this.heard("emotion");
    this.frame(image.subarray(0, image.length - 200));
    await this.heard("refused");
    assert.equal((await this.#upload(image, "image/jpeg")).status, 200);
    assert.equal((await this.#upload(image.slice(0, image.length - 200), "image/jpeg")).status, 400);
    assert.equal((await this.#upload(image, "image/png")).status, 400);
    assert.equal((await this.ask("POST", "/emotion/detect", image)).status, 415);
    const asText = JSON.stringify({ course_id: image.toBase64() });
    const headers = { authorization: `Bearer ${this.person.token}`, "content-type": "application/json" };
    for (const body of [asText, image]) {
      const refused = await fetch(`${this.server.url}/api/v1/sessions`, { method: "POST", headers, body });
      assert.equal(refused.status, 400);
      await refused.body?.cancel();
    }
  }

  async #upload(image: Uint8Array<ArrayBuffer>, type: string): Promise<Response> {
    const form = new FormData();
    form.set("image", new File([image], `${MARKER}.jpg`, { type }));
    const response = await this.ask("POST", "/emotion/detect", form);
    await response.body?.cancel();
    return response;
  }

  #hear(said: string): void {
    this.#heard.push(said);
    this.#wake();
  }
}

/** Every row of every table, as text, by table. */
async function everyRow({ db }: Connections): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db);
  const rows = new Map<string, readonly string[]>();
  for (const { name } of tables.rows) {
    const { rows: texts } = await sql<{ text: string }>`select to_json(t)::text as text from ${sql.table(name)} t`
      .execute(db);
    rows.set(name, texts.map(({ text }) => text));
  }
  return rows;
}

/** Fails on a reading of a face, or a number made of one, in any table but `besides`. */
function assertNoReading(tables: ReadonlyMap<string, readonly string[]>, besides: string | null): void {
  for (const table of ["journal", "snapshot", "listing", "outbox", "timer", "consent"]) assert.ok(tables.has(table));
  for (const [table, rows] of tables) {
    if (table === besides) continue;
    for (const row of rows) assert.doesNotMatch(withoutEmptyWindows(row), READING, table);
  }
}

/** Fails on a choice that aimed at anything else than the work led to, and on a command that says a camera sent it. */
function assertWorkAlone(tables: ReadonlyMap<string, readonly string[]>): void {
  const rows = tables.get("journal") ?? [];
  const aims = rows.flatMap((row) => [...row.matchAll(/"targetProbability":([^,}]+)/g)].map(([, aim]) => Number(aim)));
  assert.ok(aims.length >= 2);
  assert.deepEqual(new Set(aims), new Set([AIM]));
  for (const row of rows) assert.doesNotMatch(row, /camera/i);
}

/** A stored session has a place for what its face showed, which has to be as empty as before the first frame. */
function withoutEmptyWindows(row: string): string {
  const isEmpty = (value: unknown) => isDeepStrictEqual({ ...Object(value), forgottenAtMs: null }, EMPTY_WINDOW);
  return JSON.stringify(JSON.parse(row, (_, value) => isEmpty(value) ? "nothing" : value));
}

/** All that is stored while the server runs on `home`; the embedded database takes guests on its own socket. */
async function stored(home: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const connections = connectTo({ kind: "socket", folder: `${home}/data/run` }, 1);
  try {
    return await everyRow(connections);
  } finally {
    await connections.close();
  }
}

async function assertNoTrace(traces: ImageTraces, server: ServerProcess, home: string): Promise<void> {
  const { files, found } = await traces.under(home);
  assert.deepEqual(found, [], "no file has a trace of the picture");
  assert.ok(files > 100, `${files} files were looked at`);
  const output = server.output();
  assert.equal(traces.in(new TextEncoder().encode(output)), 0, "no line that was written has one");
  assert.match(output, /SPAN/, "traces were on");
  assert.match(output, /DEBUG/, "and the log at its most talkative");
}

Deno.test("[M6] traces of an image are found wherever they were written, so that finding none says something", async () => {
  const image = marked(await asJpeg(await webcamFrame("laughing")), MARKER);
  const traces = new ImageTraces(image, MARKER);
  const folder = await Deno.makeTempDir({ prefix: "traces_" });
  const part = image.slice(image.length * 0.5, image.length * 0.6);
  const written = [image, part, image.toBase64(), `x${image.toHex()}`, JSON.stringify([...part].join()) + MARKER];
  for (const [i, body] of written.entries()) {
    await Deno.mkdir(`${folder}/${i}`);
    if (typeof body === "string") await Deno.writeTextFile(`${folder}/${i}/file`, body);
    else await Deno.writeFile(`${folder}/${i}/file`, body);
  }
  await Deno.writeFile(`${folder}/other`, await asJpeg(await webcamFrame("man")));
  const { files, found } = await traces.under(folder);
  assert.deepEqual([files, found.length], [6, 5]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test(
  "[M6] [M9] a marked face leaves no trace, dead or drained; consent taken back leaves no reading",
  options,
  async () => {
    const home = await Deno.makeTempDir({ prefix: "privacy_" });
    await Deno.mkdir(`${home}/tmp`);
    const image = marked(await asJpeg(await webcamFrame("laughing")), MARKER);
    const traces = new ImageTraces(image, MARKER);
    const settings = settingsIn(home);
    const flags = writingOnlyTo(home);

    let server = await startServer(settings, flags);
    const person = await enrol(server.url, "marked");
    const sessionId = await startSession(server.url, person, 5);
    let sitting = new Sitting(server, person, sessionId);
    await sitting.heard("state");
    await sitting.showEveryWay(image);
    sitting.close();
    await server.stop("SIGKILL");
    await assertNoTrace(traces, server, home);

    server = await startServer(settings, flags);
    sitting = new Sitting(server, person, sessionId);
    await sitting.heard("state");
    await sitting.showEveryWay(image);
    sitting.close();
    assert.equal(await server.stop("SIGTERM"), 0);
    await assertNoTrace(traces, server, home);

    server = await startServer(settings, flags);
    const kept = await stored(home);
    const minutes = kept.get("emotion_minute") ?? [];
    assert.equal(minutes.length, 1, "the drain stored the minute that was under way");
    assert.match(minutes[0] ?? "", READING);
    assertNoReading(kept, "emotion_minute");
    sitting = new Sitting(server, person, sessionId);
    await sitting.heard("state");
    sitting.frame(image);
    await sitting.heard("emotion");
    assert.notEqual(await sitting.affect(), null);
    await sitting.moveOn();
    assert.equal((await sitting.ask("DELETE", "/consents/emotion")).status, 200);
    sitting.frame(image);
    assert.match(await sitting.heard("refused"), /no_consent/);
    assert.equal(await sitting.affect(), null);
    assert.equal((await sitting.ask("POST", "/emotion/detect", new FormData())).status, 400);
    const left = await stored(home);
    assert.deepEqual(left.get("emotion_minute"), []);
    assertNoReading(left, null);
    assertWorkAlone(left);
    sitting.close();
    assert.equal(await server.stop("SIGTERM"), 0);
    await assertNoTrace(traces, server, home);
    await Deno.remove(home, { recursive: true });
  },
);

/** The server may read no model but the knowledge model. */
async function withoutFaceModels(): Promise<Flags> {
  const models = new URL("../../models/", import.meta.url);
  const denied: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(models)) {
    if (isDirectory && name !== "knowledge") denied.push(new URL(name, models).pathname);
  }
  assert.ok(denied.length >= 2, "the face detector and the emotion network");
  return (flags) => [...flags, `--deny-read=${denied.join()}`];
}

Deno.test(
  "[M1] with EMOTION=off a server that may not read any face model starts and says so; with on it cannot",
  options,
  async () => {
    const home = await Deno.makeTempDir({ prefix: "off_" });
    const flags = await withoutFaceModels();
    const common = { DATA_DIR: `${home}/data`, BCRYPT_COST: "4", ML_BACKEND: "wasm" };
    const server = await startServer({ ...common, EMOTION: "off" }, flags);
    const ready = await (await fetch(`${server.url}/ready`)).json();
    assert.deepEqual(ready.parts.emotion, { ok: true, detail: "off" });
    assert.doesNotMatch(server.output(), /emotion inference/);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.doesNotMatch(metrics, /emotion_workers/);
    const person = await enrol(server.url, "anybody");
    const form = new FormData();
    form.set("image", new File([await asJpeg(await webcamFrame("man"))], "face.jpg", { type: "image/jpeg" }));
    const headers = { authorization: `Bearer ${person.token}` };
    const detect = await fetch(`${server.url}/api/v1/emotion/detect`, { method: "POST", headers, body: form });
    assert.deepEqual([detect.status, (await detect.json()).code], [503, "emotion_unavailable"]);
    assert.equal(await server.stop("SIGTERM"), 0);
    const refused = await failToStart({ ...common, EMOTION: "on" }, flags);
    assert.notEqual(refused.code, 0);
    await Deno.remove(home, { recursive: true });
  },
);
