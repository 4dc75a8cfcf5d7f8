/** SIGTERM with a thousand live sessions: drained in seconds, every client told where it stood, nothing lost. */
import assert from "node:assert/strict";
import { z } from "zod";
import { startServer } from "../support/server_process.ts";
import { enrol, startSession } from "./people.ts";

const STUDENTS = 50;
const SESSIONS_EACH = 20;
const CLOSE_COME_BACK = 1012;

const toldSchema = z.looseObject({ type: z.string(), code: z.string().optional(), detail: z.unknown().optional() });
const pointsSchema = z.record(z.string(), z.object({ epoch: z.number(), seq: z.number() }));

interface Attending {
  /** Resolves once every session is joined and its first item is there. */
  readonly ready: Promise<void>;
  /** What the server said of each channel before it closed, and the close code. */
  readonly left: Promise<{ readonly points: z.infer<typeof pointsSchema>; readonly code: number }>;
  /** The last event of each channel. */
  readonly seqs: Map<string, number>;
}

/** A bare socket, so that every frame up to the close is seen as it was sent. */
function attend(base: string, token: string, sessionIds: readonly string[]): Attending {
  const socket = new WebSocket(`${base.replace("http", "ws")}/api/v1/socket`, "neurolearn.v1");
  const seqs = new Map<string, number>();
  const served = new Set<string>();
  const ready = Promise.withResolvers<void>();
  const left = Promise.withResolvers<Awaited<Attending["left"]>>();
  let points: z.infer<typeof pointsSchema> = {};
  socket.onopen = () => {
    socket.send(JSON.stringify({ type: "hello", token }));
    for (const id of sessionIds) socket.send(JSON.stringify({ type: "join", channel: `session/${id}` }));
  };
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type === "joined" || frame.type === "event") seqs.set(frame.channel, frame.seq);
    if (frame.event === "lesson_update" || frame.state?.current_item) served.add(frame.channel);
    if (served.size === sessionIds.length) ready.resolve();
    const told = toldSchema.parse(frame);
    if (told.type === "refuse" && told.code === "draining") {
      points = z.looseObject({ channels: pointsSchema }).parse(told.detail).channels;
    }
  };
  socket.onclose = ({ code }) => left.resolve({ points, code });
  return { ready: ready.promise, left: left.promise, seqs };
}

const options = { sanitizeResources: false, sanitizeOps: false };

Deno.test(
  "[L6][W5] SIGTERM drains a thousand live sessions before its deadline and loses nothing",
  options,
  async () => {
    const dataDir = await Deno.makeTempDir({ prefix: "drain_" });
    const settings = { DATA_DIR: dataDir, RATE_LIMITS: "off", BCRYPT_COST: "4", EMOTION: "off" };
    const server = await startServer(settings);
    const attending: Attending[] = [];
    for (let i = 0; i < STUDENTS; i += 1) {
      const person = await enrol(server.url, `student_${i}`);
      const sessionIds = await Promise.all(
        Array.from({ length: SESSIONS_EACH }, () => startSession(server.url, person, 10)),
      );
      attending.push(attend(server.url, person.token, sessionIds));
    }
    await Promise.all(attending.map(({ ready }) => ready));
    const begunMs = performance.now();
    assert.equal(await server.stop("SIGTERM"), 0);
    console.log(`drained in ${((performance.now() - begunMs) / 1000).toFixed(1)} s`);
    for (const { left, seqs } of attending) {
      const { points, code } = await left;
      assert.equal(code, CLOSE_COME_BACK);
      assert.deepEqual(new Map(Object.entries(points).map(([channel, { seq }]) => [channel, seq])), seqs);
    }
    const drained = await server.logged(({ message }) => message === "drained");
    assert.equal(drained.stopped, 0, "every actor finished before the drain's own deadline of eight seconds");
    await Deno.remove(dataDir, { recursive: true });
  },
);
