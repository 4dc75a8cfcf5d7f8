/** Watches one actor through crashes and moves, and judges that it sees every event for it once, in order. */
import type { Broadcast, ReadOutcome, ResumePoint, Watcher, WatchOutcome } from "../../src/actors/envelope.ts";
import type { Registry } from "../../src/actors/registry.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { sameJson } from "./answer_rules.ts";
import type { Fleet } from "./fleet.ts";
import type { History } from "./history.ts";
import type { SeededChance } from "./seeded_chance.ts";
import type { SimulatedProcess } from "./simulated_process.ts";
import type { VirtualTime } from "./virtual_time.ts";

/** Thrown by a spectator that breaks, to show that it harms nobody else. */
export class BrokenWatcherError extends Error {
  override readonly name = "BrokenWatcherError";
}

export interface SpectatorParts {
  readonly time: VirtualTime;
  readonly fleet: Fleet;
  readonly history: History;
  readonly chance: SeededChance;
  readonly actor: ActorId;
  readonly principal: Principal;
  /** Share of deliveries at which the watcher throws. */
  readonly breakShare: number;
}

/** One subscription on one process. */
interface Seat extends Watcher {
  readonly process: SimulatedProcess;
  phase: "joining" | "joined" | "left";
}

/** How often a spectator looks whether its process is still there, virtual milliseconds. */
const LOOK_MS = 400;
/** How long it waits where it was forbidden to watch. */
const FORBIDDEN_MS = 2000;

export class Spectator {
  readonly #parts: SpectatorParts;
  readonly #registries = new WeakMap<Seat, Registry>();
  #seat: Seat | null = null;
  #audience: string | null = null;
  #forbidden = false;
  /** Everything up to this event was seen, or was not for this audience. */
  #seen: ResumePoint | null = null;

  constructor(parts: SpectatorParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#look();
  }

  /** The event it still waits for, or null. */
  outstanding(): string | null {
    const { actor, history } = this.#parts;
    if (this.#audience === null || this.#seen === null) return null;
    const next = this.#nextVisible(this.#seen.seq, this.#audience);
    return next <= history.of(actor).fold.seq() ? `${actor}: ${this.#audience} has not seen event ${next}` : null;
  }

  #look(): void {
    const { time, chance, fleet } = this.#parts;
    if (this.#seat?.process.drained && this.#seat.phase === "joined") {
      this.#parts.history.violate("L6", `a watcher of ${this.#parts.actor} was not told that its node drains`);
    }
    if (this.#seat?.process.isDead()) this.#seat = null;
    if (this.#seat === null) {
      fleet.visit(chance, ({ registry, process }) => this.#join(registry, process));
    } else if (this.#seat.phase === "joined" && chance.hit(0.03)) {
      const seat = this.#seat;
      seat.process.enter(() => this.#leave(seat, "moves on"));
    }
    time.in(this.#forbidden ? FORBIDDEN_MS : LOOK_MS, () => this.#look());
  }

  async #join(registry: Registry, process: SimulatedProcess): Promise<void> {
    if (this.#seat !== null) return;
    const { actor, principal, history, chance } = this.#parts;
    const seat: Seat = {
      process,
      phase: "joining",
      deliver: (broadcast) => this.#deliver(seat, broadcast),
      lost: (reason) => {
        history.saw("watcher lost");
        history.tell(() => `watcher of ${actor} lost: ${reason}`);
        this.#end(seat);
      },
    };
    this.#registries.set(seat, registry);
    this.#seat = seat;
    const resume = this.#resumePoint(chance);
    const answered = history.of(actor).answeredSeq;
    if (chance.hit(0.2)) this.#judgeRead(await registry.read(actor, principal));
    const outcome = await registry.watch(actor, principal, resume, seat);
    history.saw(`watch ${outcome.kind}`);
    history.tell(() => `watch ${actor} from ${JSON.stringify(resume)}: ${JSON.stringify(outcome)}`);
    this.#judgeJoin(seat, outcome, resume, answered);
  }

  #resumePoint(chance: SeededChance): ResumePoint | null {
    if (this.#seen === null || chance.hit(0.1)) return null;
    // A client may be from another life, with a number nobody has reached yet.
    return chance.hit(0.05) ? { ...this.#seen, seq: this.#seen.seq + 1000 } : this.#seen;
  }

  #judgeJoin(seat: Seat, outcome: WatchOutcome, resume: ResumePoint | null, answeredBefore: number): void {
    const { actor, principal, history } = this.#parts;
    const { fold } = history.of(actor);
    if (outcome.kind === "refused") return this.#end(seat);
    this.#forbidden = outcome.kind === "forbidden";
    if (outcome.kind === "forbidden") {
      // A former owner that does not know yet judges by its own, older state.
      let allowed = history.ownership.holderOf(actor) === seat.process.name;
      for (let seq = answeredBefore; seq <= fold.seq(); seq++) allowed &&= fold.audienceAt(seq, principal) !== null;
      if (allowed) history.violate("R3", `${principal.role} ${principal.userId} may watch ${actor} but was forbidden`);
      return this.#end(seat);
    }
    if (seat.phase === "left") return;
    const { seq, epoch } = outcome;
    this.#judgeEpoch(seq, epoch);
    if (seq > fold.seq()) return history.violate("S2", `${actor}: watched at event ${seq}, which has not committed`);
    this.#audience = fold.audienceAt(fold.seq(), principal);
    if (this.#audience === null) return history.violate("R3", `${principal.userId} may not watch ${actor} but does`);
    // A former owner that does not know yet: its news are old, and a client turns away from it.
    if (this.#seen !== null && epoch < this.#seen.epoch) return this.#leave(seat, "stale owner");
    seat.phase = "joined";
    if (outcome.kind === "reset") {
      if (this.#seen !== null && resume === this.#seen && seq < resume.seq) {
        history.violate("R2", `${actor}: reset to event ${seq} after event ${resume.seq} had been seen`);
      }
      this.#judgeState(seq, this.#audience, outcome.state);
    } else {
      if (resume === null || resume.seq > seq) {
        return history.violate("R2", `${actor}: resumed at ${seq} from ${JSON.stringify(resume)}`);
      }
      this.#seen = { epoch: resume.epoch, seq: resume.seq };
      for (const broadcast of outcome.missed) this.#take(broadcast);
      const next = this.#nextVisible(this.#seen.seq, this.#audience);
      if (next <= seq) history.violate("R2", `${actor}: resumed at event ${seq} without event ${next}`);
    }
    this.#seen = { epoch, seq };
  }

  #judgeState(seq: number, audience: string, state: unknown): void {
    const { actor, history } = this.#parts;
    const expected = history.of(actor).fold.viewAt(seq, audience);
    if (!sameJson(state, expected)) {
      const shown = `${JSON.stringify(state)}, not ${JSON.stringify(expected)}`;
      history.violate("S4", `${actor}: the state shown as of event ${seq} is ${shown}`);
    }
  }

  #judgeRead(outcome: ReadOutcome): void {
    const { actor, principal, history } = this.#parts;
    const { fold } = history.of(actor);
    history.saw(`read ${outcome.kind}`);
    if (outcome.kind !== "read") return;
    this.#judgeEpoch(outcome.seq, outcome.epoch);
    const audience = fold.audienceAt(fold.seq(), principal);
    if (audience === null) return history.violate("R3", `${principal.userId} may not read ${actor} but did`);
    if (outcome.seq > fold.seq()) return history.violate("S2", `${actor}: read at event ${outcome.seq}, not committed`);
    this.#judgeState(outcome.seq, audience, outcome.state);
  }

  /** No owner shows what a later one has written. */
  #judgeEpoch(seq: number, epoch: number): void {
    const { actor, history } = this.#parts;
    const written = history.of(actor).epochs[seq - 1] ?? 0;
    if (epoch < written) history.violate("O1", `${actor}: event ${seq} of epoch ${written} shown under epoch ${epoch}`);
  }

  #deliver(seat: Seat, broadcast: Broadcast): void {
    const { actor, history, chance, breakShare } = this.#parts;
    const what = `${broadcast.class} ${broadcast.type} at ${broadcast.seq}`;
    if (seat.phase !== "joined") {
      return history.violate("R1", `${actor}: ${what} was delivered to a watcher that is ${seat.phase}`);
    }
    if (this.#seen !== null && broadcast.epoch < this.#seen.epoch) {
      return history.violate(
        "R3",
        `${actor}: ${what} came under epoch ${broadcast.epoch}, older than its subscription`,
      );
    }
    if (broadcast.class === "event") this.#take(broadcast);
    else this.#takeEphemeral(broadcast);
    if (chance.hit(breakShare)) {
      history.saw("watcher threw");
      this.#end(seat);
      throw new BrokenWatcherError("this watcher is broken");
    }
  }

  /** The next event for this audience must be this one, told as its projection says. */
  #take({ actor, seq, epoch, type, data }: Broadcast): void {
    const { history } = this.#parts;
    const audience = this.#audience;
    if (audience === null || this.#seen === null) return;
    const { fold, epochs } = history.of(this.#parts.actor);
    if (actor !== this.#parts.actor) return history.violate("R3", `${actor} was told to a watcher of another actor`);
    if (seq > fold.seq()) return history.violate("S2", `${actor}: event ${seq} was broadcast before it committed`);
    const expected = this.#nextVisible(this.#seen.seq, audience);
    if (seq !== expected) return history.violate("R1", `${actor}: event ${seq} was told where ${expected} comes next`);
    const told = fold.projectionAt(seq, audience);
    if (told === null || told.type !== type || !sameJson(told.data, data)) {
      history.violate("R3", `${actor}: event ${seq} was told to ${audience} as ${type} ${JSON.stringify(data)}`);
    }
    if (epoch < (epochs[seq - 1] ?? 0) || epoch > history.ownership.epochOf(actor)) {
      history.violate("R3", `${actor}: event ${seq} was told under epoch ${epoch}`);
    }
    history.saw("event told");
    this.#seen = { epoch: Math.max(epoch, this.#seen.epoch), seq };
  }

  #takeEphemeral({ actor, seq, data }: Broadcast): void {
    const { history } = this.#parts;
    if (this.#audience === null || this.#seen === null) return;
    history.saw("ephemeral told");
    const forStaff = typeof data === "object" && data !== null && "noted" in data;
    if (forStaff !== (this.#audience === "staff")) {
      history.violate("R3", `${actor}: an ephemeral for others was told to ${this.#audience}`);
    }
    if (seq > history.of(actor).fold.seq()) {
      history.violate("S2", `${actor}: an ephemeral after event ${seq}, which has not committed`);
    }
    if (seq < this.#seen.seq || seq >= this.#nextVisible(this.#seen.seq, this.#audience)) {
      history.violate("R1", `${actor}: an ephemeral of event ${seq} was told after event ${this.#seen.seq}`);
    }
  }

  /** Number of the next committed event after `seq` that this audience may see; one past the end if there is none. */
  #nextVisible(seq: number, audience: string): number {
    const { fold } = this.#parts.history.of(this.#parts.actor);
    let next = seq + 1;
    while (next <= fold.seq() && fold.projectionAt(next, audience) === null) next++;
    return next;
  }

  #leave(seat: Seat, why: string): void {
    const { actor, history } = this.#parts;
    history.saw(`watcher left: ${why}`);
    this.#registries.get(seat)?.unwatch(actor, seat);
    this.#end(seat);
  }

  #end(seat: Seat): void {
    seat.phase = "left";
    if (this.#seat === seat) this.#seat = null;
  }
}
