/** Streams: the same frames and promises as the socket's, over Server-Sent Events and POST. */
import assert from "node:assert/strict";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { encodeFrame } from "../../src/http/socket/encoded.ts";
import { EventStream } from "../../src/http/socket/event_stream.ts";
import { encodeCameraFrame } from "../../web/client/camera_frame.js";
import { HandClock } from "./hand_clock.ts";
import { LeapingClock } from "./leaping_clock.ts";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";

const GAP_MS = DEFAULT_SOCKET_LIMITS.streamGapMsMax;

interface Asked {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
}

/** Asks for `path` under `/api/v1/stream`. */
async function ask(served: ServedEdge, method: string, path: string, { token, headers = {}, body }: Asked = {}) {
  const response = await fetch(`${served.streamUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token ?? "student.ada"}`, ...headers },
    ...body === undefined ? {} : { body },
  });
  return response;
}

async function opened(served: ServedEdge): Promise<string> {
  const response = await ask(served, "POST", "");
  assert.equal(response.status, 201);
  return (await response.json()).stream_id;
}

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

/** Posts frames, one a line. */
async function post(served: ServedEdge, id: string, ...frames: unknown[]): Promise<Response> {
  const headers = { "content-type": "application/x-ndjson" };
  const body = frames.map((frame) => JSON.stringify(frame)).join("\n");
  return await ask(served, "POST", `/${id}/frames`, { headers, body });
}

/** Reads a stream's text until `enough` of it is there. */
class Reading {
  text = "";
  readonly #reader: ReadableStreamDefaultReader<string>;

  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>> | null) {
    assert.ok(body !== null);
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async of(served: ServedEdge, id: string, lastId = 0): Promise<Reading> {
    const response = await ask(served, "GET", `/${id}`, { headers: { "last-event-id": `${lastId}` } });
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
    return new Reading(response.body);
  }

  async until(enough: RegExp): Promise<string> {
    while (!enough.test(this.text)) {
      const { done, value } = await this.#reader.read();
      assert.ok(!done, `the stream ended after ${this.text}`);
      this.text += value;
    }
    return this.text;
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }
}

const JOIN = { type: "join", channel: "session/a" };

function said(id: string, text: string) {
  const args = { item: 1, response: { kind: "text", text } };
  return { type: "command", id, channel: "session/a", command: "answer", args };
}

Deno.test("[Z4] a stream carries the socket's frames: welcome, join, ack, events, numbered", async () => {
  await using served = await ServedEdge.start();
  const id = await opened(served);
  const reading = await Reading.of(served, id);
  const answer = await post(served, id, JOIN, said("k1", "hi"), { type: "ping", sent_ms: 5 });
  assert.deepEqual([answer.status, await answer.json()], [202, { taken: 3 }]);
  for (const type of ["event", "ack", "pong"]) await reading.until(new RegExp(`"type":"${type}"`));
  await reading.until(/\n\n$/);
  const frames = [...reading.text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
  assert.deepEqual(frames[0].limits.channels_max, DEFAULT_SOCKET_LIMITS.channelsMax);
  assert.deepEqual(new Set(frames.map(({ type }) => type)), new Set(["welcome", "joined", "event", "ack", "pong"]));
  const ids = [...reading.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  assert.deepEqual(ids, ids.map((_, i) => i + 1));
  assert.equal(await statusOf(await ask(served, "DELETE", `/${id}`)), 204);
  assert.match(await reading.until(/event: close\n.*\n\n/), /event: close\ndata: {"code":1000/);
  assert.equal(served.edge.stats().connections, 0);
});

Deno.test("[Z4] a reader that breaks off goes on after the last event it has; after the gap the stream is over", async () => {
  const clock = new LeapingClock();
  await using served = await ServedEdge.start({ clock });
  const id = await opened(served);
  const first = await Reading.of(served, id);
  await statusOf(await post(served, id, JOIN));
  await first.until(/"type":"joined".*\n\n/);
  const lastId = Number([...first.text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1]);
  await first.leave();
  await statusOf(await post(served, id, said("k1", "while away")));
  const second = await Reading.of(served, id, lastId);
  await statusOf(await post(served, id, { type: "ping" }));
  const text = await second.until(/"type":"pong"/);
  assert.equal([...text.matchAll(/while away/g)].length, 1);
  assert.equal([...text.matchAll(/"type":"ack"/g)].length, 1);
  assert.doesNotMatch(text, /"type":"(welcome|joined)"/);
  // An event number that never was cannot be gone on from.
  assert.equal(await statusOf(await ask(served, "GET", `/${id}`, { headers: { "last-event-id": "99" } })), 410);
  assert.equal(await statusOf(await ask(served, "GET", `/${id}`)), 410);
  const unread = await opened(served);
  clock.leap(GAP_MS);
  assert.equal(await statusOf(await ask(served, "GET", `/${unread}`)), 410);
  assert.equal(served.edge.stats().connections, 0);
});

Deno.test("[Z4 R2] who was away for two minutes gets every event missed on the next stream, or an explicit reset", async () => {
  const clock = new LeapingClock();
  await using served = await ServedEdge.start({ clock });
  const id = await opened(served);
  const reading = await Reading.of(served, id);
  await statusOf(await post(served, id, JOIN, said("k1", "before")));
  await reading.until(/"type":"ack"/);
  await reading.leave();
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await teacher.join("session/a");
  for (let i = 0; i < 200; i++) await teacher.says("session/a", `missed ${i}`);
  clock.leap(120_000);
  assert.equal(await statusOf(await ask(served, "GET", `/${id}`, { headers: { "last-event-id": "3" } })), 410);
  const back = await Peer.welcomed(served.streamUrl, "student.ada");
  const joined = await back.join("session/a", { epoch: 1, seq: 1 });
  assert.ok(joined.resumed);
  for (let i = 0; i < 200; i++) {
    const event = await back.next("event");
    assert.deepEqual([event.seq, event.data], [i + 2, { text: `missed ${i}` }]);
  }
  back.send({ type: "join", channel: "session/a", resume: { epoch: 9, seq: 1 } });
  assert.equal((await back.next("reset")).seq, 201);
  await back.leave();
});

Deno.test("[Z4 A4] a stream is its person's alone, and nobody learns of another's", async () => {
  await using served = await ServedEdge.start();
  const id = await opened(served);
  const other = { token: "student.eve" };
  const headers = { "content-type": "application/x-ndjson" };
  for (const path of [`/${id}`, `/${crypto.randomUUID()}`]) {
    assert.equal(await statusOf(await ask(served, "GET", path, other)), 410);
    assert.equal(await statusOf(await ask(served, "POST", `${path}/frames`, { ...other, headers, body: "{}" })), 410);
    assert.equal(await statusOf(await ask(served, "DELETE", path, other)), 204);
  }
  assert.equal(await statusOf(await ask(served, "POST", "", { token: "nobody" })), 401);
  const reading = await Reading.of(served, id);
  await reading.until(/welcome/);
  await reading.leave();
});

Deno.test("[Z4 W2 W6] a bad frame and a bad camera frame are refused on the stream, another media type by 415", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.streamUrl, "student.ada");
  await peer.join("session/a");
  peer.send({ type: "shout" });
  assert.equal((await peer.next("refuse")).code, "bad_frame");
  peer.socket.send(new Uint8Array([1, 2, 3]));
  assert.match((await peer.next("refuse")).code, /^camera_/);
  peer.socket.send(encodeCameraFrame("session/a", "jpeg", new Uint8Array([0xff, 0xd8, 0xff]), Date.now()));
  assert.equal((await peer.next("refuse")).code, "camera_unread");
  const id = await opened(served);
  const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=b" };
  assert.equal(await statusOf(await ask(served, "POST", `/${id}/frames`, form)), 415);
  await peer.leave();
});

/** A stream on a clock moved by hand, and what became of it. */
function handStream() {
  const clock = new HandClock();
  const told: string[] = [];
  const stream = new EventStream(DEFAULT_SOCKET_LIMITS, clock, {
    lost: (reason) => void told.push(reason),
    unread: () => void told.push("unread"),
    gone: () => void told.push("gone"),
  });
  return { clock, told, stream };
}

Deno.test("[Z4] a stream beats for proxies, and ends when nothing is heard of its client", async () => {
  const { clock, told, stream } = handStream();
  const body = stream.read(0);
  const { streamHeartbeatMs, streamSilenceMsMax } = DEFAULT_SOCKET_LIMITS;
  for (let passedMs = 0; passedMs + streamHeartbeatMs < streamSilenceMsMax; passedMs += streamHeartbeatMs) {
    clock.advance(streamHeartbeatMs);
  }
  assert.deepEqual(told, []);
  clock.advance(streamHeartbeatMs);
  assert.deepEqual(told, ["nothing was heard of the client"]);
  stream.close(4413, "silent");
  const text = await new Response(body).text();
  assert.equal([...text.matchAll(/^: $/gm)].length, streamSilenceMsMax / streamHeartbeatMs);
  assert.match(text, /event: close\ndata: {"code":4413,"reason":"silent"}\n\n$/);
  assert.deepEqual([told.at(-1), stream.read(0)], ["gone", null]);
});

Deno.test("[Z4 M6] a stream keeps nothing of a face for a reader that comes back", async () => {
  const { stream } = handStream();
  const told = (type: "event" | "ephemeral", event: string, data: object) =>
    encodeFrame({ type, channel: "session/s1", epoch: 1, seq: 3, at_ms: 5, event, data }).text;
  const answer = told("event", "answer_graded", { score: 0.25 });
  const digest = told("ephemeral", "class_update", { students: 3 });
  const face = told("ephemeral", "emotion", { probabilities: { happy: 0.5 } });
  stream.send(face);
  stream.send([answer, face, digest].join("\n"));
  stream.send(told("ephemeral", "affect", { stress: 0.75 }));
  const again = stream.read(0);
  stream.send(face);
  stream.close(1000, "");
  const text = await new Response(again).text();
  assert.deepEqual([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id), ["1", "2", "3", "4"]);
  assert.deepEqual([...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => data).slice(0, 3), [answer, digest, face]);
});

Deno.test("[Z4 B3] what a stream keeps for a reader is bounded: beyond it the stream is over, never silently short", async () => {
  const { told, stream } = handStream();
  const text = "x".repeat(1_000);
  for (let i = 0; i < 200; i++) stream.send(text);
  assert.equal(stream.read(100), null);
  assert.deepEqual(told, ["what the stream missed is not kept any more"]);
  const kept = stream.read(150);
  stream.close(1000, "");
  assert.deepEqual([...(await new Response(kept).text()).matchAll(/^id: (\d+)$/gm)].length, 50);
});
