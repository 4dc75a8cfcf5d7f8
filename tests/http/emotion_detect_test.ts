/** One picture by REST: what comes back, every way it is refused, and whose leave it needs. */
import assert from "node:assert/strict";
import type { FrameOutcome } from "../../src/http/ports.ts";
import { DEFAULT_RATE_RULES } from "../../src/http/rate_limit.ts";
import { UPLOAD_BYTES_MAX } from "../../src/http/image_upload.ts";
import { InTurn } from "../../src/http/in_turn.ts";
import type { Edge, SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { API, consent, detect, formOf, JPEG, ScriptedReader } from "./emotion_world.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

interface Setting {
  readonly edge: Edge;
  readonly reader: ScriptedReader;
  readonly student: SignedUp;
}

async function served(): Promise<Setting> {
  const reader = new ScriptedReader();
  world.edgeWorld.emotion = reader;
  const edge = await world.serve();
  const student = await edge.signUp("student");
  return { edge, reader, student };
}

async function consenting(): Promise<Setting> {
  const setting = await served();
  await consent(setting.edge, setting.student);
  return setting;
}

Deno.test("[M10] a picture with a face gives emotion, confidence, probabilities, time, box and faces", async () => {
  const { edge, reader, student } = await consenting();
  const { status, body } = await detect(edge, student.token, formOf(JPEG));
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body, {
    emotion: "happy",
    confidence: 0.6,
    confident: true,
    probabilities: { angry: 0.05, disgust: 0.05, fear: 0.05, happy: 0.6, sad: 0.05, surprise: 0.05, neutral: 0.15 },
    timestamp: new Date(world.edgeWorld.nowMs).toISOString(),
    box: { x: 10, y: 20, width: 100, height: 120 },
    faces: 2,
    model: "scripted",
  });
  const [frame] = reader.frames;
  assert.deepEqual([frame?.learnerId, frame?.kind, frame?.format], [student.id, "still", "jpeg"]);
  assert.deepEqual(frame?.bytes, JPEG);
});

Deno.test("[M10] a picture's type is what its part says, or what its first bytes say", async () => {
  const { edge, reader, student } = await consenting();
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0]);
  const webp = new TextEncoder().encode("RIFF....WEBP");
  const sent: readonly [Uint8Array<ArrayBuffer>, string][] = [
    [png, "application/octet-stream"],
    [webp, ""],
    [png, "image/png"],
    [JPEG, "IMAGE/WEBP"],
  ];
  for (const [bytes, type] of sent) {
    assert.equal((await detect(edge, student.token, formOf(bytes, type))).status, 200);
  }
  assert.deepEqual(reader.frames.map(({ format }) => format), ["png", "webp", "png", "webp"]);
});

Deno.test("[M10] a body without one readable picture is refused with its own code, and nothing is read", async () => {
  const { edge, reader, student } = await consenting();
  const two = formOf(JPEG);
  two.append("image", new File([JPEG], "b.jpg", { type: "image/jpeg" }));
  const text = new FormData();
  text.set("image", "no file");
  const cases: readonly [BodyInit | null, string | undefined, number, string][] = [
    [null, undefined, 400, "image_missing"],
    [formOf(null), undefined, 400, "image_missing"],
    [formOf(new Uint8Array(0)), undefined, 400, "image_missing"],
    [two, undefined, 400, "image_missing"],
    [text, undefined, 400, "image_missing"],
    [formOf("hello", "application/octet-stream"), undefined, 400, "not_an_image"],
    [formOf("GIF89a", "image/gif"), undefined, 415, "unsupported_media_type"],
    [formOf("hello", "text/plain"), undefined, 415, "unsupported_media_type"],
    [JPEG, "image/jpeg", 415, "unsupported_media_type"],
    ["{}", "application/json", 415, "unsupported_media_type"],
    ["no parts at all", "multipart/form-data; boundary=x", 400, "malformed_multipart"],
    ["--x\r\nnonsense", "multipart/form-data; boundary=x", 400, "image_missing"],
    [JPEG, "multipart/form-data", 400, "malformed_multipart"],
  ];
  for (const [body, type, status, code] of cases) {
    const answer = await detect(edge, student.token, body, type);
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
    assert.match(answer.headers.get("content-type") ?? "", /problem\+json/);
  }
  assert.deepEqual(reader.frames, []);
});

Deno.test("[M10] a request without a body has no image, also where the server sees an empty stream", async () => {
  const { edge, student } = await consenting();
  for (const type of [undefined, "application/json"]) {
    const empty = new ReadableStream({ start: (controller) => controller.close() });
    const answer = await detect(edge, student.token, empty, type);
    assert.deepEqual([answer.status, answer.body.code], [400, "image_missing"]);
  }
});

Deno.test("[M10] pictures sent at once are read one after the other, each of them", async () => {
  const { edge, reader, student } = await consenting();
  const other = await edge.signUp("student");
  await consent(edge, other);
  const release = reader.hold();
  const asked = Array.from({ length: 8 }, () => detect(edge, student.token, formOf(JPEG)));
  await reader.arrival;
  assert.equal(reader.frames.length, 1);
  release();
  assert.deepEqual((await Promise.all(asked)).map(({ status }) => status), Array(8).fill(200));
  assert.equal(reader.frames.length, 8);
  assert.equal((await detect(edge, other.token, formOf(JPEG))).status, 200);
});

Deno.test("[InTurn] work begins in order, one at a time for each person; a failure frees the line, a full line begins nothing", async () => {
  const inTurn = new InTurn(2);
  const begun: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = inTurn.take("ada", async () => {
    begun.push("first");
    await gate.promise;
    throw new TypeError("it failed");
  });
  const second = inTurn.take("ada", () => Promise.resolve(begun.push("second")));
  assert.equal(await inTurn.take("ada", () => Promise.resolve(begun.push("third"))), null);
  await inTurn.take("bea", () => Promise.resolve(begun.push("bea")));
  assert.deepEqual(begun, ["first", "bea"]);
  gate.resolve();
  await assert.rejects(first, TypeError);
  await second;
  assert.deepEqual(begun, ["first", "bea", "second"]);
  assert.equal(await inTurn.take("ada", () => Promise.resolve("again")), "again");
});

Deno.test("[H2] a picture over the limit is 413 before it has all arrived", async () => {
  const { edge, reader, student } = await consenting();
  const announced = await detect(edge, student.token, formOf(new Uint8Array(UPLOAD_BYTES_MAX)));
  assert.deepEqual([announced.status, announced.body.code], [413, "body_too_large"]);
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const streamed = await detect(edge, student.token, endless, "multipart/form-data; boundary=x");
  assert.deepEqual([streamed.status, streamed.body.code], [413, "body_too_large"]);
  assert.ok(pulled < 2 * UPLOAD_BYTES_MAX / (64 * 1024), `${pulled} chunks taken`);
  assert.deepEqual(reader.frames, []);
});

Deno.test("[M3] [M4] [M10] what the pipeline finds is told as a problem with its own code", async () => {
  const { edge, reader, student } = await consenting();
  const observation = { capturedAtMs: 1, reading: { kind: "no_face" }, model: "scripted", source: "server" } as const;
  const refused = (code: Extract<FrameOutcome, { kind: "refused" }>["code"]) =>
    ({ kind: "refused", code, message: "because" }) as const;
  const cases: readonly [FrameOutcome, number, string][] = [
    [{ kind: "observed", observation }, 400, "no_face"],
    [refused("not_an_image"), 400, "not_an_image"],
    [refused("image_truncated"), 400, "image_truncated"],
    [refused("format_mismatch"), 400, "image_format_mismatch"],
    [refused("image_too_large"), 413, "image_too_large"],
    [{ kind: "dropped", reason: "overloaded" }, 503, "emotion_unavailable"],
    [{ kind: "unavailable", reason: "no worker" }, 503, "emotion_unavailable"],
  ];
  for (const [outcome, status, code] of cases) {
    reader.answer = outcome;
    const answer = await detect(edge, student.token, formOf(JPEG));
    assert.deepEqual([answer.status, answer.body.code], [status, code]);
    assert.equal(answer.headers.has("retry-after"), status === 503);
  }
});

Deno.test("[H2] the thirty-first picture of a learner in a minute is 429 with Retry-After; another learner's is read", async () => {
  assert.deepEqual(DEFAULT_RATE_RULES.emotion, { requestsMax: 30, windowS: 60 });
  const { edge, reader, student } = await consenting();
  for (let i = 0; i < 30; i += 1) assert.equal((await detect(edge, student.token, formOf(JPEG))).status, 200);
  const over = await detect(edge, student.token, formOf(JPEG));
  assert.deepEqual([over.status, over.body.code], [429, "too_many_requests"]);
  const waitS = Number(over.headers.get("retry-after"));
  assert.ok(waitS >= 1 && waitS <= 60, `${waitS} s`);
  assert.equal(reader.frames.length, 30);
  const other = await edge.signUp("student");
  await consent(edge, other);
  assert.equal((await detect(edge, other.token, formOf(JPEG))).status, 200);
});

Deno.test("[M1] without consent a picture is 403 and not read; taken back during the reading, the reading is not told", async () => {
  const { edge, reader, student } = await served();
  const refused = await detect(edge, student.token, formOf(JPEG));
  assert.deepEqual([refused.status, refused.body.code], [403, "consent_required"]);
  assert.deepEqual(reader.frames, []);
  await consent(edge, student);
  const release = reader.hold();
  const asking = detect(edge, student.token, formOf(JPEG));
  await reader.arrival;
  assert.equal((await edge.ask("DELETE", `${API}/consents/emotion`, { token: student.token })).status, 200);
  release();
  assert.equal((await asking).body.code, "consent_required");
});

Deno.test("[M1] in a class that does not allow it, or with a session in it, a learner's picture is 403", async () => {
  const { edge, student } = await consenting();
  const teacher = await edge.signUp("teacher");
  const made = { id: await edge.classOf(teacher, student) };
  const plan = { course_id: "doubling", class_id: made.id };
  const begun = await edge.ask("POST", `${API}/sessions`, { token: student.token, body: plan });
  assert.equal(begun.body.class_id, made.id);
  const read = () => detect(edge, student.token, formOf(JPEG));
  assert.equal((await read()).body.code, "class_policy");
  const policy = (emotion_allowed: boolean) =>
    edge.ask("PATCH", `${API}/classes/${made.id}`, { token: teacher.token, body: { emotion_allowed } });
  const [allow, forbid] = [true, false];
  await policy(allow);
  assert.equal((await read()).status, 200);
  await policy(forbid);
  assert.equal((await read()).body.code, "class_policy");
  await edge.ask("POST", `${API}/sessions/${begun.body.id}/pause`, { token: student.token });
  assert.equal((await read()).body.code, "class_policy");
  const elsewhere = await edge.ask("POST", `${API}/sessions`, {
    token: student.token,
    body: { course_id: "doubling" },
  });
  assert.equal(elsewhere.status, 201);
  assert.equal((await read()).body.code, "class_policy");
  await edge.ask("DELETE", `${API}/memberships/${made.id}`, { token: student.token });
  assert.equal((await read()).body.code, "class_policy", "a session in it is still to be completed");
  await edge.ask("POST", `${API}/sessions/${begun.body.id}/complete`, { token: student.token });
  assert.equal((await read()).status, 200);
});

Deno.test("[M1] where the deployment infers nothing a picture is 503 and there is nothing to consent to", async () => {
  world.edgeWorld.emotion = null;
  const edge = await world.serve();
  const { token } = await edge.signUp("student");
  const answer = await detect(edge, token, formOf(JPEG));
  assert.deepEqual([answer.status, answer.body.code], [503, "emotion_unavailable"]);
  const consents = await edge.ask("GET", `${API}/consents/emotion`, { token });
  assert.equal(consents.body.offered_text_version, null);
});

Deno.test("[M10] the OpenAPI document tells the multipart body and its limits", async () => {
  const { edge } = await served();
  const { body: document } = await edge.ask("GET", "/openapi.json");
  const { post } = document.paths[`${API}/emotion/detect`];
  const { schema } = post.requestBody.content["multipart/form-data"];
  assert.deepEqual([schema.required, schema.properties.image.format], [["image"], "binary"]);
  assert.deepEqual([post["x-rate-class"], post["x-body-bytes-max"]], ["emotion", UPLOAD_BYTES_MAX]);
});
