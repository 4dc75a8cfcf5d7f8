/** One channel of a connection: its events in order, its commands until they are answered. */

/** The server's final no to a command; `code` is stable. */
export class RefusedError extends Error {
  name = "RefusedError";

  constructor(frame) {
    super(frame.message);
    this.code = frame.code;
    this.detail = frame.detail;
  }
}

/** The connection has ended for good; `code` is the close code, 1000 where the client itself closed. */
export class ClosedError extends Error {
  name = "ClosedError";

  constructor(code, reason) {
    super(`closed with ${code} ${reason}`);
    this.code = code;
  }
}

export class Channel {
  #client;
  #listeners = new Map();
  #pending = new Map();
  #point = null;
  #joined = false;
  /** Why the server will not have this client on the channel; null while it may. */
  #refusal = null;
  #ended = null;

  constructor(client, name) {
    this.#client = client;
    this.name = name;
  }

  get point() {
    return this.#point;
  }

  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  send(command, args = {}) {
    const refusal = this.#ended ?? this.#refusal;
    if (refusal !== null) return Promise.reject(refusal);
    const frame = { type: "command", id: this.#client.nextId(), channel: this.name, command, args };
    const tooLarge = this.#client.tooLarge(frame);
    if (tooLarge !== null) return Promise.reject(new RefusedError(tooLarge));
    return new Promise((resolve, reject) => {
      this.#pending.set(frame.id, { frame, resolve, reject });
      if (this.#joined) this.#client.write(frame);
    });
  }

  leave() {
    this.#client.forget(this.name);
    this.end(new ClosedError(1000, "the channel was left"));
  }

  join() {
    if (this.#ended !== null) return;
    this.#joined = false;
    this.#refusal = null;
    this.#client.write({ type: "join", channel: this.name, resume: this.#point });
  }

  /** Takes one frame of this channel. */
  take(frame) {
    switch (frame.type) {
      case "joined":
      case "reset":
        this.#point = { epoch: frame.epoch, seq: frame.seq };
        this.#joined = true;
        // First of all, so that a listener that throws cannot keep a command from being sent again.
        for (const { frame: command } of this.#pending.values()) this.#client.write(command);
        if (frame.state !== null) this.#tell("state", frame.state, frame);
        this.#tell("presence", frame.present, frame);
        break;
      case "event":
        // Before this join is answered, what comes belongs to one that was left.
        if (!this.#joined || frame.seq <= this.#point.seq) break;
        this.#point = { epoch: Math.max(frame.epoch, this.#point.epoch), seq: frame.seq };
        this.#tell(frame.event, frame.data, frame);
        break;
      case "ephemeral":
        if (this.#joined && frame.epoch >= this.#point.epoch) this.#tell(frame.event, frame.data, frame);
        break;
      case "presence":
        this.#tell("presence", frame.present, frame);
        break;
      case "ack":
        this.#settle(frame.id)?.resolve(frame.body);
        break;
      case "refuse":
        this.#refused(frame);
        break;
    }
  }

  end(error) {
    this.#ended = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #refused(frame) {
    if (frame.id === null) {
      if (frame.retry_after_ms !== null) this.#client.later(frame.retry_after_ms, () => this.join());
      else if (!this.#joined) this.#shutOut(new RefusedError(frame));
      this.#tell("refused", frame.detail, frame);
      return;
    }
    const pending = this.#pending.get(frame.id);
    if (pending === undefined) return;
    if (frame.retry_after_ms === null) {
      this.#settle(frame.id);
      pending.reject(new RefusedError(frame));
      return;
    }
    this.#client.later(frame.retry_after_ms, () => {
      if (this.#pending.has(frame.id)) this.#client.write(pending.frame);
    });
  }

  /** The join itself was refused for good: so is everything that waits for it. */
  #shutOut(refusal) {
    this.#refusal = refusal;
    for (const { reject } of this.#pending.values()) reject(refusal);
    this.#pending.clear();
  }

  #settle(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #tell(event, data, frame) {
    for (const listener of this.#listeners.get(event) ?? []) listener(data, frame);
    for (const listener of this.#listeners.get("*") ?? []) listener(data, frame);
  }
}
