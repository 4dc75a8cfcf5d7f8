/** Everything that was promised and done in one run, checked as it happens. */
import type { AppendOutcome, ClaimOutcome, DeadLetter, StoredSnapshot, TurnRecord } from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import { kindOf } from "../../src/domain/address.ts";
import type { TurnContext } from "../../src/domain/decision.ts";
import type { Seen } from "./actors/digest.ts";
import { EffectRules } from "./effect_rules.ts";
import type { Fold } from "./fold.ts";
import { MessageRules } from "./message_rules.ts";
import { OwnershipModel } from "./ownership_model.ts";
import { DELIVERY_TRIES } from "./queue_rules.ts";
import { TimerRules } from "./timer_rules.ts";
import type { Violate, Violation } from "./violation.ts";
import type { VirtualTime } from "./virtual_time.ts";

/** More than two nodes' clocks differ by. */
const CLOCKS_APART_MS = 150;

export interface CommittedTurn {
  readonly record: TurnRecord;
  /** Number of the last event once the turn was done. */
  readonly seq: number;
}

export interface ActorHistory {
  readonly fold: Fold;
  readonly turns: CommittedTurn[];
  /** The epoch each event was stored under; event 1 comes first. */
  readonly epochs: number[];
  readonly byCommand: Map<string, CommittedTurn>;
  /** Number of the last event that somebody has been answered for. */
  answeredSeq: number;
  /** How often the rules threw on each command. */
  readonly failures: Map<string, number>;
}

export class History {
  violation: Violation | null = null;
  /** How often each thing worth simulating happened. */
  readonly coverage = new Map<string, number>();
  readonly ownership: OwnershipModel;
  readonly timers: TimerRules;
  readonly messages: MessageRules;
  readonly #effects: EffectRules;
  readonly #time: VirtualTime;
  readonly #foldOf: (actor: ActorId) => Fold;
  readonly #actors = new Map<ActorId, ActorHistory>();
  readonly #log: ((line: string) => void) | null;

  constructor(time: VirtualTime, foldOf: (actor: ActorId) => Fold, log: ((line: string) => void) | null) {
    this.#time = time;
    this.#foldOf = foldOf;
    this.#log = log;
    this.ownership = new OwnershipModel(() => time.nowMs(), this.violate);
    this.timers = new TimerRules(this.violate);
    this.messages = new MessageRules(this.violate);
    this.#effects = new EffectRules(this.violate);
  }

  /** The first violation is the one to explain; what follows it is often its consequence. */
  readonly violate: Violate = (rule, explanation) => {
    this.tell(() => `VIOLATION ${rule}: ${explanation}`);
    this.violation ??= { rule, explanation, atMs: this.#time.elapsedMs() };
  };

  saw(what: string): void {
    this.coverage.set(what, (this.coverage.get(what) ?? 0) + 1);
  }

  /** Writes a line of the story when somebody listens. */
  tell(line: () => string): void {
    this.#log?.(`${this.#time.elapsedMs().toFixed(3).padStart(12)}  ${line()}`);
  }

  of(actor: ActorId): ActorHistory {
    const known = this.#actors.get(actor);
    if (known !== undefined) return known;
    const fold = this.#foldOf(actor);
    const byCommand = new Map<string, CommittedTurn>();
    const fresh = { fold, turns: [], epochs: [], byCommand, answeredSeq: 0, failures: new Map<string, number>() };
    this.#actors.set(actor, fresh);
    return fresh;
  }

  actors(): IterableIterator<[ActorId, ActorHistory]> {
    return this.#actors.entries();
  }

  claimed(actor: ActorId, node: string, outcome: ClaimOutcome): void {
    this.saw(outcome.kind);
    this.tell(() => `${node} claims ${actor}: ${JSON.stringify(outcome)}`);
    this.ownership.claimed(actor, node, outcome);
  }

  /** The store has stored, or fenced, these turns just now. */
  appended(node: string, records: readonly TurnRecord[], outcomes: readonly AppendOutcome[]): void {
    records.forEach((record, i) => {
      const current = this.ownership.epochOf(record.actor);
      const outcome = outcomes[i];
      this.tell(() => {
        const types = record.events.map(({ type }) => type).join("+");
        return `${node} ${outcome} ${record.actor}@${record.epoch}#${record.firstSeq} [${types}] ${record.commandId}`;
      });
      if (outcome === "fenced") {
        this.saw("fenced");
        if (record.epoch === current) this.violate("O2", `${record.actor} was fenced under its current epoch`);
      } else {
        if (record.epoch !== current) {
          this.violate("O2", `${record.actor} stored under epoch ${record.epoch} while ${current} is current`);
        }
        this.committed(JSON.parse(JSON.stringify(record)));
      }
    });
  }

  committed(record: TurnRecord): void {
    const { actor, commandId, events, firstSeq } = record;
    const history = this.of(actor);
    if (events.length > 0 && firstSeq !== history.fold.seq() + 1) {
      this.violate("S1", `${actor}: event ${firstSeq} follows event ${history.fold.seq()}`);
    }
    const ownName = commandId.startsWith("timer:");
    if (events.length > 0 && !ownName && history.byCommand.has(commandId)) {
      this.violate("X1", `${actor} did command ${commandId} twice`);
    }
    for (const event of events) {
      const digest = history.fold.digestAt(history.fold.seq());
      if (history.fold.apply(event, record.atMs) !== digest) {
        this.violate("S3", `${actor}: event ${history.fold.seq()} was decided on a state that is not the journal's`);
      }
      history.epochs.push(record.epoch);
    }
    const turn = { record, seq: history.fold.seq() };
    history.turns.push(turn);
    history.byCommand.set(commandId, turn);
    this.timers.committed(record);
    this.messages.committed(record);
    this.#effects.committed(record);
    this.saw(`${kindOf(actor)} committed`);
  }

  /** A decider is being asked; `stateSeq` is the last event its state has seen. */
  deciding(stateSeq: number, { actor, seq, origin, nowMs, commandId }: TurnContext): void {
    if (stateSeq !== seq) this.violate("S1", `${actor} decides at event ${seq} on a state of event ${stateSeq}`);
    if (origin.kind === "timer" && nowMs < origin.dueMs) {
      this.violate("T1", `${actor}: ${commandId} came ${origin.dueMs - nowMs} ms early`);
    }
    if (origin.kind === "effect" && origin.basisSeq > seq) {
      this.violate("S6", `${actor}: ${commandId} was computed from event ${origin.basisSeq}, after event ${seq}`);
    }
  }

  /** An effect runs that belongs to event `askedSeq`. */
  effectStarted(actor: ActorId, askedSeq: number): void {
    this.saw("effect started");
    if (askedSeq > this.of(actor).fold.seq()) {
      this.violate("S2", `${actor} started an effect of event ${askedSeq}, which has not committed`);
    }
  }

  /** The rules of an actor threw on this command. */
  failed(actor: ActorId, commandId: string): void {
    const { failures } = this.of(actor);
    failures.set(commandId, (failures.get(commandId) ?? 0) + 1);
  }

  snapshotSaved({ actor, seq, body }: StoredSnapshot): void {
    this.saw("snapshot");
    const { fold } = this.of(actor);
    if (seq > fold.seq()) {
      return this.violate("S4", `${actor}: snapshot of event ${seq}, which has not committed`);
    }
    const { state } = body as { readonly state: Seen };
    if (state.seq !== seq || state.digest !== fold.digestAt(seq)) {
      this.violate("S4", `${actor}: the snapshot of event ${seq} is not what the journal gives`);
    }
  }

  lettered(letter: DeadLetter): void {
    this.saw("dead letter");
    this.tell(() => `dead letter ${letter.actor} ${letter.commandId}: ${letter.reason}`);
    this.messages.lettered(letter);
    const { byCommand, failures } = this.of(letter.actor);
    const done = byCommand.get(letter.commandId);
    // A letter may land long after it was written, when the command has gone well elsewhere.
    if (done !== undefined && done.record.atMs < letter.atMs - CLOCKS_APART_MS) {
      this.violate("L5", `${letter.actor} set ${letter.commandId} aside although it was done`);
    }
    const times = failures.get(letter.commandId) ?? 0;
    if (times < DELIVERY_TRIES) {
      this.violate("L5", `${letter.actor} set ${letter.commandId} aside after ${times} failures`);
    }
  }
}
