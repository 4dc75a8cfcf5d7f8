/** What goes along with a learner's command at the edge. */
import assert from "node:assert/strict";
import type { Reply } from "../../src/actors/envelope.ts";
import { type Address, addressOf } from "../../src/domain/address.ts";
import type { AskedItem } from "../../src/domain/curriculum/asked_item.ts";
import type { Origin } from "../../src/domain/decision.ts";
import type { ActorDoor } from "../../src/http/actor_door.ts";
import { AskedDoor } from "../../src/http/asked_door.ts";

const ADA: Origin = { kind: "client", principal: { userId: "ada", role: "student" } };
const ASKED: readonly AskedItem[] = [{ courseId: "small", itemId: "i1", prompt: "Twice 3?" }];
const DONE: Reply = { kind: "done", epoch: 1, seq: 1, body: null, repeated: false };

/** An engine that keeps what it is sent. */
class Engine implements ActorDoor {
  readonly sent: { readonly to: string; readonly type: string; readonly asked: readonly AskedItem[] | null }[] = [];

  tell<C>(to: Address<C>, command: C, { origin }: { readonly origin: Origin }): Promise<Reply> {
    const asked = origin.kind === "client" ? origin.asked ?? null : null;
    this.sent.push({ to, type: Object(command).type, asked });
    return Promise.resolve(DONE);
  }

  read(): Promise<{ readonly kind: "forbidden" }> {
    return Promise.resolve({ kind: "forbidden" });
  }

  watch(): Promise<{ readonly kind: "forbidden" }> {
    return Promise.resolve({ kind: "forbidden" });
  }

  unwatch(): void {}
}

Deno.test("[J19] what could be told a key goes with what lessons ask its sender, everything else as it is", async () => {
  const engine = new Engine();
  const looked: (readonly string[])[] = [];
  const door = new AskedDoor(engine, (userIds) => {
    looked.push(userIds);
    return Promise.resolve(ASKED);
  }, { write: () => {} });
  const tell = (to: string, type: string, origin: Origin = ADA) => {
    const [kind, key] = to.split("/");
    return door.tell(addressOf(kind ?? "", key ?? ""), { type }, { commandId: "c", origin });
  };
  for (const type of ["answer", "hint", "skip", "tutor_ask", "complete"]) await tell("session/s1", type);
  await tell("learner/ada", "submit_quest");
  assert.equal(looked.length, 6);
  assert.ok(engine.sent.every(({ asked }) => asked === ASKED));
  engine.sent.length = 0;
  await tell("session/s1", "observe_emotion");
  await tell("learner/ada", "set_profile");
  await tell("classroom/l1", "answer");
  await tell("session/s1", "retry_choice", { kind: "timer", name: "retry_choice", dueMs: 1 });
  assert.equal(looked.length, 6, "no look for these");
  assert.deepEqual(engine.sent.map(({ asked }) => asked), [null, null, null, null]);
});

Deno.test("[J19] where it cannot be told what lessons ask, nothing is sent on and the sender may send it again", async () => {
  const engine = new Engine();
  const written: string[] = [];
  const door = new AskedDoor(engine, () => Promise.reject(new Deno.errors.TimedOut("away")), {
    write: (level) => written.push(level),
  });
  const reply = await door.tell(addressOf("session", "s1"), { type: "answer" }, { commandId: "c", origin: ADA });
  assert.equal(reply.kind, "refused");
  assert.deepEqual([engine.sent, written], [[], ["error"]]);
});
