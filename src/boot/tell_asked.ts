/** A store that tells of every stored turn that may have changed what a lesson asks, before anybody hears of the turn. */
import type { Store } from "../actors/ports.ts";
import { kindOf } from "../domain/address.ts";
import { classroom } from "../domain/classroom/aggregate.ts";

/** `changed` is called once a lesson's new list row, which names what it asks, is or may be stored. */
export function tellingWhatIsAsked(store: Store, changed: () => void): Store {
  const { journal } = store;
  return {
    ...store,
    journal: {
      read: (actor, afterSeq, limit) => journal.read(actor, afterSeq, limit),
      async append(records) {
        try {
          return await journal.append(records);
        } finally {
          if (records.some(({ actor, listing }) => listing !== null && kindOf(actor) === classroom.kind)) changed();
        }
      },
    },
  };
}
