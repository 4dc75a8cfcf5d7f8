/** How much memory an actor takes, estimated now and then. */
import { estimateBytes } from "./json_size.ts";

/** Events between two looks at the state. */
const LOOK_EVERY_EVENTS = 32;
/** Estimated bytes of an activation without its state, of a remembered command, of a kept event or command. */
const ACTIVATION_BYTES = 2_048;
const REMEMBERED_BYTES = 160;
const KEPT_BYTES = 512;

export class Footprint {
  #stateBytes = 0;
  #lookedAtSeq = -1;

  /** Estimated bytes; `remembered` and `kept` are counts of commands known and of events and commands in queues. */
  bytes(basis: { readonly state: unknown; readonly seq: number }, remembered: number, kept: number): number {
    if (this.#lookedAtSeq < 0 || basis.seq - this.#lookedAtSeq >= LOOK_EVERY_EVENTS) {
      this.#stateBytes = estimateBytes(basis.state);
      this.#lookedAtSeq = basis.seq;
    }
    return ACTIVATION_BYTES + this.#stateBytes + remembered * REMEMBERED_BYTES + kept * KEPT_BYTES;
  }
}
