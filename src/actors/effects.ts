/** The running effects of one actor: bounded, each with a time limit, each ending in exactly one command. */
import type { ActorId } from "../domain/address.ts";
import { reasonOf } from "./deadline.ts";
import { jsonEqual } from "./json_equal.ts";
import { EFFECTS_WAITING_PER_RUNNING, type KindLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, EffectRunner, Meter } from "./ports.ts";

export type EffectOutcome<C> =
  | { readonly kind: "result"; readonly command: C }
  | { readonly kind: "failed"; readonly reason: string };

/** Called once for every effect that was started, unless the actor stopped before. */
export type EffectEnded<X, C> = (effect: X, basisSeq: number, outcome: EffectOutcome<C>) => void;

interface Waiting<X> {
  readonly effect: X;
  readonly basisSeq: number;
}

interface Running<X> extends Waiting<X> {
  readonly abort: AbortController;
  cancelTimeout: () => void;
}

export interface EffectPlace {
  readonly actor: ActorId;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly limits: KindLimits;
}

export class Effects<X, C> {
  readonly #run: EffectRunner<X, C>;
  readonly #place: EffectPlace;
  readonly #ended: EffectEnded<X, C>;
  readonly #running = new Set<Running<X>>();
  #waiting: Waiting<X>[] = [];

  constructor(run: EffectRunner<X, C>, place: EffectPlace, ended: EffectEnded<X, C>) {
    this.#run = run;
    this.#place = place;
    this.#ended = ended;
  }

  get size(): number {
    return this.#running.size + this.#waiting.length;
  }

  /** Whether an effect that says the same is under way. */
  has(effect: X): boolean {
    for (const running of this.#running) if (jsonEqual(running.effect, effect)) return true;
    return this.#waiting.some((waiting) => jsonEqual(waiting.effect, effect));
  }

  /** Starts an effect, or lets it wait for a free place; with no place left to wait it fails as an overload. */
  start(effect: X, basisSeq: number): void {
    const { effectsInFlightMax } = this.#place.limits;
    if (this.#running.size < effectsInFlightMax) this.#launch({ effect, basisSeq });
    else if (this.#waiting.length < effectsInFlightMax * EFFECTS_WAITING_PER_RUNNING) {
      this.#waiting.push({ effect, basisSeq });
    } else this.#ended(effect, basisSeq, { kind: "failed", reason: "too many effects at once" });
  }

  /** Aborts everything; nothing more is reported. */
  stop(): void {
    this.#waiting = [];
    for (const running of this.#running) {
      running.cancelTimeout();
      running.abort.abort();
    }
    this.#running.clear();
  }

  #launch({ effect, basisSeq }: Waiting<X>): void {
    const { clock, limits, meter } = this.#place;
    const running: Running<X> = { effect, basisSeq, abort: new AbortController(), cancelTimeout: () => {} };
    this.#running.add(running);
    meter.count(METER.effects);
    running.cancelTimeout = clock.after(limits.effectTimeoutMs, () => {
      running.abort.abort();
      this.#end(running, { kind: "failed", reason: `no result in ${limits.effectTimeoutMs} ms` });
    });
    void this.#await(running);
  }

  async #await(running: Running<X>): Promise<void> {
    try {
      const command = await this.#run(running.effect, this.#place.actor, running.abort.signal);
      this.#end(running, { kind: "result", command });
    } catch (thrown) {
      this.#end(running, { kind: "failed", reason: reasonOf(thrown) });
    }
  }

  #end(running: Running<X>, outcome: EffectOutcome<C>): void {
    if (!this.#running.delete(running)) return;
    running.cancelTimeout();
    if (outcome.kind === "failed") this.#place.meter.count(METER.effectFailures);
    const next = this.#waiting.shift();
    if (next !== undefined) this.#launch(next);
    this.#ended(running.effect, running.basisSeq, outcome);
  }
}
