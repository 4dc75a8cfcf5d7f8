/** A client: sends one command after the other and repeats each until it is answered, as clients must. */
import type { Reply } from "../../src/actors/envelope.ts";
import type { Principal } from "../../src/domain/principal.ts";
import type { AnswerRules } from "./answer_rules.ts";
import { priorityOf } from "./cast.ts";
import type { Errand } from "./errands.ts";
import type { Fleet } from "./fleet.ts";
import type { SeededChance } from "./seeded_chance.ts";
import type { VirtualTime } from "./virtual_time.ts";

export const TEACHER: Principal = { userId: "teacher", role: "teacher" };

/** After so many refusals a client stops asking for what can never be done. */
const HOPELESS_TRIES_MAX = 4;

export interface ClientParts {
  readonly time: VirtualTime;
  readonly fleet: Fleet;
  readonly answers: AnswerRules;
  readonly chance: SeededChance;
  readonly errands: readonly Errand[];
  /** Longest pause between two commands, milliseconds. */
  readonly thinkMsMax: number;
}

export class Client {
  readonly #parts: ClientParts;
  #position = 0;
  #refusals = 0;
  /** Each try has a number; an answer to one that was given up changes nothing. */
  #waitingFor = 0;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  start(): void {
    const { time, chance, thinkMsMax } = this.#parts;
    time.in(chance.between(0, thinkMsMax), () => this.#attempt());
  }

  /** The errand that is not answered yet, or null when all are. */
  outstanding(): Errand | null {
    return this.#parts.errands[this.#position] ?? null;
  }

  #attempt(): void {
    const errand = this.outstanding();
    if (errand === null) return;
    const { time, chance } = this.#parts;
    const attempt = ++this.#waitingFor;
    const heard = (reply: Reply) => {
      if (attempt === this.#waitingFor) this.#heard(errand, reply);
    };
    this.#send(errand, heard);
    if (chance.hit(0.08)) this.#send(errand, heard);
    time.in(chance.between(300, 6000), () => {
      if (attempt === this.#waitingFor) this.#attempt();
    });
  }

  #send(errand: Errand, heard: (reply: Reply) => void): void {
    const { time, chance, fleet, answers } = this.#parts;
    const { to, command, commandId } = errand;
    time.in(chance.between(0, 4), () => {
      fleet.visit(chance, async ({ registry, queues }) => {
        const origin = { kind: "client", principal: TEACHER } as const;
        queues.told(to, commandId, priorityOf(errand));
        const reply = await registry.tell(to, command, { commandId, origin });
        queues.answered(to, commandId);
        answers.answered(errand, reply);
        time.in(chance.between(0, 4), () => heard(reply));
      });
    });
  }

  #heard(errand: Errand, reply: Reply): void {
    const { time, chance, thinkMsMax } = this.#parts;
    if (reply.kind === "refused" && reply.code !== "poisoned") {
      this.#refusals++;
      if (errand.nature !== "hopeless" || this.#refusals < HOPELESS_TRIES_MAX) {
        this.#waitingFor++;
        time.in(Math.min(reply.retryAfterMs, 2000) + chance.between(0, 30), () => this.#attempt());
        return;
      }
    }
    this.#waitingFor++;
    this.#refusals = 0;
    this.#position++;
    // A lost answer makes a client ask again, even for what was done long ago.
    if (chance.hit(0.06)) time.in(chance.between(0, 3000), () => this.#send(errand, () => {}));
    time.in(chance.between(0, thinkMsMax), () => this.#attempt());
  }
}
