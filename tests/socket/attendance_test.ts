/** Actors are told who is on their channel, and people who change their audience are shown the other view. */
import assert from "node:assert/strict";
import { defineKind } from "../../src/actors/actor_kind.ts";
import type { Reply } from "../../src/actors/envelope.ts";
import { type Address, addressOf } from "../../src/domain/address.ts";
import type { Aggregate } from "../../src/domain/aggregate.ts";
import type { Attendance } from "../../src/domain/attendance.ts";
import { accept, note } from "../../src/domain/decision.ts";
import { ENGINE, isEngine } from "../../src/domain/engine.ts";
import { AttendanceTeller } from "../../src/http/socket/attendance.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../src/http/socket/limits.ts";
import { HandClock } from "./hand_clock.ts";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";

const ROOM = addressOf<Attendance>("room", "r1");
const WAIT_MS = 100;

/** Writes down what it is told, and answers as the test says. */
class Ears {
  readonly heard: string[] = [];
  answers: Reply[] = [];
  readonly clock = new HandClock();
  readonly teller = new AttendanceTeller(this, this.clock, WAIT_MS);

  tell<C>(_to: Address<C>, command: C): Promise<Reply> {
    const { userId, devices } = command as Attendance;
    this.heard.push([userId, ...devices.map(({ id, isHeard }) => isHeard ? id : `(${id})`)].join(" "));
    return Promise.resolve(this.answers.shift() ?? done(1));
  }

  /** These are ada's devices on the channel now. */
  has(...devices: readonly string[]): void {
    this.teller.changed(ROOM, "ada", devices.map((id) => ({ id, isHeard: true })));
  }

  /** Lets time pass, and what it sets off end. */
  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
}

function done(epoch: number): Reply {
  return { kind: "done", epoch, seq: 1, body: null, repeated: false };
}

function refused(code: "mailbox_full" | "draining"): Reply {
  return { kind: "refused", code, message: "not now", retryAfterMs: 500 };
}

Deno.test("[Z2] a change is told once it has lasted, the newest alone; what came and went meanwhile changes nothing", async () => {
  const ears = new Ears();
  ears.has("phone");
  ears.has("phone", "laptop");
  ears.teller.changed(addressOf("session", "s1"), "ada", [{ id: "phone", isHeard: true }]);
  await ears.pass(WAIT_MS - 1);
  assert.deepEqual(ears.heard, []);
  await ears.pass(1);
  assert.deepEqual(ears.heard, ["ada phone laptop"]);
  ears.has("phone");
  ears.has("phone", "laptop");
  await ears.pass(WAIT_MS);
  assert.deepEqual(ears.heard, ["ada phone laptop"]);
  ears.has();
  await ears.pass(WAIT_MS);
  assert.deepEqual([ears.heard, ears.teller.size], [["ada phone laptop", "ada"], 0]);
});

Deno.test("[Z2] a device that falls silent is told of, and that it is heard again; so is a page that is loaded again", async () => {
  const ears = new Ears();
  ears.has("phone");
  await ears.pass(WAIT_MS);
  ears.teller.changed(ROOM, "ada", [{ id: "phone", isHeard: false }]);
  await ears.pass(WAIT_MS);
  ears.has("phone");
  await ears.pass(WAIT_MS);
  ears.has();
  ears.has("reloaded");
  await ears.pass(WAIT_MS);
  assert.deepEqual(ears.heard, ["ada phone", "ada (phone)", "ada phone", "ada reloaded"]);
});

Deno.test("[Z2] a refused telling comes again, not to a node that drains; an actor read anew is told anew", async () => {
  const ears = new Ears();
  ears.answers = [refused("mailbox_full")];
  ears.has("phone");
  await ears.pass(WAIT_MS);
  await ears.pass(499);
  assert.deepEqual(ears.heard, ["ada phone"]);
  await ears.pass(1);
  assert.deepEqual(ears.heard, ["ada phone", "ada phone"]);
  ears.teller.forgotten(ROOM, "ada", 1);
  await ears.pass(WAIT_MS);
  assert.equal(ears.heard.length, 2);
  ears.answers = [done(1), done(2)];
  ears.teller.forgotten(ROOM, "ada", 2);
  await ears.pass(WAIT_MS);
  await ears.pass(WAIT_MS);
  assert.deepEqual(ears.heard.slice(2), ["ada phone", "ada phone"]);
  ears.answers = [refused("draining")];
  ears.has();
  await ears.pass(WAIT_MS);
  await ears.pass(10_000);
  assert.deepEqual([ears.heard.slice(4), ears.teller.size], [["ada"], 0]);
});

interface HallState {
  readonly key: string;
  readonly admitted: readonly string[];
  /** Of each person's devices whether it is heard. */
  readonly devices: { readonly [userId: string]: readonly boolean[] };
}

type HallCommand = Attendance | { readonly type: "leave" } | {
  readonly type: "admit" | "remove";
  readonly userId: string;
};
type HallEvent = { readonly type: "admitted" | "removed"; readonly userId: string };

const HALL: Aggregate<HallState, HallCommand, HallEvent, never> = {
  kind: "room",
  schemaVersion: 1,
  initial: (key) => ({ key, admitted: [], devices: {} }),
  decide(state, command, { origin }) {
    switch (command.type) {
      case "attendance": {
        assert.ok(origin.kind === "client" && isEngine(origin.principal));
        const devices = { ...state.devices, [command.userId]: command.devices.map(({ isHeard }) => isHeard) };
        return note({ ...state, devices }, {
          ephemerals: [{ type: "devices", data: devices, audiences: ["staff"] }],
        });
      }
      // Says what the edge knows of the connection that brings it.
      case "leave":
        return accept<HallEvent, never>([], {
          reply: origin.kind === "client" ? { ...origin.connection } : null,
        });
      case "admit":
        return accept([{ type: "admitted", userId: command.userId }]);
      case "remove":
        return accept([{ type: "removed", userId: command.userId }]);
    }
  },
  evolve(state, { type, userId }) {
    const others = state.admitted.filter((one) => one !== userId);
    return { ...state, admitted: type === "admitted" ? [...others, userId] : others };
  },
  upcastState: (_version, stored) => stored as HallState,
  upcastEvent: (_version, _type, stored) => stored as HallEvent,
  priorityOf: () => "control",
  pendingEffects: () => [],
  effectFailed: () => ({ type: "attendance", userId: "nobody", devices: [] }),
  audienceOf({ admitted }, { role, userId }) {
    if (role !== "student") return "staff";
    return admitted.includes(userId) ? `student:${userId}` : `lobby:${userId}`;
  },
  view: ({ admitted }, audience) => audience.startsWith("lobby:") ? { waiting: true } : { admitted: [...admitted] },
  project: ({ type, userId }, audience) => audience.startsWith("lobby:") ? null : { type, data: { userId } },
  regroups: ({ userId }) => [`lobby:${userId}`, `student:${userId}`],
  listing: () => null,
};

async function served(): Promise<ServedEdge> {
  return await ServedEdge.start({ kinds: [defineKind(HALL, () => Promise.reject(new TypeError("no effects")))] });
}

async function told(edge: ServedEdge, command: HallCommand): Promise<void> {
  const origin = { kind: "client", principal: ENGINE } as const;
  const reply = await edge.registry.tell(addressOf<HallCommand>("room", "r1"), command, {
    commandId: crypto.randomUUID(),
    origin,
  });
  assert.equal(reply.kind, "done");
}

/** A telling by which ada has so many devices, `silent` of them silent. */
function devices(count: number, silent = 0): (frame: { data?: unknown }) => boolean {
  return ({ data }) => {
    const { ada = [] } = data as HallState["devices"];
    return ada.length === count && ada.filter((isHeard) => !isHeard).length === silent;
  };
}

Deno.test("[Z2] the actor of a channel knows how many devices each person has on it", async () => {
  await using edge = await served();
  const teacher = await Peer.welcomed(edge.url, "teacher:t");
  await teacher.join("room/r1");
  const ada = await Peer.welcomed(edge.url, "student:ada");
  await ada.join("room/r1");
  const adaToo = await Peer.welcomed(edge.url, "student:ada");
  await adaToo.join("room/r1");
  await teacher.next("ephemeral", devices(2));
  await adaToo.leave();
  await teacher.next("ephemeral", devices(1));
  ada.send({ type: "leave", channel: "room/r1" });
  await teacher.next("ephemeral", devices(0));
});

Deno.test("[W7 Z2] an actor is told of a device that breaks its word, and with each command since when its sender is heard", async () => {
  const clock = new HandClock();
  const beganMs = clock.nowMs();
  const kinds = [defineKind(HALL, () => Promise.reject(new TypeError("no effects")))];
  await using edge = await ServedEdge.start({ kinds, clock });
  const { silenceSlackMs, presenceWaitMs } = DEFAULT_SOCKET_LIMITS;
  const teacher = await Peer.welcomed(edge.url, "teacher:t");
  await teacher.join("room/r1");
  const [phone, laptop] = [await Peer.welcomed(edge.url, "student:ada"), await Peer.welcomed(edge.url, "student:ada")];
  for (const one of [phone, laptop]) await one.join("room/r1");
  clock.advance(presenceWaitMs);
  await teacher.next("ephemeral", devices(2));
  phone.send({ type: "ping", next_ms: 1_000 });
  await phone.next("pong");
  clock.advance(1_000 + silenceSlackMs);
  clock.advance(presenceWaitMs);
  await teacher.next("ephemeral", devices(2, 1));
  const nowMs = clock.nowMs();
  const heard = async (peer: Peer) => Object((await peer.does("room/r1", "leave", {})).body).heardSinceMs;
  assert.deepEqual([await heard(phone), await heard(teacher)], [nowMs, beganMs]);
  clock.advance(presenceWaitMs);
  await teacher.next("ephemeral", devices(2));
});

Deno.test("[Z3] who is admitted is shown the other view by a reset, who is removed is shut out of what follows", async () => {
  await using edge = await served();
  const ada = await Peer.welcomed(edge.url, "student:ada");
  assert.deepEqual((await ada.join("room/r1")).state, { waiting: true });
  await told(edge, { type: "admit", userId: "bob" });
  await told(edge, { type: "admit", userId: "ada" });
  const reset = await ada.next("reset");
  assert.deepEqual([reset.state, reset.seq], [{ admitted: ["bob", "ada"] }, 2]);
  await told(edge, { type: "remove", userId: "bob" });
  assert.deepEqual((await ada.next("event")).data, { userId: "bob" });
  await told(edge, { type: "remove", userId: "ada" });
  assert.deepEqual((await ada.next("event")).data, { userId: "ada" });
  assert.deepEqual((await ada.next("reset")).state, { waiting: true });
  await told(edge, { type: "admit", userId: "eve" });
  await ada.settled();
  assert.deepEqual(ada.frames.filter(({ type }) => type === "event"), []);
});
