// @ts-self-types="./shared_document.d.ts"
/**
 * A room's shared notes or board on its channel `room/ID`: a Yjs replica that is kept in step. What is written here is
 * gathered for a moment and sent until it is acknowledged; what others write comes in; after a reconnect both sides
 * send what the other lacks.
 */

import * as Y from "yjs";
import { ClosedError } from "./channel.js";

const SEND_EVERY_MS = 250;
const CURSOR_EVERY_MS = 100;
/** Characters of bytes turned into text at a time. */
const CHUNK = 8_192;
/** Marks what came from the server, so that it is not sent back. */
const FROM_SERVER = "server";

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

function bytesOf(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export class SharedDocument {
  #channel;
  #listeners = new Set();
  #replica = null;
  /** Own updates that are not on their way yet. */
  #unsent = [];
  #isSending = false;
  #sendTimer = null;
  #cursor = null;
  #cursorTimer = null;
  #mayPoint = true;
  #ends;
  #isClosed = false;

  /** @param name `notes` or `board` */
  constructor(channel, name) {
    this.#channel = channel;
    this.name = name;
    this.#ends = [
      channel.on("document_update", ({ document, update }) => document === name && this.#hear(update)),
      channel.on("state", () => this.#sync()),
    ];
    this.#begin();
    this.#sync();
  }

  get replica() {
    return this.#replica;
  }

  get notes() {
    return this.#replica.getText("notes");
  }

  get shapes() {
    return this.#replica.getMap("shapes");
  }

  /** Whether everything written here has been acknowledged. */
  get isSaved() {
    return !this.#isSending && this.#unsent.length === 0;
  }

  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds a shape, or changes some of its properties. */
  draw(id, properties) {
    this.#replica.transact(() => {
      if (!this.shapes.has(id)) this.shapes.set(id, new Y.Map());
      const shape = this.shapes.get(id);
      for (const [name, value] of Object.entries(properties)) shape.set(name, value);
    });
  }

  /** Tells the others where this person is: the newest place, a few times a second. */
  point(at) {
    if (!this.#mayPoint) return;
    this.#cursor = { document: this.name, at };
    this.#cursorTimer ??= setTimeout(() => this.#tellPlace(), CURSOR_EVERY_MS);
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#sendTimer);
    clearTimeout(this.#cursorTimer);
    for (const end of this.#ends) end();
    this.#replica.destroy();
  }

  /** One at a time: while the connection is down, only the newest waits. */
  async #tellPlace() {
    const told = this.#cursor;
    try {
      await this.#channel.send("cursor", told);
    } catch {
      // Nothing more can be done here than to point no longer: the room is over, or this person is not in it.
      this.#mayPoint = false;
    }
    this.#cursorTimer = null;
    if (this.#cursor !== told && !this.#isClosed) this.point(this.#cursor.at);
  }

  #begin() {
    this.#replica?.destroy();
    this.#unsent = [];
    const replica = new Y.Doc();
    this.#replica = replica;
    replica.on("update", (update, origin) => {
      if (origin !== FROM_SERVER) {
        this.#unsent.push(update);
        this.#sendSoon();
      }
      this.#tell({ kind: "changed", by: origin === FROM_SERVER ? "others" : "here" });
    });
  }

  #hear(update) {
    Y.applyUpdate(this.#replica, bytesOf(update), FROM_SERVER);
  }

  /** Takes what this replica lacks, and sends what the server lacks. */
  async #sync() {
    const replica = this.#replica;
    try {
      const known = base64(Y.encodeStateVector(replica));
      const { update, state_vector } = await this.#channel.send("document_sync", {
        document: this.name,
        state_vector: known,
      });
      if (this.#isClosed || this.#replica !== replica) return;
      this.#hear(update);
      this.#sendBeyond(state_vector);
    } catch (error) {
      if (!this.#isClosed && !(error instanceof ClosedError)) this.#tellRefused(error);
    }
  }

  #sendBeyond(stateVector) {
    const server = bytesOf(stateVector);
    const beyond = Y.encodeStateAsUpdate(this.#replica, server);
    const { structs, ds } = Y.decodeUpdate(beyond);
    if (structs.length === 0 && ds.clients.size === 0) return;
    this.#unsent.push(beyond);
    this.#sendSoon();
  }

  #sendSoon() {
    if (this.#isClosed) return;
    this.#sendTimer ??= setTimeout(() => {
      this.#sendTimer = null;
      this.#send();
    }, SEND_EVERY_MS);
  }

  /** One at a time, so that no update overtakes another. */
  async #send() {
    if (this.#isSending || this.#unsent.length === 0) return;
    this.#isSending = true;
    const update = base64(Y.mergeUpdates(this.#unsent));
    this.#unsent = [];
    try {
      await this.#channel.send("document_update", { document: this.name, update });
    } catch (error) {
      if (!this.#isClosed && !(error instanceof ClosedError)) this.#takeBack(error);
    }
    this.#isSending = false;
    if (this.#unsent.length > 0) this.#sendSoon();
    else this.#tell({ kind: "saved" });
  }

  /** What the server will not have cannot stay here either: the document is read anew. */
  #takeBack(error) {
    if (error.code === "update_gap") return this.#sendBeyond(error.detail.state_vector);
    this.#begin();
    this.#tellRefused(error);
    this.#sync();
  }

  #tellRefused({ code, message }) {
    this.#tell({ kind: "refused", code, message });
  }

  #tell(change) {
    for (const listener of this.#listeners) listener(change);
  }
}
