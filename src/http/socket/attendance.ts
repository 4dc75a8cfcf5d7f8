/** Tells actors who is on their channel: each person's devices, once a change has lasted, again when it was forgotten. */
import { type ActorId, addressOf, keyOf, kindOf } from "../../domain/address.ts";
import { assertNever } from "../../domain/assert_never.ts";
import { type Attendance, ATTENDED_KINDS, type AttendingDevice } from "../../domain/attendance.ts";
import { ENGINE } from "../../domain/engine.ts";
import type { Clock } from "./clock.ts";
import type { Door } from "./door.ts";

interface Attending {
  readonly channel: ActorId;
  readonly userId: string;
  devices: readonly AttendingDevice[];
  /** What the actor knows; null when that is not sure. */
  told: readonly AttendingDevice[] | null;
  /** The highest ownership heard of: what an earlier one was told is forgotten. */
  epoch: number;
  /** Set while a telling is put off or under way. */
  isBusy: boolean;
}

const NO_DEVICES: readonly AttendingDevice[] = [];

function isSame(told: readonly AttendingDevice[] | null, devices: readonly AttendingDevice[]): boolean {
  return told?.length === devices.length &&
    told.every(({ id, isHeard }, i) => devices[i]?.id === id && devices[i].isHeard === isHeard);
}

export class AttendanceTeller {
  readonly #door: Pick<Door, "tell">;
  readonly #clock: Clock;
  readonly #waitMs: number;
  /** People of whom there is something to know, by channel: no more than are on it, and who has just left. */
  readonly #byChannel = new Map<ActorId, Map<string, Attending>>();

  /** A change is told once `waitMs` have passed: of what came and went meanwhile nothing is told. */
  constructor(door: Pick<Door, "tell">, clock: Clock, waitMs: number) {
    this.#door = door;
    this.#clock = clock;
    this.#waitMs = waitMs;
  }

  /** People for whom something is known or on its way. */
  get size(): number {
    let people = 0;
    for (const attending of this.#byChannel.values()) people += attending.size;
    return people;
  }

  /** `devices` are all of the person's on the channel, in the order of their coming. */
  changed(channel: ActorId, userId: string, devices: readonly AttendingDevice[]): void {
    if (!ATTENDED_KINDS.includes(kindOf(channel))) return;
    const people = this.#byChannel.get(channel) ?? new Map<string, Attending>();
    this.#byChannel.set(channel, people);
    const attending = people.get(userId) ?? { channel, userId, devices, told: NO_DEVICES, epoch: 0, isBusy: false };
    people.set(userId, attending);
    attending.devices = devices;
    this.#tellAfter(this.#waitMs, attending);
  }

  /** The actor goes on under `epoch` from its journal, where this does not stand. */
  forgotten(channel: ActorId, userId: string, epoch: number): void {
    const attending = this.#byChannel.get(channel)?.get(userId);
    if (attending === undefined || attending.epoch >= epoch) return;
    attending.epoch = epoch;
    attending.told = null;
    this.#tellAfter(this.#waitMs, attending);
  }

  #tellAfter(ms: number, attending: Attending): void {
    if (attending.isBusy) return;
    attending.isBusy = true;
    this.#clock.after(ms, () => void this.#tell(attending));
  }

  async #tell(attending: Attending): Promise<void> {
    const { channel, userId, devices } = attending;
    if (isSame(attending.told, devices)) {
      this.#rest(attending);
      return;
    }
    const command: Attendance = { type: "attendance", userId, devices };
    const reply = await this.#door.tell(addressOf<Attendance>(kindOf(channel), keyOf(channel)), command, {
      commandId: `attendance:${crypto.randomUUID()}`,
      origin: { kind: "client", principal: ENGINE },
    });
    switch (reply.kind) {
      case "done":
        if (reply.epoch >= attending.epoch) {
          attending.epoch = reply.epoch;
          attending.told = devices;
        }
        this.#rest(attending);
        return;
      case "rejected":
        // Decided: the actor wants to know nothing of this person.
        attending.told = devices;
        this.#rest(attending);
        return;
      case "refused":
        // Whoever takes the actor over from a node that drains is told by those who come back there.
        if (reply.code === "draining" || reply.code === "unknown_kind") attending.told = attending.devices;
        attending.isBusy = false;
        if (isSame(attending.told, attending.devices)) this.#rest(attending);
        else this.#tellAfter(Math.max(reply.retryAfterMs, this.#waitMs), attending);
        return;
      default:
        assertNever(reply);
    }
  }

  /** Nothing is under way; goes on at once where something has changed meanwhile. */
  #rest(attending: Attending): void {
    attending.isBusy = false;
    if (!isSame(attending.told, attending.devices)) {
      this.#tellAfter(this.#waitMs, attending);
      return;
    }
    if (attending.devices.length > 0) return;
    const people = this.#byChannel.get(attending.channel);
    people?.delete(attending.userId);
    if (people?.size === 0) this.#byChannel.delete(attending.channel);
  }
}
