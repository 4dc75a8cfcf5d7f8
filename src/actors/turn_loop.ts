/** An actor's state and its turns: takes from the mailbox, decides ahead of the commit, lets follow what follows. */
import { type ActorId, keyOf } from "../domain/address.ts";
import type { Aggregate, Priority } from "../domain/aggregate.ts";
import type { ActivationHost } from "./activation_host.ts";
import type { CommitOwner } from "./commit_group.ts";
import { reasonOf } from "./deadline.ts";
import { type Delivery, type Incoming, refusal } from "./delivery.ts";
import { type EffectOutcome, Effects } from "./effects.ts";
import type { Reply } from "./envelope.ts";
import { jsonEqual } from "./json_equal.ts";
import type { KindLimits } from "./limits.ts";
import { Mailbox, type OfferOutcome } from "./mailbox.ts";
import { METER } from "./meter_names.ts";
import { Pipeline } from "./pipeline.ts";
import type { EffectRunner, StoredSnapshot } from "./ports.ts";
import { RecentCommands } from "./recent_commands.ts";
import type { Recovery } from "./recovery.ts";
import { decideTurn, quietTurn, type Turn, type TurnPlace } from "./turn.ts";
import type { Watching } from "./watching.ts";

/** A kind's rules and bounds, its types closed over. */
export interface KindRules<S, C, E extends { readonly type: string }, X> {
  readonly aggregate: Aggregate<S, C, E, X>;
  readonly runEffect: EffectRunner<X, C>;
  readonly limits: KindLimits;
  /** The kind's word that a command sent to one of its actors is one of its commands. */
  commandOf(command: unknown): C;
}

/** The life around the turns. */
export interface TurnLoopOwner<C, X> extends CommitOwner {
  /** Whether turns may be taken now. */
  readonly takesTurns: boolean;
  /** The rules threw on this command, which has been taken from the mailbox; nothing has changed. */
  turnFailed(delivery: Delivery<C, X>, thrown: unknown): void;
  /** A turn has completed. */
  turnDone(): void;
}

export class TurnLoop<S, C, E extends { readonly type: string }, X> {
  readonly mailbox: Mailbox<Delivery<C, X>>;
  readonly effects: Effects<X, C>;
  pipeline: Pipeline<S, C, E, X>;
  recent: RecentCommands;
  epoch = 0;
  /** Number of the last event in the snapshot that recovery found: that one is certainly saved. */
  savedSeq = 0;
  /** Those who watch, once somebody has. */
  watching: Watching<S, C, E, X> | null = null;
  readonly #id: ActorId;
  readonly #rules: KindRules<S, C, E, X>;
  readonly #host: ActivationHost;
  readonly #owner: TurnLoopOwner<C, X>;
  /** Turns whose outcome only the journal knows. */
  #doubted: readonly Turn<S, C, E, X>[] = [];
  #working = false;
  #effectResults = 0;
  /** Number of the last event in a snapshot that was saved or is about to be. */
  #snapshotSeq = 0;

  constructor(id: ActorId, rules: KindRules<S, C, E, X>, host: ActivationHost, owner: TurnLoopOwner<C, X>) {
    const { aggregate, runEffect, limits } = rules;
    this.#id = id;
    this.#rules = rules;
    this.#host = host;
    this.#owner = owner;
    this.mailbox = new Mailbox(limits.mailboxMax);
    this.pipeline = new Pipeline({ state: aggregate.initial(keyOf(id)), seq: 0, listing: null });
    this.recent = new RecentCommands(limits.recentCommandsMax);
    const place = { actor: id, clock: host.clock, meter: host.meter, limits };
    this.effects = new Effects(runEffect, place, (effect, basisSeq, outcome) => this.#ended(effect, basisSeq, outcome));
  }

  offer({ commandId, origin, command: sent, resolve }: Incoming): OfferOutcome {
    const command = this.#rules.commandOf(sent);
    const priority = this.#priorityOf(command);
    const delivery = { commandId, origin, command, priority, effect: null, resolve };
    return this.mailbox.offer(delivery, priority);
  }

  /** Completes what has committed and takes turns while it may. Safe to call at any time, also from within. */
  work(): void {
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#completeHead() || this.#takeTurn());
    } finally {
      this.#working = false;
    }
  }

  /** Gives up the turns under way until `adopt` tells what became of them. */
  doubt(): void {
    this.#doubted = [...this.#doubted, ...this.pipeline.abandon()];
  }

  /** Goes on from what recovery found, and answers the commands that were in doubt; a lost one may come again then. */
  adopt(recovery: Extract<Recovery<S>, { kind: "recovered" }>, retryAfterMs: number): void {
    const { epoch, basis, recent } = recovery;
    if (epoch > 1) {
      this.#host.timers.recovered(this.#id);
      this.#host.outbox.recovered(this.#id);
    }
    this.epoch = epoch;
    this.savedSeq = recovery.snapshotSeq;
    this.#snapshotSeq = recovery.snapshotSeq;
    this.pipeline = new Pipeline(basis);
    this.recent = recent;
    this.watching?.recovered();
    const lost = refusal("append_failed", "not stored; send it again under the same id", retryAfterMs);
    this.#answerDoubted((commandId) => this.#repeated(commandId) ?? lost);
    for (const effect of this.#rules.aggregate.pendingEffects(basis.state)) {
      const answered = this.mailbox.some((waiting) => waiting.effect !== null && jsonEqual(waiting.effect, effect));
      if (!answered && !this.effects.has(effect)) this.effects.start(effect, basis.seq);
    }
  }

  /** Answers every command that is waiting or in doubt with `waiting` and `doubted`. */
  refuseAll(waiting: Reply, doubted: Reply): void {
    this.#answerDoubted(() => doubted);
    for (const delivery of this.mailbox.takeAll()) delivery.resolve(waiting);
  }

  snapshot(): StoredSnapshot {
    const { state, seq } = this.pipeline.committed;
    const { schemaVersion: version, durable } = this.#rules.aggregate;
    const body = { state: durable === undefined ? state : durable(state), memory: this.recent.store() };
    return { actor: this.#id, seq, epoch: this.epoch, version, body };
  }

  #answerDoubted(answer: (commandId: string) => Reply): void {
    const doubted = this.#doubted;
    this.#doubted = [];
    for (const { delivery, followers } of doubted) {
      const reply = answer(delivery.commandId);
      delivery.resolve(reply);
      for (const follower of followers) follower.resolve(reply);
    }
  }

  #priorityOf(command: C): Priority {
    try {
      return this.#rules.aggregate.priorityOf(command);
    } catch {
      // Its turn will show what is wrong with it; until then it waits like any other.
      return "event";
    }
  }

  #repeated(commandId: string): Reply | null {
    const done = this.recent.find(commandId);
    if (done === null) return null;
    return { kind: "done", epoch: this.epoch, seq: done.seq, body: done.reply, repeated: true };
  }

  #takeTurn(): boolean {
    if (this.mailbox.size === 0 || !this.#owner.takesTurns) return false;
    if (this.pipeline.size >= this.#rules.limits.pipelineTurnsMax) return false;
    const nowMs = this.#host.clock.nowMs();
    if (!this.#host.isLeaseLive(nowMs) || !this.#host.commits.hasRoom(this.#owner)) return false;
    const delivery = this.mailbox.take();
    if (delivery === null) return false;
    const underWay = this.pipeline.find(delivery.commandId);
    const known = underWay === null ? this.#knownAnswer(delivery) : null;
    if (underWay !== null) underWay.followers.push(delivery);
    else if (known !== null) delivery.resolve(known);
    else this.#decide(delivery, nowMs);
    return true;
  }

  /** The answer to a command that needs no decision: done before, or a timer that has been moved since it fired. */
  #knownAnswer({ commandId, origin }: Delivery<C, X>): Reply | null {
    const repeated = this.#repeated(commandId);
    if (repeated !== null) {
      this.#host.meter.count(METER.repeats);
      return repeated;
    }
    if (origin.kind !== "timer") return null;
    const { name, dueMs } = origin;
    const current = !this.pipeline.changesTimer(name) && this.#host.timers.isCurrent(this.#id, name, dueMs);
    const { seq } = this.pipeline.committed;
    return current ? null : { kind: "done", epoch: this.epoch, seq, body: null, repeated: true };
  }

  #decide(delivery: Delivery<C, X>, nowMs: number): void {
    const place: TurnPlace = { actor: this.#id, epoch: this.epoch, nowMs, seed: this.#host.chance.next() };
    try {
      const turn = this.#host.supervision.isPoisoned(this.#id, delivery.commandId)
        ? this.#passOver(delivery, place)
        : decideTurn(this.#rules.aggregate, this.pipeline.speculated, delivery, place, this.#owner);
      this.pipeline.push(turn);
      if (turn.record !== null) this.#host.commits.submit(turn.record, turn);
    } catch (thrown) {
      this.#owner.turnFailed(delivery, thrown);
    }
  }

  /** A command that was set aside does nothing any more; if it is a timer's, the timer is over. */
  #passOver(delivery: Delivery<C, X>, place: TurnPlace): Turn<S, C, E, X> {
    const reply = refusal("poisoned", "this command fails its actor and was set aside", this.#host.limits.backoffMsMax);
    const outcome = { reply, remembered: "no" as const, timers: [], ephemerals: [] };
    return quietTurn(this.pipeline.speculated, delivery, place, this.#owner, outcome);
  }

  #completeHead(): boolean {
    const turn = this.pipeline.takeCommitted();
    if (turn === null) return false;
    this.#complete(turn);
    this.#owner.turnDone();
    return true;
  }

  /** Everything that may only happen once a turn has committed, in this order. */
  #complete(turn: Turn<S, C, E, X>): void {
    const { delivery, record, after, events, reply } = turn;
    if (reply.kind === "done" && turn.remembered !== "no") {
      if (turn.remembered === "done") this.recent.done(delivery.commandId, after.seq, reply.body);
      else this.recent.noted(delivery.commandId, delivery.origin, after.seq, reply.body);
    }
    if (record !== null) {
      this.#host.timers.committed(record);
      if (record.messages.length > 0) this.#host.outbox.committed(this.#id, after.seq, record.messages);
    }
    for (const effect of turn.effects) this.effects.start(effect, after.seq);
    if (this.watching !== null) this.#tell(this.watching, turn, after.seq - events.length);
    this.#host.meter.count(reply.kind === "rejected" ? METER.rejections : METER.turns);
    delivery.resolve(reply);
    for (const follower of turn.followers) {
      follower.resolve(reply.kind === "done" ? { ...reply, repeated: true } : reply);
    }
    if (after.seq - this.#snapshotSeq >= this.#rules.limits.snapshotEveryEvents) {
      this.#snapshotSeq = after.seq;
      this.#host.snapshots.save(this.snapshot(), null);
    }
  }

  #tell(
    watching: Watching<S, C, E, X>,
    { events, ephemerals, atMs, after }: Turn<S, C, E, X>,
    basisSeq: number,
  ): void {
    const { epoch } = this;
    const { audiences } = watching;
    let seq = basisSeq;
    for (const event of events) audiences.tell({ seq: ++seq, epoch, atMs, event });
    for (const ephemeral of ephemerals) audiences.tellEphemeral(ephemeral, epoch, after.seq, atMs);
    watching.moved();
  }

  #ended(effect: X, basisSeq: number, outcome: EffectOutcome<C>): void {
    try {
      const command = outcome.kind === "result"
        ? outcome.command
        : this.#rules.aggregate.effectFailed(effect, outcome.reason);
      this.#admit(command, effect, basisSeq);
    } catch (thrown) {
      this.#host.supervision.failed(this.#id, "turn", reasonOf(thrown));
    }
  }

  /** Tells the actor that an effect's result was set aside. Should it fail on that too, no more is said. */
  effectPoisoned(effect: X, basisSeq: number, reason: string): void {
    try {
      this.#admit(this.#rules.aggregate.effectFailed(effect, reason), null, basisSeq);
    } catch (thrown) {
      this.#host.supervision.failed(this.#id, "turn", reasonOf(thrown));
    }
  }

  /** Puts an effect's result, or the news of its failure, into the mailbox. */
  #admit(command: C, effect: X | null, basisSeq: number): void {
    const commandId = `effect:${this.epoch}:${++this.#effectResults}`;
    const priority = this.#priorityOf(command);
    const origin = { kind: "effect", basisSeq } as const;
    this.mailbox.admit({ commandId, origin, command, priority, effect, resolve: () => {} }, priority);
    this.work();
  }
}
