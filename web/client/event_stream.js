/** A WebSocket's stand-in where a network blocks those: Server-Sent Events down, POST up, the same frames. */

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
const CLOSE_ABNORMAL = 1006;
/** What a socket's `hello` with such a token is closed with. */
const CLOSES = { not_authenticated: 4401, invalid_token: 4401, account_inactive: 4403 };
/** Tries to take up a broken read, or to send what may not have arrived, before the stream is given up. */
const TRIES_MAX = 4;
const TRY_AGAIN_MS = 500;
/** Least time from one request with frames to the next; what comes in between gathers. */
const POST_EVERY_MS = 40;
/** Frames sent in one request. */
const FRAMES_PER_POST_MAX = 64;

/** Opens with its first frame, which must be a `hello`: its token, and that of each later one, goes with every request. */
export class EventStreamSocket {
  readyState = CONNECTING;
  onopen = () => {};
  onmessage = () => {};
  onclose = () => {};
  onerror = () => {};
  #url;
  #token = null;
  #id = null;
  #lastId = 0;
  #outgoing = [];
  #isSending = false;
  #ended = new AbortController();

  /** `url` is where streams are opened, such as `https://host/api/v1/stream`. */
  constructor(url) {
    this.#url = url;
    queueMicrotask(() => {
      if (this.readyState !== CONNECTING) return;
      this.readyState = OPEN;
      this.onopen();
    });
  }

  /** A frame as text, or a camera frame as bytes. */
  send(message) {
    if (this.readyState !== OPEN) return;
    const hello = typeof message === "string" && message.startsWith('{"type":"hello"') ? JSON.parse(message) : null;
    if (hello !== null) this.#token = hello.token;
    // The first token opens the stream; that is its hello.
    if (hello !== null && this.#id === null) void this.#open();
    else {
      this.#outgoing.push(message);
      void this.#sendOn();
    }
  }

  close(code = 1000, reason = "") {
    if (this.readyState === CLOSED) return;
    const id = this.#id;
    this.#down(code, reason);
    if (id !== null) void this.#sayEnd(id);
  }

  async #sayEnd(id) {
    try {
      const answer = await fetch(this.#at(id), { method: "DELETE", headers: this.#headers() });
      await answer.body?.cancel();
    } catch {
      // Then the server finds out by itself, a little later.
      return;
    }
  }

  #at(...path) {
    return [this.#url, ...path].join("/");
  }

  #headers(more = {}) {
    return { authorization: `Bearer ${this.#token}`, ...more };
  }

  async #open() {
    try {
      const answer = await this.#ask(this.#url, { method: "POST" });
      if (answer.status !== 201) {
        this.#down(CLOSES[(await answer.json()).code] ?? CLOSE_ABNORMAL, `refused with ${answer.status}`);
        return;
      }
      this.#id = (await answer.json()).stream_id;
    } catch {
      // No server, no network: as a socket that could not connect.
      this.#down(CLOSE_ABNORMAL, "no connection");
      return;
    }
    void this.#readOn();
    void this.#sendOn();
  }

  #ask(url, { headers, ...request }) {
    return fetch(url, { ...request, headers: this.#headers(headers), signal: this.#ended.signal, cache: "no-store" });
  }

  /** Reads until the stream is over; a broken read goes on after the last event that came whole. */
  async #readOn() {
    for (let tries = 0; tries < TRIES_MAX && this.readyState === OPEN; tries += 1) {
      if (tries > 0) await pause(TRY_AGAIN_MS * tries);
      const before = this.#lastId;
      if (await this.#read() === "over") break;
      if (this.#lastId > before) tries = 0;
    }
    this.#down(CLOSE_ABNORMAL, "the stream broke off");
  }

  async #read() {
    try {
      const headers = { "last-event-id": `${this.#lastId}` };
      const answer = await this.#ask(this.#at(this.#id), { headers });
      if (answer.status !== 200) {
        await answer.body?.cancel();
        return answer.status >= 500 || answer.status === 429 ? "broken" : "over";
      }
      const events = new EventReader((event) => this.#take(event));
      for await (const text of answer.body.pipeThrough(new TextDecoderStream())) events.read(text);
      return "broken";
    } catch {
      return "broken";
    }
  }

  #take({ id, type, data }) {
    if (this.readyState !== OPEN) return;
    if (id !== null) this.#lastId = id;
    if (type === "close") {
      const { code, reason } = JSON.parse(data);
      this.#down(code, reason);
    } else this.onmessage({ data });
  }

  /** One request at a time keeps the order. */
  async #sendOn() {
    if (this.#isSending || this.#id === null) return;
    this.#isSending = true;
    while (this.#outgoing.length > 0 && this.readyState === OPEN) {
      await Promise.all([this.#sendNext(), pause(POST_EVERY_MS)]);
    }
    this.#isSending = false;
  }

  async #sendNext() {
    const [first] = this.#outgoing;
    let messages = this.#outgoing.findIndex((message) => typeof message !== "string");
    if (messages < 0) messages = this.#outgoing.length;
    const isText = typeof first === "string";
    const batch = this.#outgoing.splice(0, isText ? Math.min(messages, FRAMES_PER_POST_MAX) : 1);
    const body = isText ? batch.join("\n") : first;
    const headers = { "content-type": isText ? "application/x-ndjson" : "application/octet-stream" };
    for (let tries = 1; this.readyState === OPEN; tries += 1) {
      const outcome = await this.#post(body, headers);
      // A camera frame is not worth a second try; what is sent twice is done once.
      if (outcome === "sent" || !isText) return;
      if (outcome === "over" || tries === TRIES_MAX) this.#down(CLOSE_ABNORMAL, "frames could not be sent");
      else await pause(TRY_AGAIN_MS * tries);
    }
  }

  async #post(body, headers) {
    try {
      const answer = await this.#ask(this.#at(this.#id, "frames"), { method: "POST", headers, body });
      await answer.body?.cancel();
      if (answer.status === 202) return "sent";
      return answer.status >= 500 || answer.status === 429 ? "failed" : "over";
    } catch {
      return "failed";
    }
  }

  #down(code, reason) {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#ended.abort();
    this.#outgoing = [];
    this.onclose({ code, reason });
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Reads the lines of `text/event-stream` as they come; tells each event once it is whole. */
class EventReader {
  #tell;
  #rest = "";
  #id = null;
  #type = "message";
  #data = [];

  constructor(tell) {
    this.#tell = tell;
  }

  read(text) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop();
    for (const line of lines) this.#line(line);
  }

  #line(line) {
    if (line === "") {
      if (this.#data.length > 0) this.#tell({ id: this.#id, type: this.#type, data: this.#data.join("\n") });
      this.#id = null;
      this.#type = "message";
      this.#data = [];
    } else if (line.startsWith("data: ")) this.#data.push(line.slice(6));
    else if (line.startsWith("id: ")) this.#id = Number(line.slice(4));
    else if (line.startsWith("event: ")) this.#type = line.slice(7);
  }
}
