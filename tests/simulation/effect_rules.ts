/** S6 and S7 on committed turns: every effect ends once, and its result names the event it was computed from. */
import type { TurnRecord } from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { Violate } from "./violation.ts";

/** The body of an `asked` or a `resolved` event. */
interface Ticketed {
  readonly ticket: number;
  readonly basisSeq: number;
}

export class EffectRules {
  /** The event that asked, for each ticket without a result. */
  readonly #asked = new Map<string, number>();
  readonly #violate: Violate;

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  committed({ actor, firstSeq, events }: TurnRecord): void {
    events.forEach(({ type, body }, i) => {
      if (type !== "asked" && type !== "resolved") return;
      const { ticket, basisSeq } = body as Ticketed;
      if (type === "asked") this.#asked.set(`${actor} ${ticket}`, firstSeq + i);
      else this.#resolved(actor, ticket, basisSeq, firstSeq + i);
    });
  }

  #resolved(actor: ActorId, ticket: number, basisSeq: number, seq: number): void {
    const askedSeq = this.#asked.get(`${actor} ${ticket}`);
    this.#asked.delete(`${actor} ${ticket}`);
    if (askedSeq === undefined) this.#violate("S7", `${actor}: ticket ${ticket} was resolved twice, or never asked`);
    else if (basisSeq < askedSeq || basisSeq >= seq) {
      this.#violate("S6", `${actor}: event ${seq} resolves event ${askedSeq} on the basis of event ${basisSeq}`);
    }
  }
}
