/** Frames in and out: what parses, what is refused, and the binary header. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../src/domain/address.ts";
import { decodeCameraFrame, encodeCameraFrame } from "../../src/http/socket/camera_frame.ts";
import { parseFrame } from "../../src/http/socket/frame.ts";
import { commandOf } from "../../src/http/socket/frame_to_command.ts";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";

const BYTES_MAX = 1_000;

function command(name: string, args: unknown) {
  const frame = parseFrame(
    JSON.stringify({ type: "command", id: "1", channel: "session/a", command: name, args }),
    BYTES_MAX,
  );
  assert.equal(frame.type, "command");
  return commandOf(frame);
}

Deno.test("[W2] parseFrame never throws, whatever the text", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    const frame = parseFrame(text, BYTES_MAX);
    assert.equal(typeof frame.type, "string");
  }));
});

Deno.test("[W2] a frame too long in bytes, though short in characters, is refused", () => {
  const text = JSON.stringify({ type: "hello", token: "€".repeat(400) });
  assert.ok(text.length < BYTES_MAX);
  const frame = parseFrame(text, BYTES_MAX);
  assert.equal(frame.type === "bad" && frame.code, "frame_too_large");
  assert.equal(parseFrame(text, 4 * BYTES_MAX).type, "hello");
});

Deno.test("[W2] a command that does not fit names its id and where it is wrong", () => {
  const frame = parseFrame('{"type":"command","id":"k1","channel":"nowhere","command":"hint","args":{}}', BYTES_MAX);
  assert.ok(frame.type === "bad");
  assert.equal(frame.id, "k1");
  assert.match(JSON.stringify(frame.detail), /"path":"channel"/);
});

Deno.test("[W2] command ids hold letters, digits, _ and - only, at most 64", () => {
  for (const [id, good] of [["a_-9", true], ["a:b", false], ["", false], ["x".repeat(65), false]] as const) {
    const frame = parseFrame(
      JSON.stringify({ type: "command", id, channel: "session/a", command: "pause" }),
      BYTES_MAX,
    );
    assert.equal(frame.type, good ? "command" : "bad", id);
  }
});

Deno.test("[W2] commandOf reads every answer kind and refuses engine commands, strange names and wrong arguments", () => {
  const responses = [
    { kind: "choice", option: "a" },
    { kind: "choices", options: ["a", "b"] },
    { kind: "number", value: "3/4", unit: null },
    { kind: "text", text: "slope" },
    { kind: "ordering", order: ["b", "a"] },
    { kind: "matching", pairs: { a: "b" } },
  ];
  for (const response of responses) {
    const reading = command("answer", { item: 4, response });
    assert.deepEqual(reading, { kind: "command", to: "session/a", command: { type: "answer", item: 4, response } });
  }
  const override = { item_id: "sum-1", reason: "Because." };
  assert.deepEqual(command("override_item", override), {
    kind: "command",
    to: "session/a",
    command: { type: "override_item", itemId: "sum-1", reason: "Because." },
  });
  for (const wrong of [{ reason: "" }, { reason: "x".repeat(301) }, { item_id: "no item" }, { more: 1 }]) {
    const reading = command("override_item", { ...override, ...wrong });
    assert.equal(reading.kind === "bad" && reading.code, "bad_args");
  }
  assert.deepEqual(command("pause", null), { kind: "command", to: "session/a", command: { type: "pause" } });
  for (const name of ["create", "serve_item", "observe_emotion", "toString", "__proto__"]) {
    const reading = command(name, {});
    assert.equal(reading.kind === "bad" && reading.code, "unknown_command", name);
  }
  for (const args of [{}, { item: 0 }, { item: 1.5 }, { item: 1, type: "pause", more: 1 }]) {
    const reading = command("hint", args);
    assert.equal(reading.kind === "bad" && reading.code, "bad_args");
  }
});

Deno.test("[W6] encodeCameraFrame and decodeCameraFrame are each other's inverse", () => {
  fc.assert(fc.property(
    fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
    fc.constantFrom("jpeg" as const, "png" as const, "webp" as const),
    fc.double({ min: 1, max: 1e15, noNaN: true }),
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    (key, format, capturedAtMs, image) => {
      const frame = { channel: addressOf("session", key), capturedAtMs, format, bytes: new Uint8Array(image) };
      const reading = decodeCameraFrame(encodeCameraFrame(frame).buffer);
      assert.deepEqual(reading.kind === "frame" && reading.frame, frame);
    },
  ));
});

Deno.test("[W6] decodeCameraFrame names each fault of a header and survives any bytes", () => {
  const good = encodeCameraFrame({
    channel: addressOf("session", "abc"),
    capturedAtMs: 1,
    format: "png",
    bytes: new Uint8Array([1]),
  });
  const faults = [
    ["camera_magic", (bytes: Uint8Array) => bytes.set([0], 0)],
    ["camera_version", (bytes: Uint8Array) => bytes.set([2], 2)],
    ["camera_format", (bytes: Uint8Array) => bytes.set([0], 3)],
    ["camera_time", (bytes: Uint8Array) => bytes.set([0x7f, 0xf8], 4)],
    ["camera_channel", (bytes: Uint8Array) => bytes.set([200], 12)],
    ["camera_channel", (bytes: Uint8Array) => bytes.set([0x21], 13)],
  ] as const;
  for (const [code, spoil] of faults) {
    const bytes = new Uint8Array(good);
    spoil(bytes);
    const reading = decodeCameraFrame(bytes.buffer);
    assert.equal(reading.kind === "bad" && reading.code, code);
  }
  const bare = decodeCameraFrame(good.slice(0, -1).buffer);
  assert.equal(bare.kind === "bad" && bare.code, "camera_empty");
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
    decodeCameraFrame(new Uint8Array(bytes).buffer);
  }));
});

Deno.test("[W2] bad frames are refused with the reason and the socket goes on", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.url, "student:ada");
  const bad = [
    ["{", "not_json"],
    ["[]", "bad_frame"],
    ['{"type":"dance"}', "bad_frame"],
    ['{"type":"join","channel":"session/a","more":1}', "bad_frame"],
    ["x".repeat(70_000), "frame_too_large"],
  ] as const;
  for (const [text, code] of bad) {
    peer.socket.send(text);
    const refusal = await peer.next("refuse");
    assert.equal(refusal.code, code);
    assert.equal(refusal.retry_after_ms, null);
  }
  assert.equal((await peer.join("session/a")).seq, 0);
});

Deno.test("[W6] a bad binary frame is refused with its fault and the socket goes on", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.url, "student:ada");
  peer.socket.send(new Uint8Array(40));
  assert.equal((await peer.next("refuse")).code, "camera_magic");
  peer.socket.send(new Uint8Array(600 * 1024));
  assert.equal((await peer.next("refuse")).code, "camera_frame_too_large");
  await peer.settled();
});

Deno.test("[B3] frames over the rate are refused with retry_after_ms, and a peer that never stops is closed", async () => {
  await using served = await ServedEdge.start({
    limits: { framesPerSecondMax: 1, framesBurstMax: 3, framesOverRateMax: 5 },
  });
  const peer = await Peer.welcomed(served.url, "student:ada");
  for (let i = 0; i < 9; i++) peer.send({ type: "command", id: `k${i}`, channel: "session/a", command: "pause" });
  const refusal = await peer.next("refuse", (frame) => frame.code === "rate_limited");
  assert.equal(refusal.id, "k3");
  assert.ok((refusal.retry_after_ms ?? 0) > 0);
  assert.equal((await peer.closed).code, 4429);
});

Deno.test("[B3] binary messages over the rate count too: a peer that never stops sending them is closed", async () => {
  await using served = await ServedEdge.start({
    limits: { framesPerSecondMax: 1, framesBurstMax: 3, framesOverRateMax: 5 },
  });
  const peer = await Peer.welcomed(served.url, "student:ada");
  for (let i = 0; i < 9; i++) peer.socket.send(new Uint8Array(16));
  assert.equal((await peer.closed).code, 4429);
});
