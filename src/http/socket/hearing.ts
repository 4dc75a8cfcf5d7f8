/** Whether a connection is heard: since when without a gap, and that it is silent though it said it would speak. */
import type { AttendingDevice } from "../../domain/attendance.ts";
import type { ClientConnection } from "../../domain/decision.ts";
import type { Clock } from "./clock.ts";
import type { SocketLimits } from "./limits.ts";

export class Hearing implements AttendingDevice {
  readonly id: string;
  readonly #clock: Clock;
  readonly #limits: Pick<SocketLimits, "silenceSlackMs">;
  readonly #onChange: () => void;
  #isHeard = true;
  #sinceMs: number;
  #heardAtMs: number;
  /** Within what it said it would be heard again; null: it has said nothing, and may be silent for long. */
  #promisedMs: number | null = null;
  #cancelLook: (() => void) | null = null;

  /** `onChange` is called when it falls silent and when it is heard again. */
  constructor(id: string, clock: Clock, limits: Pick<SocketLimits, "silenceSlackMs">, onChange: () => void) {
    this.id = id;
    this.#clock = clock;
    this.#limits = limits;
    this.#onChange = onChange;
    this.#sinceMs = clock.nowMs();
    this.#heardAtMs = this.#sinceMs;
  }

  get isHeard(): boolean {
    return this.#isHeard;
  }

  /** As those are told who are sent something by it. */
  get connection(): ClientConnection {
    return { id: this.id, heardSinceMs: this.#sinceMs };
  }

  /** Something has come. */
  heard(): void {
    this.#heardAtMs = this.#clock.nowMs();
    if (!this.#isHeard) this.cameBack();
  }

  /** It says that it will be heard again within `ms`; null: that it cannot say. */
  promised(ms: number | null): void {
    if (ms === this.#promisedMs) return;
    this.#promisedMs = ms;
    this.#look();
  }

  /** The way to it is known to be broken, for now. */
  lost(): void {
    if (!this.#isHeard) return;
    this.#isHeard = false;
    this.#stopLooking();
    this.#onChange();
  }

  /** There was a gap, noticed or not: what is heard from now on is heard since now. */
  cameBack(): void {
    this.#sinceMs = this.#heardAtMs = this.#clock.nowMs();
    if (this.#isHeard) return;
    this.#isHeard = true;
    this.#look();
    this.#onChange();
  }

  end(): void {
    this.#promisedMs = null;
    this.#stopLooking();
  }

  /** One timer for all that is heard: it looks again where something came meanwhile. */
  #look(): void {
    this.#stopLooking();
    if (this.#promisedMs === null || !this.#isHeard) return;
    const leftMs = this.#heardAtMs + this.#promisedMs + this.#limits.silenceSlackMs - this.#clock.nowMs();
    if (leftMs <= 0) this.lost();
    else this.#cancelLook = this.#clock.after(leftMs, () => this.#look());
  }

  #stopLooking(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
  }
}
