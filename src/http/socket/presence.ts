/** Who is on each channel of this node: people by id, their devices counted, changes told at most every so often. */
import { type ActorId, kindOf } from "../../domain/address.ts";
import type { AttendingDevice } from "../../domain/attendance.ts";
import type { Principal } from "../../domain/principal.ts";
import type { AttendanceTeller } from "./attendance.ts";
import type { Clock } from "./clock.ts";
import { type Encoded, encodeFrame } from "./encoded.ts";
import type { Present } from "./frame.ts";
import type { SocketLimits } from "./limits.ts";

/** In a lesson, or before its door, who else is there is for its teachers to know; students are told how many. */
function isListedTo(channel: ActorId, { role }: Principal): boolean {
  return kindOf(channel) !== "classroom" || role !== "student";
}

/** One device on one channel. */
export interface Attendee {
  readonly principal: Principal;
  readonly device: AttendingDevice;
  /** The list of a channel that this device is on has changed. */
  tellPresence(frame: Encoded): void;
}

interface Person {
  readonly role: Principal["role"];
  readonly devices: Set<AttendingDevice>;
}

interface Gathering {
  readonly attendees: Set<Attendee>;
  readonly people: Map<string, Person>;
  cancelTelling: (() => void) | null;
}

export class Presence {
  readonly #gatherings = new Map<ActorId, Gathering>();
  readonly #limits: SocketLimits;
  readonly #clock: Clock;
  readonly #attendance: AttendanceTeller;

  constructor(limits: SocketLimits, clock: Clock, attendance: AttendanceTeller) {
    this.#limits = limits;
    this.#clock = clock;
    this.#attendance = attendance;
  }

  enter(channel: ActorId, attendee: Attendee): void {
    const gathering = this.#gatherings.get(channel) ?? { attendees: new Set(), people: new Map(), cancelTelling: null };
    this.#gatherings.set(channel, gathering);
    const { userId, role } = attendee.principal;
    const person = gathering.people.get(userId) ?? { role, devices: new Set() };
    person.devices.add(attendee.device);
    gathering.people.set(userId, person);
    this.#attend(channel, userId, person);
    gathering.attendees.add(attendee);
    // The one who enters is told by `joined`, so a channel of one has nobody to tell.
    if (gathering.attendees.size > 1) this.#tellSoon(channel, gathering);
  }

  leave(channel: ActorId, attendee: Attendee): void {
    const gathering = this.#gatherings.get(channel);
    if (gathering === undefined || !gathering.attendees.delete(attendee)) return;
    const { userId } = attendee.principal;
    const person = gathering.people.get(userId);
    if (person !== undefined) {
      person.devices.delete(attendee.device);
      this.#attend(channel, userId, person);
    }
    if (person?.devices.size === 0) gathering.people.delete(userId);
    if (gathering.attendees.size > 0) {
      this.#tellSoon(channel, gathering);
      return;
    }
    gathering.cancelTelling?.();
    this.#gatherings.delete(channel);
  }

  /** The device has fallen silent, or is heard again. */
  hearingChanged(channel: ActorId, { principal: { userId } }: Attendee): void {
    const person = this.#gatherings.get(channel)?.people.get(userId);
    if (person !== undefined) this.#attend(channel, userId, person);
  }

  #attend(channel: ActorId, userId: string, { devices }: Person): void {
    this.#attendance.changed(channel, userId, [...devices].map(({ id, isHeard }) => ({ id, isHeard })));
  }

  /** The channel's actor goes on under `epoch` from its journal: it may not know any more that this person is here. */
  forgotten(channel: ActorId, { principal }: Attendee, epoch: number): void {
    this.#attendance.forgotten(channel, principal.userId, epoch);
  }

  /** Who is here as `reader` may know it, at most `presenceListedMax` people. */
  list(channel: ActorId, reader: Principal): Present[] {
    const present: Present[] = [];
    if (!isListedTo(channel, reader)) return present;
    for (const [userId, { role, devices }] of this.#gatherings.get(channel)?.people ?? []) {
      if (present.length === this.#limits.presenceListedMax) break;
      present.push({ user_id: userId, role, devices: devices.size });
    }
    return present;
  }

  frameOf(channel: ActorId, reader: Principal): Encoded {
    const people = this.#gatherings.get(channel)?.people.size ?? 0;
    return encodeFrame({ type: "presence", channel, people, present: this.list(channel, reader) });
  }

  // A class that enters together is told once, not once a head: n people cost n frames instead of n squared.
  #tellSoon(channel: ActorId, gathering: Gathering): void {
    if (gathering.cancelTelling !== null) return;
    gathering.cancelTelling = this.#clock.after(this.#limits.presenceWaitMs, () => {
      gathering.cancelTelling = null;
      // Encoded once for all who are told the same.
      const frames = new Map<boolean, Encoded>();
      for (const attendee of gathering.attendees) {
        const { principal } = attendee;
        const listed = isListedTo(channel, principal);
        const frame = frames.get(listed) ?? this.frameOf(channel, principal);
        frames.set(listed, frame);
        attendee.tellPresence(frame);
      }
    });
  }
}
