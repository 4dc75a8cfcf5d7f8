// @ts-self-types="./neurolearn.d.ts"
/**
 * A client of `neurolearn.v1` for browsers and Deno, without dependencies: it stays connected, resumes every channel
 * where it stood, and sends a command again until it is answered. docs/PROTOCOL.md describes the frames.
 */

import { encodeCameraFrame } from "./camera_frame.js";
import { Channel, ClosedError } from "./channel.js";
import { EventStreamSocket } from "./event_stream.js";
import { Heartbeat } from "./heartbeat.js";

export { ClosedError, RefusedError } from "./channel.js";

const SUBPROTOCOL = "neurolearn.v1";
const RECONNECT_MS_MIN = 250;
const RECONNECT_MS_MAX = 15_000;
/** A fresh token is sent this long before the old one ends. */
const RENEW_BEFORE_MS = 30_000;
/** From the first try to connect to the server's welcome, the token's making included. */
const WELCOME_MS_MAX = 15_000;
/** Refusals of tokens asked for afresh, one after the other, after which the client gives up. */
const TOKENS_REFUSED_MAX = 2;
/** What the server takes as one text frame, until its welcome tells. */
const FRAME_BYTES_DEFAULT = 65_536;
const TIMER_MS_MAX = 2_147_483_647;
const CLOSE_UNAUTHORIZED = 4401;
const CLOSE_COME_BACK = 1012;
/** Closes after which coming back would be in vain: a client at fault, an account that is out. */
const FINAL_CLOSES = [4400, 4403];

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

/** Whether server or client meant this close; any other is the network's, which says 1006, 1002 or 0. */
function isOurs(code) {
  return code === CLOSE_COME_BACK || code >= 3000;
}

/** One connection that comes back by itself, and the channels on it. */
export class NeuroLearn {
  #url;
  #token;
  #socket = null;
  #welcome = null;
  #channels = new Map();
  #listeners = new Set();
  #recorders = new Set();
  #timers = new Set();
  #idPrefix = randomId();
  #commands = 0;
  #failures = 0;
  #tokensRefused = 0;
  #frameBytesMax = FRAME_BYTES_DEFAULT;
  #retryAfterMs = 0;
  #heartbeat = new Heartbeat({
    isInLesson: () => this.#isInLesson(),
    ping: (nextMs) => this.write({ type: "ping", sent_ms: Date.now(), next_ms: nextMs }),
    silent: () => this.#down(this.#socket, 1006, "silence"),
  });
  #onVisibility = () => this.#heartbeat.changed();
  #clock = { offsetMs: 0, roundTripMs: Infinity };
  /** WebSocket does not get through here, but the rest of HTTP does. */
  #isSocketBlocked = false;
  #closed = null;

  constructor(url, token) {
    this.#url = url;
    this.#token = token;
    globalThis.document?.addEventListener("visibilitychange", this.#onVisibility);
    this.#open();
  }

  /** `open` with the welcome frame, `down` with the close, `closed` when it will not come back. */
  onStatus(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every message as it came, before anything is made of it: one or more frames, one a line. */
  onMessage(recorder) {
    this.#recorders.add(recorder);
    return () => this.#recorders.delete(recorder);
  }

  channel(name) {
    const known = this.#channels.get(name);
    if (known !== undefined) return known;
    const channel = new Channel(this, name);
    if (this.#closed !== null) channel.end(this.#closed);
    else this.#channels.set(name, channel);
    this.#heartbeat.changed();
    if (this.#welcome !== null) channel.join();
    return channel;
  }

  /** Milliseconds since the Unix epoch by the server's clock. */
  serverNowMs() {
    return Date.now() + this.#clock.offsetMs;
  }

  /** Sends one camera frame to a joined session; false while the connection is down: frames are not kept. */
  sendCameraFrame(channel, format, image, capturedAtMs = this.serverNowMs()) {
    if (this.#welcome === null) return false;
    this.#socket.send(encodeCameraFrame(channel.name, format, image, capturedAtMs));
    return true;
  }

  /** Sends what this device read in a camera's picture; false while the connection is down: readings are not kept. */
  sendEmotionReading(channel, reading) {
    if (this.#welcome === null) return false;
    this.write({ type: "emotion_reading", channel: channel.name, ...reading });
    return true;
  }

  close() {
    this.#finish(1000, "closed by the client");
    this.#socket?.close(1000);
  }

  // What channels ask of their connection.

  nextId() {
    return `${this.#idPrefix}-${this.#commands++}`;
  }

  write(frame) {
    if (this.#welcome !== null && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** A refusal as the server would word it, or null when the frame is small enough to be sent. */
  tooLarge(frame) {
    const bytes = new TextEncoder().encode(JSON.stringify(frame)).byteLength;
    if (bytes <= this.#frameBytesMax) return null;
    const message = `a command of ${bytes} bytes is over the limit of ${this.#frameBytesMax}`;
    return { code: "frame_too_large", message, detail: { frame_bytes_max: this.#frameBytesMax } };
  }

  forget(name) {
    this.#channels.delete(name);
    this.write({ type: "leave", channel: name });
    this.#heartbeat.changed();
  }

  /** Runs `action` after `ms` unless the connection goes down before. */
  later(ms, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, Math.min(ms, TIMER_MS_MAX));
    this.#timers.add(timer);
  }

  #open() {
    this.#connect(
      this.#isSocketBlocked ? new EventStreamSocket(this.#streamUrl()) : new WebSocket(this.#url, SUBPROTOCOL),
    );
  }

  /** Beside the socket's address: `wss://host/api/v1/socket` has `https://host/api/v1/stream`. */
  #streamUrl() {
    return new URL("stream", this.#url.replace(/^ws/, "http")).href;
  }

  #connect(socket) {
    this.#socket = socket;
    this.later(WELCOME_MS_MAX, () => {
      if (this.#welcome === null) this.#down(socket, 1006, "no welcome");
    });
    socket.onopen = () => this.#hello(socket);
    socket.onmessage = ({ data }) => {
      for (const recorder of this.#recorders) recorder(data);
      for (const line of data.split("\n")) this.#take(JSON.parse(line));
    };
    socket.onclose = ({ code, reason }) => this.#down(socket, code, reason);
    // Every error is followed by a close, which says what to do.
    socket.onerror = (event) => event.preventDefault?.();
  }

  async #hello(socket) {
    try {
      const token = await this.#token();
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "hello", token, bursts: true }));
    } catch {
      // Without a token now there may be one later: as any other failure to connect.
      socket.close(3000, "no token");
    }
  }

  #take(frame) {
    this.#heartbeat.heard();
    if (frame.type === "welcome") this.#welcomed(frame);
    else if (frame.type === "pong") this.#measure(frame);
    else if (frame.type === "refuse" && frame.code === "draining" && frame.channel === null) {
      this.#retryAfterMs = frame.retry_after_ms ?? 0;
    } else this.#channels.get(frame.channel)?.take(frame);
  }

  #welcomed(welcome) {
    const isRenewal = this.#welcome !== null;
    const socket = this.#socket;
    this.#welcome = welcome;
    this.#failures = 0;
    this.#tokensRefused = 0;
    this.#frameBytesMax = welcome.limits.frame_bytes_max;
    const renewInMs = welcome.token_expires_ms - welcome.server_time_ms - RENEW_BEFORE_MS;
    this.later(Math.max(renewInMs, 1_000), () => this.#hello(socket));
    if (isRenewal) return;
    this.#clock = { offsetMs: welcome.server_time_ms - Date.now(), roundTripMs: Infinity };
    this.#heartbeat.start();
    for (const channel of this.#channels.values()) channel.join();
    this.#report("open", welcome);
  }

  /** Whether a learner looks at a lesson now, and may press an answer that the network does not take. */
  #isInLesson() {
    if (this.#welcome?.role !== "student" || globalThis.document?.hidden === true) return false;
    return [...this.#channels.keys()].some((name) => name.startsWith("classroom/"));
  }

  /** The quickest answer so far tells the offset best: half of its round trip is the least wrong. */
  #measure({ sent_ms, server_time_ms }) {
    const nowMs = Date.now();
    const roundTripMs = nowMs - sent_ms;
    if (roundTripMs > this.#clock.roundTripMs) return;
    this.#clock = { offsetMs: server_time_ms + roundTripMs / 2 - nowMs, roundTripMs };
  }

  #down(socket, code, reason) {
    // A socket taken for dead reports its close late, when another has its place.
    if (this.#closed !== null || socket !== this.#socket) return;
    if (socket.readyState < WebSocket.CLOSING) socket.close(3001, "silence");
    const isStream = socket instanceof EventStreamSocket;
    // A server that is away refuses both, one right after the other; a proxy that blocks WebSocket refuses one.
    if (this.#welcome === null && !isStream && !isOurs(code)) {
      this.#connect(new EventStreamSocket(this.#streamUrl()));
      return;
    }
    if (isStream) this.#isSocketBlocked = this.#welcome !== null;
    this.#socket = null;
    this.#welcome = null;
    this.#heartbeat.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#failures += 1;
    if (code === CLOSE_UNAUTHORIZED) this.#tokensRefused += 1;
    if (FINAL_CLOSES.includes(code) || this.#tokensRefused > TOKENS_REFUSED_MAX) {
      this.#finish(code, reason);
      return;
    }
    this.#report("down", { code, reason });
    // Full jitter: a class that lost its server together does not come back together.
    const ceilingMs = Math.min(RECONNECT_MS_MAX, RECONNECT_MS_MIN * 2 ** (this.#failures - 1));
    const waitMs = this.#retryAfterMs + Math.random() * ceilingMs;
    this.#retryAfterMs = 0;
    this.later(waitMs, () => this.#open());
  }

  #finish(code, reason) {
    if (this.#closed !== null) return;
    this.#closed = new ClosedError(code, reason);
    this.#heartbeat.stop();
    globalThis.document?.removeEventListener("visibilitychange", this.#onVisibility);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const channel of this.#channels.values()) channel.end(this.#closed);
    this.#channels.clear();
    this.#report("closed", { code, reason });
  }

  #report(status, detail) {
    for (const listener of this.#listeners) listener(status, detail);
  }
}
