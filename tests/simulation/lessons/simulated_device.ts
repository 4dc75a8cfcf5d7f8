/** One device of a learner on a bad network: late, and cut off in all the ways in which a server may or may not notice. */
import type { Broadcast, Reply } from "../../../src/actors/envelope.ts";
import type { Address } from "../../../src/domain/address.ts";
import { assertNever } from "../../../src/domain/assert_never.ts";
import type { ClientConnection } from "../../../src/domain/decision.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import type { SeededChance } from "../seeded_chance.ts";
import { LESSON, type School } from "./school.ts";

/** The way takes at most this long; far below the grace. */
const WAY_MS_MAX = 700;
/** The edge notices a socket that closed within this. */
const CLOSED_MS_MAX = 300;
/** It misses a device that pings each second two seconds after its last ping came, which was late itself. */
const MISSED_MS_MIN = 300;
const MISSED_MS_MAX = 2_000;
/** A dead half is found so long after another took its place. */
const DEAD_HALF_MS_MAX = 30_000;
const RETRY_MS = 400;

/** How the network is lost and found: what the edge sees of it, and on what the device comes back. */
type Cut = "closed" | "same_socket" | "beside_dead_half" | "stream";

/** The learner whose device it is. */
export interface DeviceOwner {
  readonly principal: Principal;
  /** It shows the lesson as `state` has it. */
  joined(device: SimulatedDevice, state: unknown): void;
  heard(device: SimulatedDevice, broadcast: Broadcast): void;
  /** What was sent and not answered may not have arrived. */
  lost(device: SimulatedDevice): void;
  /** The network is back; on what counts as a new connection unless the edge noticed no gap. */
  back(device: SimulatedDevice, on: Cut | "same_unmissed"): void;
}

export class SimulatedDevice {
  readonly #school: School;
  readonly #chance: SeededChance;
  readonly #owner: DeviceOwner;
  readonly #name: string;
  /** Rises whenever what is on its way is lost. */
  #epoch = 0;
  /** As the edge knows it; null while there is none. */
  #connection: ClientConnection | null = null;
  #isCut = false;
  /** Told while nothing got through. */
  #held: Broadcast[] = [];
  /** When the network was last lost; null: not since the last kill. */
  cutAtMs: number | null = null;

  constructor(school: School, owner: DeviceOwner, name: string, chance: SeededChance) {
    this.#school = school;
    this.#owner = owner;
    this.#name = name;
    this.#chance = chance;
    school.died.add(() => this.#died());
  }

  get isOnline(): boolean {
    return this.#connection !== null && !this.#isCut;
  }

  /** Comes in after `afterMs` and, once in a while, is cut off. */
  start(afterMs: number): void {
    this.#school.time.in(afterMs, () => void this.#connect("closed"));
    if (this.#chance.hit(0.6)) this.#cutSoon();
  }

  /** Sends a command; `arrived` hears when it comes to the server, and on what. */
  send<Command>(
    to: Address<Command>,
    command: Command,
    commandId: string,
    answered: (reply: Reply) => void,
    arrived: (connection: ClientConnection) => void = () => {},
  ): void {
    const { time } = this.#school;
    const epoch = this.#epoch;
    time.in(this.#way(), () => {
      if (epoch !== this.#epoch || this.#connection === null) return;
      arrived(this.#connection);
      const from = { principal: this.#owner.principal, commandId, connection: this.#connection };
      this.#school.tell(to, command, from, (reply) => {
        time.in(this.#way(), () => epoch === this.#epoch && answered(reply));
      });
    });
  }

  #way(): number {
    return this.#chance.between(5, this.#chance.hit(0.2) ? WAY_MS_MAX : 80);
  }

  async #connect(on: Cut): Promise<void> {
    if (this.#connection !== null || this.#isCut) return;
    const { time } = this.#school;
    const epoch = ++this.#epoch;
    const id = `${this.#name}-${epoch}`;
    const early: Broadcast[] = [];
    const watcher = {
      deliver: (broadcast: Broadcast) => {
        if (this.#connection === null) early.push(broadcast);
        else this.#told(id, broadcast);
      },
      lost: () => this.#connection?.id === id && this.#died(),
    };
    const state = await this.#school.watch(this.#owner.principal, watcher);
    if (epoch !== this.#epoch) return;
    if (state === null) {
      time.in(RETRY_MS, () => void this.#connect(on));
      return;
    }
    this.#connection = { id, heardSinceMs: Math.floor(time.nowMs()) };
    this.#attend(id, "heard");
    this.send(LESSON, { type: "enter" }, `${this.#name}-enter`, () => {});
    this.#owner.joined(this, state);
    for (const broadcast of early) this.#told(id, broadcast);
    this.#owner.back(this, on);
  }

  #told(id: string, broadcast: Broadcast): void {
    if (this.#connection?.id !== id) return;
    if (this.#isCut) this.#held.push(broadcast);
    else {
      this.#school.time.in(this.#way(), () => {
        if (this.#connection?.id !== id) return;
        if (this.#isCut) this.#held.push(broadcast);
        else this.#owner.heard(this, broadcast);
      });
    }
  }

  #attend(id: string, as: "heard" | "silent" | "gone"): void {
    this.#school.attend(this.#owner.principal.userId, id, as);
  }

  #cutSoon(): void {
    this.#school.time.in(this.#chance.between(2_000, 25_000), () => {
      this.#cut(this.#chance.pick(["closed", "same_socket", "beside_dead_half", "stream"]));
      if (this.#chance.hit(0.5)) this.#cutSoon();
    });
  }

  #cut(how: Cut): void {
    const { time } = this.#school;
    if (!this.isOnline || this.#connection === null) return;
    const { id } = this.#connection;
    const awayMs = this.#chance.between(200, this.#chance.hit(0.2) ? 30_000 : 12_000);
    const missedMs = this.#chance.between(MISSED_MS_MIN, MISSED_MS_MAX);
    this.#goOff();
    this.#isCut = true;
    this.cutAtMs = time.nowMs();
    switch (how) {
      case "closed":
        this.#connection = null;
        time.in(Math.min(awayMs, this.#chance.between(0, CLOSED_MS_MAX)), () => this.#attend(id, "gone"));
        break;
      case "beside_dead_half":
        this.#connection = null;
        time.in(awayMs + this.#chance.between(0, DEAD_HALF_MS_MAX), () => this.#attend(id, "gone"));
        break;
      case "same_socket":
      case "stream":
        break;
      default:
        assertNever(how);
    }
    const isMissed = how !== "closed" && missedMs < awayMs;
    if (isMissed) time.in(missedMs, () => this.#attend(id, "silent"));
    time.in(awayMs, () => this.#found(id, how, isMissed));
  }

  /** The network is there again. */
  #found(id: string, how: Cut, isMissed: boolean): void {
    this.#isCut = false;
    const connection = this.#connection;
    if (connection?.id !== id) {
      void this.#connect(how);
      return;
    }
    const isRenewed = isMissed || how === "stream";
    if (isRenewed) this.#connection = { id, heardSinceMs: Math.floor(this.#school.time.nowMs()) };
    this.#attend(id, "heard");
    const held = this.#held;
    this.#held = [];
    for (const broadcast of held) this.#told(id, broadcast);
    this.#owner.back(this, isRenewed ? how : "same_unmissed");
  }

  /** The node is gone with all sockets; the device comes back by itself. */
  #died(): void {
    if (this.#connection === null) return;
    this.#connection = null;
    this.#held = [];
    this.cutAtMs = null;
    this.#goOff();
    if (!this.#isCut) this.#school.time.in(this.#chance.between(50, 1_200), () => void this.#connect("closed"));
  }

  #goOff(): void {
    this.#epoch += 1;
    this.#owner.lost(this);
  }
}
