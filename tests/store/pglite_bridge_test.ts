/** Several clients on the one backend that PGlite is: each must feel alone. */
import assert from "node:assert/strict";
// @ts-types="@types/pg"
import pg from "pg";
import fc from "fast-check";
import { APPLICATION_NAME } from "../../src/store/application_name.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { ClientStream, joined, type Unit } from "../../src/store/wire_frames.ts";

type Connect = (applicationName?: string) => Promise<pg.Client>;

async function withClients(run: (connect: Connect) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "nl-" });
  const { socketFolder, close } = await openPglite({ dataDir, durability: "process" });
  const clients: pg.Client[] = [];
  try {
    await run(async (application_name = APPLICATION_NAME) => {
      const client = new pg.Client({
        host: socketFolder,
        port: 5432,
        user: "postgres",
        database: "postgres",
        application_name,
      });
      await client.connect();
      clients.push(client);
      return client;
    });
  } finally {
    for (const client of clients) await client.end();
    await close();
    await Deno.remove(dataDir, { recursive: true });
  }
}

const valueOf = async (client: pg.Client, text: string, values: unknown[] = []): Promise<unknown> =>
  (await client.query({ text, values, rowMode: "array" })).rows[0]?.[0];

type Room = { readonly a: pg.Client; readonly b: pg.Client; readonly connect: Connect };

const STEPS: Readonly<Record<string, (room: Room) => Promise<void>>> = {
  "[D1] a transaction is not entered by another client, which waits for its end": async ({ a, b }) => {
    await a.query("begin");
    await a.query("insert into t values (1)");
    const order: string[] = [];
    const other = valueOf(b, "select count(*)::int from t").then((count) => order.push(`b saw ${count}`));
    for (let i = 0; i < 3; i++) await a.query("select 1");
    order.push("a rolls back");
    await a.query("rollback");
    await other;
    assert.deepEqual(order, ["a rolls back", "b saw 0"]);
  },
  "[D1] prepared statements of one name do not meet": async ({ a, b }) => {
    const ask = async (client: pg.Client, text: string, value: number) =>
      (await client.query({ name: "same", text, values: [value] })).rows[0]?.x;
    for (const value of [1, 2]) {
      assert.equal(await ask(a, "select $1::int + 1 as x", value), value + 1);
      assert.equal(await ask(b, "select $1::int * 10 as x", value), value * 10);
    }
  },
  "[D1] queries of several clients at once each get their own answer": async ({ a, b }) => {
    const asked = Array.from({ length: 300 }, (_, i) => valueOf(i % 2 === 0 ? a : b, "select $1::int", [i]));
    assert.deepEqual(await Promise.all(asked), asked.map((_, i) => i));
  },
  "[D1] an error ends its own query only": async ({ a, b }) => {
    await assert.rejects(valueOf(a, "select 1 / $1::int", [0]), { code: "22012" });
    await assert.rejects(a.query("selec"), { code: "42601" });
    await a.query("begin");
    await assert.rejects(a.query("select 1 / 0"), { code: "22012" });
    const other = valueOf(b, "select 7");
    await a.query("rollback");
    assert.deepEqual([await other, await valueOf(a, "select 8")], [7, 8]);
  },
  "[D1] what a guest sets in the session is not set for the server": async ({ a, connect }) => {
    const guest = await connect("psql");
    await guest.query("set search_path = ''");
    assert.equal(await valueOf(a, "select count(*)::int from t"), 0);
    await assert.rejects(guest.query("begin; set search_path = ''; select * from t"), { code: "42P01" });
    await guest.query("rollback");
    assert.equal(await valueOf(a, "select count(*)::int from t"), 0);
  },
  "[D1] answers and parameters of megabytes pass": async ({ a }) => {
    const text = "é".repeat(2_000_000);
    assert.equal(await valueOf(a, "select $1::text", [text]), text);
  },
  "[D1] the transaction of a client that dies is rolled back, its statements forgotten": async ({ b, connect }) => {
    const doomed = await connect();
    doomed.on("error", (error) => assert.match(error.message, /terminated/));
    await doomed.query({ name: "its own", text: "select 1" });
    await doomed.query("begin");
    await doomed.query("insert into t values (2)");
    const count = valueOf(b, "select count(*)::int from t");
    const gone = new Promise((resolve) => doomed.once("end", resolve));
    Reflect.get(Reflect.get(doomed, "connection"), "stream").destroy();
    await gone;
    assert.equal(await count, 0);
    assert.equal(await valueOf(b, "select count(*)::int from pg_prepared_statements where name like '%its own'"), 0);
  },
};

Deno.test("[D1] clients that share PGlite keep their transactions, statements and errors to themselves", (t) =>
  withClients(async (connect) => {
    const [a, b] = [await connect(), await connect()];
    await a.query("create table t (i int)");
    for (const [name, run] of Object.entries(STEPS)) await t.step(name, () => run({ a, b, connect }));
  }));

function message(type: string, body: string): Uint8Array {
  const text = new TextEncoder().encode(body);
  const bytes = new Uint8Array(5 + text.length);
  bytes.set([type.charCodeAt(0)]);
  new DataView(bytes.buffer).setInt32(1, 4 + text.length);
  bytes.set(text, 5);
  return bytes;
}

const START = new Uint8Array([0, 0, 0, 9, 0, 3, 0, 0, 0]);
const ENCRYPTION = new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]);

Deno.test("[D1] a client's bytes give the same units however they are cut", () => {
  const sent = joined([
    ENCRYPTION,
    START,
    message("P", "s\0select 1\0"),
    message("B", "\0s\0"),
    message("D", "Ss\0"),
    message("D", "P\0"),
    message("H", ""),
    message("S", ""),
    message("P", "\0select 2\0"),
    message("C", "Ss\0"),
    message("S", ""),
    message("Q", "select 3\0"),
    message("X", ""),
  ]);
  const expected: Unit[] = [
    { kind: "encryption" },
    { kind: "start", bytes: START },
    {
      kind: "work",
      bytes: joined([
        message("P", "c1.s\0select 1\0"),
        message("B", "\0c1.s\0"),
        message("D", "Sc1.s\0"),
        message("D", "P\0"),
        message("S", ""),
      ]),
    },
    { kind: "work", bytes: joined([message("P", "\0select 2\0"), message("C", "Sc1.s\0"), message("S", "")]) },
    { kind: "work", bytes: message("Q", "select 3\0") },
    { kind: "end" },
  ];
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: sent.length })), (cuts) => {
    const stream = new ClientStream("c1.");
    const edges = [0, ...cuts.toSorted((a, b) => a - b), sent.length];
    const units = edges.slice(1).flatMap((end, i) => stream.push(sent.subarray(edges[i], end)));
    assert.deepEqual(units, expected);
  }));
});

Deno.test("[B3] a message that claims to be endless is refused", () => {
  const stream = new ClientStream("c1.");
  stream.push(START);
  const endless = new Uint8Array([81, 127, 255, 255, 255]);
  assert.throws(() => stream.push(endless), { name: "WireError" });
});
