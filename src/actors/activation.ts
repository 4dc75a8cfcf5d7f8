/** One actor's stay in memory: recovers, takes turns, fails and restarts, is watched and read, and leaves. */
import type { ActorId } from "../domain/address.ts";
import type { Principal } from "../domain/principal.ts";
import type { ActivationHost, Resident } from "./activation_host.ts";
import { BackOff } from "./back_off.ts";
import { reasonOf } from "./deadline.ts";
import { type Delivery, type Incoming, refusal, type Refused } from "./delivery.ts";
import type { ReadOutcome, ResumePoint, Watcher, WatchOutcome } from "./envelope.ts";
import type { Standing } from "./digests.ts";
import { FailureCount } from "./failure_count.ts";
import { Footprint } from "./footprint.ts";
import { METER } from "./meter_names.ts";
import { type Phase, PHASES, type Signal } from "./phase.ts";
import { Readers } from "./readers.ts";
import { recover, type Recovery } from "./recovery.ts";
import { setAside } from "./set_aside.ts";
import { type KindRules, TurnLoop, type TurnLoopOwner } from "./turn_loop.ts";
import { Watching } from "./watching.ts";

export class Activation<S, C, E extends { readonly type: string }, X> implements Resident, TurnLoopOwner<C, X> {
  readonly id: ActorId;
  lastUsedMs: number;
  readonly #rules: KindRules<S, C, E, X>;
  readonly #host: ActivationHost;
  readonly #turns: TurnLoop<S, C, E, X>;
  readonly #footprint = new Footprint();
  #phase: Phase = "asleep";
  /** Reads and watches waiting for the actor to be ready. */
  readonly #readers: Readers;
  #draining = false;
  readonly #failed = new FailureCount();
  readonly #backOff: BackOff;
  #stopReason = "retired";

  constructor(id: ActorId, rules: KindRules<S, C, E, X>, host: ActivationHost) {
    this.id = id;
    this.#rules = rules;
    this.#host = host;
    this.lastUsedMs = host.clock.nowMs();
    this.#turns = new TurnLoop(id, rules, host, this);
    this.#readers = new Readers(host.limits);
    this.#backOff = new BackOff(host.clock, host.limits);
  }

  get phase(): Phase {
    return this.#phase;
  }

  get idleMs(): number {
    return this.#rules.limits.idleMs;
  }

  get mailboxSize(): number {
    return this.#turns.mailbox.size;
  }

  get watchers(): number {
    return this.#turns.watching?.audiences.size ?? 0;
  }

  get takesTurns(): boolean {
    return this.#phase === "active";
  }

  get isIdle(): boolean {
    const still = this.#phase === "active" || this.#phase === "asleep" || this.#phase === "stalled";
    return still && this.#isFinished && this.#turns.effects.size === 0 && this.watchers === 0;
  }

  get #isFinished(): boolean {
    return this.#turns.mailbox.size === 0 && this.#turns.pipeline.size === 0 && this.#readers.size === 0;
  }

  estimateBytes(): number {
    const kept = (this.#turns.watching?.audiences.ringSize ?? 0) + this.mailboxSize;
    return this.#footprint.bytes(this.#turns.pipeline.committed, this.#turns.recent.size, kept);
  }

  receive(incoming: Incoming): void {
    this.lastUsedMs = this.#host.clock.nowMs();
    if (this.#phase === "stalled") {
      incoming.resolve(this.#stalled());
      return;
    }
    const offered = this.#turns.offer(incoming);
    if (offered === "accepted") {
      this.#signal("wanted");
      this.#turns.work();
    } else if (offered === "closed") incoming.resolve(this.#leaving());
    else incoming.resolve(refusal("mailbox_full", "too many commands are waiting", this.#backOff.retryAfterMs));
  }

  async watch(principal: Principal, resume: ResumePoint | null, watcher: Watcher): Promise<WatchOutcome> {
    const refused = await this.#readers.waitToJoin(watcher, () => this.#ready());
    return refused ?? this.#watch().watch({ principal, resume, watcher });
  }

  unwatch(watcher: Watcher): void {
    this.lastUsedMs = this.#host.clock.nowMs();
    this.#readers.leave(watcher);
    this.#turns.watching?.audiences.leave(watcher);
  }

  async read(principal: Principal): Promise<ReadOutcome> {
    const refused = await this.#ready();
    return refused ?? this.#watch().read(principal);
  }

  wake(): void {
    this.#turns.work();
  }

  committed(): void {
    this.#backOff.committed();
    this.#turns.work();
  }

  turnDone(): void {
    this.#backOff.turnDone();
    if (this.#turns.pipeline.size > 0) return;
    this.#signal("settled");
    this.#leaveIfDrained();
  }

  commitDoubted(reason: string): void {
    this.#host.supervision.failed(this.id, "append", reason);
    // The first time the journal is read at once: those in doubt are soon answered. Then the store gets a rest.
    this.#doubt(this.#backOff.doubted() === "first" ? "ownership_doubted" : "doubted_again");
  }

  turnFailed(delivery: Delivery<C, X>, thrown: unknown): void {
    const { supervision, limits } = this.#host;
    const reason = reasonOf(thrown);
    supervision.failed(this.id, "turn", reason, delivery.commandId);
    this.#backOff.failed();
    if (this.#failed.add(delivery.commandId) < limits.deliveryTriesMax) {
      this.#turns.mailbox.putBack(delivery, delivery.priority);
    } else void setAside(this.id, delivery, reason, this.#turns, this.#host);
    this.#signal("turn_failed");
  }

  leaseLost(): void {
    if (!this.isIdle) return this.#doubt("ownership_doubted");
    // What has committed is sound, whoever owns the actor now.
    this.#save(null);
    this.stop("lease_lost");
  }

  retire(): void {
    if (this.isIdle) this.#signal("retire");
  }

  drain(): void {
    this.#draining = true;
    this.#stopReason = "draining";
    this.#leaveIfDrained();
  }

  stop(reason: string): void {
    this.#stopReason = reason;
    this.#signal("stop");
  }

  /** Resolves null once the actor can be looked at, or with why it cannot. */
  async #ready(): Promise<Refused | null> {
    this.lastUsedMs = this.#host.clock.nowMs();
    this.#signal("wanted");
    while (this.#phase === "recovering") {
      const refused = await this.#readers.wait();
      if (refused !== null) return refused;
    }
    if (this.#phase === "stalled") return this.#stalled();
    return this.#phase === "stopped" ? this.#leaving() : null;
  }

  #watch(): Watching<S, C, E, X> {
    return this.#turns.watching ??= this.#newWatching();
  }

  #newWatching(): Watching<S, C, E, X> {
    const { aggregate, limits } = this.#rules;
    const trouble = (thrown: unknown) => this.#host.supervision.failed(this.id, "projection", reasonOf(thrown));
    const standing = () => this.#standing();
    return new Watching(aggregate, this.id, limits.replayRingMax, this.#host, standing, trouble);
  }

  #standing(): Standing<S> {
    const { state, seq } = this.#turns.pipeline.committed;
    return { epoch: this.#turns.epoch, seq, state };
  }

  #signal(signal: Signal): void {
    const next = PHASES[this.#phase][signal];
    if (next === "ignore") return;
    this.#phase = next;
    this.#enter(next);
  }

  #enter(phase: Phase): void {
    if (phase === "recovering") void this.#recover();
    else if (phase === "settling" && this.#turns.pipeline.size === 0) this.#signal("settled");
    else if (phase === "resting" || phase === "stalled") this.#backOff.rest(() => this.#signal("rested"));
    else if (phase === "asleep" && this.watchers > 0) this.#signal("wanted");
    else if (phase === "retiring") this.#save(() => this.#signal("retired"));
    else if (phase === "stopped") this.#close();
  }

  async #recover(): Promise<void> {
    const { supervision, clock, meter } = this.#host;
    const startedMs = clock.nowMs();
    if (this.#turns.epoch > 0) supervision.restarted();
    try {
      const recovery = await this.#host.inTurn(() =>
        recover(this.#rules.aggregate, this.id, this.#rules.limits.recentCommandsMax, this.#host)
      );
      if (this.#phase !== "recovering") return;
      if (recovery.kind === "held") {
        this.#held(recovery);
        return;
      }
      await this.#turns.watching?.catchUp(this.#turns.pipeline.committed.seq, recovery.basis.seq);
      if (this.#phase !== "recovering") return;
      this.#adopt(recovery);
      meter.observe(METER.recoveryMs, clock.nowMs() - startedMs);
      meter.observe(METER.recoveryEvents, recovery.events);
    } catch (thrown) {
      if (this.#phase !== "recovering") return;
      supervision.failed(this.id, "recovery", reasonOf(thrown));
      this.#backOff.failed();
      this.#signal("recovery_failed");
      this.#refuse(this.#stalled(), "append_failed");
      this.#leaveIfDrained();
    }
  }

  #adopt(recovery: Extract<Recovery<S>, { kind: "recovered" }>): void {
    this.#turns.adopt(recovery, this.#backOff.pauseMs);
    this.#signal("recovered");
    this.#readers.answer(null);
    this.#turns.work();
    this.#leaveIfDrained();
  }

  #held({ node, retryAfterMs }: Extract<Recovery<S>, { kind: "held" }>): void {
    this.#refuse(refusal("held_elsewhere", `held by ${node}`, retryAfterMs), "held_elsewhere");
    this.#stopReason = "moved";
    this.#signal("held");
  }

  /** Answers everybody who waits: `refused`, with `doubtedCode` for commands that may or may not be stored. */
  #refuse(refused: Refused, doubtedCode: Refused["code"]): void {
    this.#turns.refuseAll(refused, { ...refused, code: doubtedCode });
    this.#readers.answer(refused);
  }

  #doubt(signal: "ownership_doubted" | "doubted_again"): void {
    if (this.#phase !== "active" && this.#phase !== "settling" && this.#phase !== "retiring") return;
    this.#turns.doubt();
    this.#signal(signal);
  }

  #stalled(): Refused {
    return refusal("restarting", "the actor could not be read; it is tried again", this.#backOff.retryAfterMs);
  }

  #leaving(): Refused {
    const { backoffMsMin } = this.#host.limits;
    return refusal(
      this.#draining ? "draining" : "restarting",
      `the actor is leaving: ${this.#stopReason}`,
      backoffMsMin,
    );
  }

  #leaveIfDrained(): void {
    if (this.#draining && this.#isFinished) this.#signal("retire");
  }

  #save(ended: (() => void) | null): void {
    if (this.#turns.pipeline.committed.seq > this.#turns.savedSeq) {
      this.#host.snapshots.save(this.#turns.snapshot(), ended);
    } else ended?.();
  }

  #close(): void {
    this.#turns.mailbox.close();
    this.#turns.doubt();
    this.#refuse(this.#leaving(), "append_failed");
    this.#turns.effects.stop();
    this.#turns.watching?.lose(this.#stopReason);
    this.#host.closed(this);
  }
}
