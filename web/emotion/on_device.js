/**
 * Reads a learner's camera in this browser and sends a session what it showed: seven probabilities, how many faces, when
 * and by which models. No picture is kept, drawn anywhere but in the preview, or sent.
 */
import { FaceTrack } from "../../src/ml/face_tracks.ts";
import { openProvenReader } from "./proven_reader.js";

/** At most two readings a second. */
const READ_EVERY_MS = 500;
const CAMERA = { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: "user" };

/** Why the server takes no reading, where that will not pass by itself. */
const FINAL_REASONS = [
  "no_consent",
  "consent_changed",
  "class_policy",
  "emotion_off",
  "session_completed",
  "not_joined",
  "not_found",
];

/** There is no consent in force, so no camera is opened. */
export class NoConsentError extends Error {
  name = "NoConsentError";
}

/** Pixels of `source`, a video or an image, as the reader takes them. */
export function pixelsOf(source, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, channels: 4, data: new Uint8Array(data.buffer) };
}

export class OnDeviceEmotion {
  #fetch;
  #opened;
  /** The camera that is being read; null while none is. */
  #run = null;
  /** When the last reading began, of whichever camera. */
  #readAtMs = -Infinity;

  constructor(fetchSignedIn, opened) {
    this.#fetch = fetchSignedIn;
    this.#opened = opened;
  }

  /** Loads and proves the models. `fetchSignedIn(path)` is `fetch` with the learner's token; it rejects on a refusal. */
  static async open(fetchSignedIn) {
    return new OnDeviceEmotion(fetchSignedIn, await openProvenReader(fetchSignedIn));
  }

  /** `webgpu`, `webgl` or `wasm`. */
  get backend() {
    return this.#opened.backend;
  }

  get isReading() {
    return this.#run !== null;
  }

  /**
   * Opens the camera, shows it in `video` and reads it for `channel`, a session's, until {@link OnDeviceEmotion.stop}, or
   * until the server says that it may not. `onReading(reading, wasSent)` hears each reading, `onStopped(reason)` the end.
   * Rejects with {@link NoConsentError} before the camera is touched, or with what the browser says of the camera.
   */
  async start({ client, channel, video, onReading, onStopped }) {
    this.stop("restarted");
    const run = { video, stream: null, track: new FaceTrack(), onReading, onStopped, listeners: [] };
    this.#run = run;
    try {
      await this.#requireConsent();
      await this.#openCamera(run);
    } catch (error) {
      // Whoever ended it meanwhile was told so: a camera that no longer plays is no fault then.
      if (this.#run !== run) return;
      this.#end(run, "not_started");
      throw error;
    }
    if (this.#run !== run) return;
    run.listeners = [
      client.onStatus((status) => {
        if (status === "closed") this.#end(run, "signed_out");
      }),
      channel.on("emotion_forgotten", () => this.#end(run, "forgotten")),
      channel.on("completed", () => this.#end(run, "session_completed")),
      channel.on("refused", (detail, { code }) => {
        const reason = detail?.reason ?? code;
        if (FINAL_REASONS.includes(reason)) this.#end(run, reason);
      }),
    ];
    void this.#keepReading(run, client, channel);
  }

  /** Ends reading and gives the camera back, at once: nothing is sent after this returns. */
  stop(reason = "stopped") {
    if (this.#run !== null) this.#end(this.#run, reason);
  }

  /** The faces in one image, read as the camera's are; for whoever wants to see what a picture gives. */
  async read(image, search = { kind: "whole" }) {
    const { faces: [face] } = await this.#opened.reader.read([{ image, search }]);
    return face;
  }

  async #requireConsent() {
    const { in_force } = await (await this.#fetch("/api/v1/consents/emotion")).json();
    if (!in_force) throw new NoConsentError("the learner has not consented to the text that is shown now");
  }

  async #openCamera(run) {
    if (this.#run !== run) return;
    const stream = await navigator.mediaDevices.getUserMedia({ video: CAMERA, audio: false });
    run.stream = stream;
    if (this.#run !== run) {
      release(run);
      return;
    }
    for (const track of stream.getVideoTracks()) track.onended = () => this.#end(run, "camera_gone");
    run.video.srcObject = stream;
    await run.video.play();
  }

  async #keepReading(run, client, channel) {
    while (this.#run === run) {
      const restMs = this.#readAtMs + READ_EVERY_MS - performance.now();
      if (restMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, restMs));
        continue;
      }
      this.#readAtMs = performance.now();
      try {
        await this.#readOnce(run, client, channel);
      } catch (error) {
        // A graphics device that was lost, for one: better to stop than to guess.
        this.#end(run, `failed: ${error.message}`);
      }
    }
  }

  async #readOnce(run, client, channel) {
    const { video, track } = run;
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const capturedAtMs = client.serverNowMs();
    const searchedMs = performance.now();
    const { reading, look } = await this.read(pixelsOf(video, width, height), track.search(searchedMs));
    track.saw(reading, look, searchedMs);
    if (this.#run !== run) return;
    const isFace = reading.kind === "face";
    const told = {
      captured_at_ms: capturedAtMs,
      faces: isFace ? reading.faces : 0,
      probabilities: isFace ? reading.probabilities : null,
      confident: isFace && reading.confident,
      model: this.#opened.model,
    };
    run.onReading(told, client.sendEmotionReading(channel, told));
  }

  #end(run, reason) {
    if (this.#run !== run) return;
    this.#run = null;
    for (const endListening of run.listeners) endListening();
    release(run);
    run.onStopped(reason);
  }
}

/** Gives the camera back: its light goes out. */
function release({ stream, video }) {
  for (const track of stream?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}
