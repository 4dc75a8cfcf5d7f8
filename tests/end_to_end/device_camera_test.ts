/** A learner's browser reads its own camera: probabilities reach the lesson, no picture leaves, revocation ends it. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { z } from "zod";
import { EMOTIONS } from "../../src/domain/affect/observation.ts";
import { NeuroLearn } from "../../web/client/neurolearn.js";
import { asJpeg, type Portrait, webcamFrame } from "../ml/photographs.ts";
import { browserTest, launchWithCamera } from "../support/chromium.ts";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import { enrol, type Person, startSession } from "./people.ts";
import { SentByPage } from "./sent_by_page.ts";

const USERNAME = "device_learner";
/** As `enrol` makes it. */
const PASSWORD = `pw-${USERNAME}-0123456789`;
const READING_EVERY_MS_MIN = 500;
/** Pages learn the server's time better as they go, which moves their capture times. */
const CLOCK_SLACK_MS = 100;
const AGREEMENT = 0.02;

const toldSchema = z.looseObject({
  source: z.string(),
  emotion: z.enum(EMOTIONS),
  probabilities: z.record(z.enum(EMOTIONS), z.number()),
  faces: z.number(),
});
const readSchema = z.object({ backend: z.string(), shares: z.array(z.number()).length(EMOTIONS.length) });

interface Lesson {
  readonly server: ServerProcess;
  readonly person: Person;
  readonly sessionId: string;
  readonly page: Page;
  readonly sent: SentByPage;
  /** What went wrong in the page, by its console. */
  readonly faults: readonly string[];
}

/** A server, a learner in a session who allows the reading of emotion, and a browser with a laughing face before it. */
async function openLesson(opened: AsyncDisposableStack): Promise<Lesson> {
  const folder = await Deno.makeTempDir({ prefix: "device_camera_" });
  opened.defer(() => Deno.remove(folder, { recursive: true }));
  const cameraPath = `${folder}/camera.mjpeg`;
  await Deno.writeFile(cameraPath, await asJpeg(await webcamFrame("laughing")));
  const server = await startServer({ DATA_DIR: `${folder}/data`, BCRYPT_COST: "4", EMOTION: "on" });
  opened.defer(async () => void await server.stop("SIGTERM"));
  const person = await enrol(server.url, USERNAME);
  const sessionId = await startSession(server.url, person, 10);
  const browser = await launchWithCamera(cameraPath);
  opened.defer(() => browser.close());
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => void faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  return { server, person, sessionId, page, sent: new SentByPage(page, server.url), faults };
}

async function ask({ server, person }: Lesson, method: string, path: string, body: BodyInit | null = null) {
  const headers = { authorization: `Bearer ${person.token}` };
  const response = await fetch(`${server.url}/api/v1${path}`, { method, headers, body });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return await response.json();
}

async function consentIs(page: Page, state: "You have said yes." | "You have not said yes"): Promise<void> {
  await page.locator("#consent-state", { hasText: state }).waitFor();
}

async function signIn({ page, server }: Lesson): Promise<void> {
  await page.goto(`${server.url}/emotion`);
  await page.fill("input[name=username]", USERNAME);
  await page.fill("input[name=password]", PASSWORD);
  await page.click("#sign-in button");
  await consentIs(page, "You have said yes.");
}

async function startCamera({ page }: Lesson): Promise<void> {
  await page.click("#start");
  await page.locator('#indicator[data-reading="yes"], #fault:not(:empty)').waitFor({ timeout: 120_000 });
  assert.equal(await page.textContent("#fault"), "");
}

async function cameraIsOff({ page }: Lesson, why: string): Promise<void> {
  await page.locator('#indicator[data-reading="no"]', { hasText: why }).waitFor();
  assert.equal(await page.evaluate("document.getElementById('preview').srcObject"), null);
}

/** The next reading that watchers of the session are told. */
async function nextTold({ server, person, sessionId }: Lesson): Promise<z.infer<typeof toldSchema>> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const watching = new NeuroLearn(`${server.url.replace("http", "ws")}/api/v1/socket`, () => person.token);
  watching.channel(`session/${sessionId}`).on("emotion", resolve);
  const told = toldSchema.parse(await promise);
  watching.close();
  return told;
}

async function readingsReachTheSession(lesson: Lesson): Promise<void> {
  await startCamera(lesson);
  const { source, emotion, faces, probabilities } = await nextTold(lesson);
  assert.deepEqual([source, emotion, faces], ["device", "happy", 1]);
  const total = Object.values(probabilities).reduce((sum, share) => sum + share, 0);
  assert.ok(Math.abs(total - 1) < 0.01, `${total}`);
  await lesson.sent.more(4);
  const { affect } = await ask(lesson, "GET", `/sessions/${lesson.sessionId}`);
  assert.ok(affect.readings >= 1, JSON.stringify(affect));
  assert.equal(await lesson.page.textContent("#faces"), "1");
  assert.match(await lesson.page.textContent("#backend") ?? "", /^(webgpu|webgl|wasm)$/);
}

/** No picture, nothing to anybody else, and two readings a second at most. */
function noPictureLeaves(sent: SentByPage): void {
  assert.equal(sent.binaryFrames, 0);
  assert.ok(sent.longestText < 2_000, `a frame of ${sent.longestText} characters`);
  assert.deepEqual(sent.elsewhere, []);
  for (const { url, bytes } of sent.bodies) assert.ok(bytes < 500, `${bytes} bytes to ${url}`);
  for (const [i, atMs] of sent.readingsAtMs.slice(1).entries()) {
    const gapMs = atMs - (sent.readingsAtMs[i] ?? 0);
    assert.ok(gapMs >= READING_EVERY_MS_MIN - CLOCK_SLACK_MS, `${gapMs} ms between readings`);
  }
}

async function pageStops(lesson: Lesson): Promise<void> {
  const { page, sent } = lesson;
  await page.click("#stop");
  await cameraIsOff(lesson, "You stopped it.");
  await startCamera(lesson);
  await sent.more(1);
  await page.click("#take-back");
  await cameraIsOff(lesson, "Your consent was taken back.");
  const before = sent.readingsAtMs.length;
  await consentIs(page, "You have not said yes");
  assert.ok(await page.isDisabled("#start"));
  await page.click("#give");
  await consentIs(page, "You have said yes.");
  assert.equal(sent.readingsAtMs.length, before);
}

/** Start is clicked twice while the models load, where they load without waiting for each other, as on a GPU. */
async function oneReaderHoweverOften(first: Lesson): Promise<void> {
  const browser = first.page.context().browser();
  assert.ok(browser);
  const page = await browser.newPage();
  const sent = new SentByPage(page, first.server.url);
  const lesson = { ...first, page, sent };
  await page.addInitScript(`
    globalThis.streams = [];
    const devices = navigator.mediaDevices, open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wish) => {
      const stream = await open(wish);
      streams.push(stream);
      return stream;
    };
    ${DISGUISES.webgl}`);
  await signIn(lesson);
  const disabled = await page.evaluate(`(() => {
    const start = document.getElementById("start");
    start.click();
    const disabled = start.disabled;
    start.disabled = false;
    start.click();
    return disabled;
  })()`);
  assert.ok(disabled, "nothing to click while it starts");
  await page.locator('#indicator[data-reading="yes"], #fault:not(:empty)').waitFor({ timeout: 120_000 });
  assert.equal(await page.textContent("#fault"), "");
  await sent.more(4);
  const lives = () => page.evaluate("streams.map((stream) => stream.active)");
  assert.deepEqual(await lives(), [true]);
  await page.click("#stop");
  await cameraIsOff(lesson, "You stopped it.");
  assert.deepEqual(await lives(), [false]);
  noPictureLeaves(sent);
  await page.close();
}

async function revocationElsewhereStops(lesson: Lesson): Promise<void> {
  await startCamera(lesson);
  await ask(lesson, "DELETE", "/consents/emotion");
  await cameraIsOff(lesson, "It is not allowed any more, by you or by your class, and what was read has been deleted.");
  await consentIs(lesson.page, "You have not said yes");
  assert.equal((await ask(lesson, "GET", `/sessions/${lesson.sessionId}`)).affect, null);
}

async function endOfLessonStops(lesson: Lesson): Promise<void> {
  const { page, sessionId } = lesson;
  await page.click("#give");
  await consentIs(page, "You have said yes.");
  await startCamera(lesson);
  await ask(lesson, "POST", `/sessions/${sessionId}/complete`);
  await cameraIsOff(lesson, "The lesson is over.");
  await page.click("#take-back");
  await consentIs(page, "You have not said yes");
}

/** Runs `script` in the page with the page's own `OnDeviceEmotion`, opened as `device`. */
async function inPage({ page, person }: Lesson, script: string, before = ""): Promise<unknown> {
  return await page.evaluate(`(async () => {
    ${before}
    const { OnDeviceEmotion, pixelsOf } = await import("/assets/web/emotion/on_device.js");
    const headers = { authorization: "Bearer ${person.token}" };
    const device = await OnDeviceEmotion.open((path) => fetch(path, { headers }));
    ${script}
  })()`);
}

async function noCameraWithoutConsent(lesson: Lesson): Promise<void> {
  const outcome = await inPage(
    lesson,
    `let opened = 0;
    navigator.mediaDevices.getUserMedia = () => Promise.reject(opened += 1);
    const video = document.createElement("video");
    const fault = await device.start({ video, onStopped() {} }).catch((error) => error.name);
    return [fault, opened];`,
  );
  assert.deepEqual(outcome, ["NoConsentError", 0]);
}

/** Run before a backend is chosen, so that the page takes the CPU behind it for a GPU. */
const DISGUISES = {
  wasm: "",
  webgl: `const { prototype } = WebGL2RenderingContext, { getExtension } = prototype;
    prototype.getExtension = function (name) {
      return name === "WEBGL_debug_renderer_info" ? null : getExtension.call(this, name);
    };`,
  webgpu: `Object.defineProperty(GPUAdapter.prototype, "info", { get: () => ({ description: "a GPU" }) });`,
} as const;

/** How far apart page and server read the same photograph. */
async function apart(lesson: Lesson, portrait: Portrait, backend: keyof typeof DISGUISES): Promise<number> {
  const png = new Uint8Array(await (await webcamFrame(portrait)).png());
  const read = await inPage(
    lesson,
    `const bytes = Uint8Array.from(atob("${png.toBase64()}"), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const { reading } = await device.read(pixelsOf(bitmap, bitmap.width, bitmap.height));
    return { backend: device.backend, shares: reading.probabilities };`,
    DISGUISES[backend],
  );
  const there = readSchema.parse(read);
  assert.equal(there.backend, backend);
  const form = new FormData();
  form.set("image", new File([png], "face.png", { type: "image/png" }));
  const { probabilities } = await ask(lesson, "POST", "/emotion/detect", form);
  return Math.max(...EMOTIONS.map((emotion, i) => Math.abs((there.shares[i] ?? NaN) - probabilities[emotion])));
}

async function photographsAreReadAlike(lesson: Lesson): Promise<void> {
  await lesson.page.click("#give");
  await consentIs(lesson.page, "You have said yes.");
  const cases = [["blonde", "wasm"], ["man", "webgl"], ["man", "webgpu"]] as const;
  for (const [portrait, backend] of cases) {
    const difference = await apart(lesson, portrait, backend);
    assert.ok(difference <= AGREEMENT, `${portrait} on ${backend}: ${difference}`);
  }
}

browserTest("[M20] a browser reads its own camera", async (opened, test) => {
  const lesson = await openLesson(opened);
  await signIn(lesson);
  // A step after one that failed would only wait for what cannot come.
  const step = async (name: string, run: (lesson: Lesson) => Promise<void>) =>
    assert.ok(await test.step(name, () => run(lesson)));
  await step("[M18] what it reads reaches the session, as the device's word", readingsReachTheSession);
  noPictureLeaves(lesson.sent);
  await step("[M20] stop stops it; so does consent taken back on the page", pageStops);
  await step("[M20] one camera is read, and stops, however often Start is clicked", oneReaderHoweverOften);
  await step("[M20] consent taken back elsewhere stops it", revocationElsewhereStops);
  await step("[M20] the end of the lesson stops it", endOfLessonStops);
  const sent = lesson.sent.readingsAtMs.length;
  await step("[M20] without consent no camera is opened", noCameraWithoutConsent);
  await step("[M19] browser and server read photographs alike, whatever it computes on", photographsAreReadAlike);
  assert.equal(lesson.sent.readingsAtMs.length, sent, "nothing was read after consent was taken back");
  noPictureLeaves(lesson.sent);
  assert.deepEqual(lesson.faults, []);
});
