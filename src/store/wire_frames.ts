/** Splits what a Postgres client sends into units that can run one after another on a backend shared by many. */

/** Far above any batch of turns; a client that claims more is broken. */
const MESSAGE_BYTES_MAX = 256 * 1024 * 1024;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const [BIND, CLOSE, DESCRIBE, FLUSH, PARSE, QUERY, SYNC, TERMINATE] = [..."BCDHPQSX"].map((c) => c.charCodeAt(0));
const STATEMENT = "S".charCodeAt(0);

export class WireError extends Error {
  override readonly name = "WireError";
}

/** `work` runs from its first message to the Sync or Query that ends it, so no other client can come in between. */
export type Unit =
  | { readonly kind: "encryption" }
  | { readonly kind: "cancel" }
  | { readonly kind: "start"; readonly bytes: Uint8Array }
  | { readonly kind: "work"; readonly bytes: Uint8Array }
  | { readonly kind: "end" };

/** One client's side of the conversation. Its prepared statements get a prefix, since all clients share one session. */
export class ClientStream {
  readonly #prefix: Uint8Array;
  readonly statements = new Set<string>();
  #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #wantedBytes = 4;
  #started = false;
  #gathered: Uint8Array[] = [];

  constructor(prefix: string) {
    this.#prefix = new TextEncoder().encode(prefix);
  }

  /** Takes bytes as they come; returns the units that are complete now. Throws {@link WireError}. */
  push(chunk: Uint8Array): readonly Unit[] {
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes < this.#wantedBytes) return [];
    const bytes = joined(this.#chunks);
    const units: Unit[] = [];
    let at = 0;
    for (;;) {
      this.#wantedBytes = this.#lengthAt(bytes, at);
      if (bytes.length - at < this.#wantedBytes) break;
      const message = bytes.subarray(at, at + this.#wantedBytes);
      const unit = this.#started ? this.#message(message) : this.#opening(message);
      if (unit !== null) units.push(unit);
      at += message.length;
    }
    this.#chunks = [bytes.subarray(at)];
    this.#heldBytes = bytes.length - at;
    return units;
  }

  /** Bytes of the message that begins at `at`, or of its header while that is not all there. */
  #lengthAt(bytes: Uint8Array, at: number): number {
    const typeBytes = this.#started ? 1 : 0;
    const headerBytes = typeBytes + 4;
    if (bytes.length - at < headerBytes) return headerBytes;
    const length = viewOf(bytes).getInt32(at + typeBytes);
    if (length < 4 || length > MESSAGE_BYTES_MAX) throw new WireError(`a message of ${length} bytes`);
    return typeBytes + length;
  }

  #opening(message: Uint8Array): Unit {
    if (message.length < 8) throw new WireError("an opening message without a version");
    const code = viewOf(message).getInt32(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: "encryption" };
    if (code === CANCEL_REQUEST) return { kind: "cancel" };
    this.#started = true;
    return { kind: "start", bytes: message };
  }

  #message(message: Uint8Array): Unit | null {
    const type = message[0];
    if (type === TERMINATE) return { kind: "end" };
    // Answers go out at the end of the unit, which the driver awaits anyhow.
    if (type === FLUSH) return null;
    this.#gathered.push(this.#renamed(message));
    if (type !== SYNC && type !== QUERY) return null;
    const bytes = joined(this.#gathered);
    this.#gathered = [];
    return { kind: "work", bytes };
  }

  #renamed(message: Uint8Array): Uint8Array {
    const at = statementNameAt(message);
    if (at === null || message[at] === 0) return message;
    const end = message.indexOf(0, at);
    this.statements.add(new TextDecoder().decode(joined([this.#prefix, message.subarray(at, end)])));
    const renamed = joined([message.subarray(0, at), this.#prefix, message.subarray(at)]);
    viewOf(renamed).setInt32(1, renamed.length - 1);
    return renamed;
  }
}

/** Where a message names a prepared statement, or null when it names none. */
function statementNameAt(message: Uint8Array): number | null {
  switch (message[0]) {
    case PARSE:
      return 5;
    case BIND:
      return message.indexOf(0, 5) + 1;
    case DESCRIBE:
    case CLOSE:
      return message[5] === STATEMENT ? 6 : null;
  }
  return null;
}

/** Whether an opening message sets a parameter, such as `application_name`, to this value. */
export function opensWith(opening: Uint8Array, name: string, value: string): boolean {
  return new TextDecoder().decode(opening).includes(`\0${name}\0${value}\0`);
}

/** A Query message, as a client sends it. */
export function queryMessage(sql: string): Uint8Array {
  const text = new TextEncoder().encode(sql);
  const message = new Uint8Array(text.length + 6);
  message[0] = QUERY ?? 0;
  viewOf(message).setInt32(1, message.length - 1);
  message.set(text, 5);
  return message;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
