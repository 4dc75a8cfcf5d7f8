/** One actor under virtual time: its aggregate's own rules, folded in memory instead of a journal. */
import type { Aggregate } from "../../src/domain/aggregate.ts";
import type { Decision, TurnContext } from "../../src/domain/decision.ts";

export class VirtualActor<State, Command, Event extends { readonly type: string }, Effect> {
  readonly aggregate: Aggregate<State, Command, Event, Effect>;
  #state: State;
  #seq = 0;

  constructor(aggregate: Aggregate<State, Command, Event, Effect>, key: string) {
    this.aggregate = aggregate;
    this.#state = aggregate.initial(key);
  }

  get state(): State {
    return this.#state;
  }

  get seq(): number {
    return this.#seq;
  }

  /** One turn: decides, and takes in what was decided. */
  take(command: Command, context: Omit<TurnContext, "seq">): Decision<State, Event, Effect> {
    const decision = this.aggregate.decide(this.#state, command, { ...context, seq: this.#seq });
    if (decision.kind === "noted") this.#state = decision.state;
    if (decision.kind !== "accepted") return decision;
    for (const event of decision.events) {
      this.#seq += 1;
      this.#state = this.aggregate.evolve(this.#state, event, { seq: this.#seq, atMs: context.nowMs });
    }
    return decision;
  }
}
