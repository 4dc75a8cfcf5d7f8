/** Waits for what a session chooses. */
import assert from "node:assert/strict";
import { z } from "zod";
import type { Watcher } from "../../src/actors/envelope.ts";
import type { Registry } from "../../src/actors/registry.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { sessionViewSchema } from "../../src/http/documents/session_schemas.ts";

const openItemSchema = z.object({ item_ref: z.int() });

/**
 * The number of the session's open item, as its learner is told it: at once, or when it has been chosen.
 * @param after an item with this number or a lower one is not yet the one
 */
export async function openItem(registry: Registry, sessionId: string, learnerId: string, after = 0): Promise<number> {
  const chosen = Promise.withResolvers<number>();
  const watcher: Watcher = {
    deliver(broadcast) {
      if (broadcast.type !== "lesson_update") return;
      const { item_ref } = openItemSchema.parse(broadcast.data);
      if (item_ref > after) chosen.resolve(item_ref);
    },
    lost: (reason) => chosen.reject(new RangeError(`watcher lost: ${reason}`)),
  };
  const address = sessionAddress(sessionId);
  const outcome = await registry.watch(address, { userId: learnerId, role: "student" }, null, watcher);
  assert.equal(outcome.kind, "reset");
  const { current_item } = sessionViewSchema.parse(outcome.state);
  const number = current_item !== null && current_item.item_ref > after ? current_item.item_ref : await chosen.promise;
  registry.unwatch(address, watcher);
  return number;
}
