/** The echo session run in memory behind the edge's door, with acks after a turn of the microtask queue as after a commit. */
import type { Broadcast, Reply, ResumePoint, Watcher, WatchOutcome } from "../../src/actors/envelope.ts";
import { type ActorId, type Address, keyOf } from "../../src/domain/address.ts";
import type { EventPlace } from "../../src/domain/aggregate.ts";
import type { SessionCommand } from "../../src/domain/session/messages.ts";
import type { Origin } from "../../src/domain/decision.ts";
import type { Principal } from "../../src/domain/principal.ts";
import type { Door } from "../../src/http/socket/door.ts";
import { type EchoEvent, echoSession, type EchoState } from "./echo_session.ts";

interface Actor {
  state: EchoState;
  readonly events: { readonly event: EchoEvent; readonly place: EventPlace }[];
  readonly watchers: Map<Watcher, string>;
  readonly replies: Map<string, Extract<Reply, { kind: "done" }>>;
}

export class TinyRuntime implements Door {
  readonly #actors = new Map<ActorId, Actor>();
  readonly epoch = 1;
  /** How far back a resume point may lie. */
  readonly ringMax: number;

  constructor(ringMax: number) {
    this.ringMax = ringMax;
  }

  async tell<C>(to: Address<C>, told: C, from: { commandId: string; origin: Origin }): Promise<Reply> {
    const command: unknown = told;
    const actor = this.#actor(to);
    const seq = actor.events.length;
    const known = actor.replies.get(from.commandId);
    if (known !== undefined) return { ...known, repeated: true };
    const context = { actor: to, seq, nowMs: Date.now(), seed: seq, commandId: from.commandId, origin: from.origin };
    const decision = echoSession.decide(actor.state, command as SessionCommand, context);
    if (decision.kind === "rejected") return decision;
    const before = actor.events.length;
    if (decision.kind === "noted") actor.state = decision.state;
    for (const event of decision.kind === "accepted" ? decision.events : []) {
      const place = { seq: actor.events.length + 1, atMs: context.nowMs };
      actor.events.push({ event, place });
      actor.state = echoSession.evolve(actor.state, event, place);
    }
    const reply: Extract<Reply, { kind: "done" }> = {
      kind: "done",
      epoch: this.epoch,
      seq: actor.events.length,
      body: decision.reply,
      repeated: false,
    };
    actor.replies.set(from.commandId, reply);
    await Promise.resolve();
    this.#broadcast(to, actor, before);
    for (const { type, data, audiences } of decision.ephemerals) {
      const broadcast: Broadcast = {
        actor: to,
        epoch: this.epoch,
        seq: reply.seq,
        atMs: context.nowMs,
        class: "ephemeral",
        type,
        data,
      };
      for (const [watcher, audience] of actor.watchers) if (audiences.includes(audience)) watcher.deliver(broadcast);
    }
    return reply;
  }

  async watch(
    to: ActorId,
    principal: Principal,
    resume: ResumePoint | null,
    watcher: Watcher,
  ): Promise<WatchOutcome> {
    await Promise.resolve();
    const actor = this.#actor(to);
    const audience = echoSession.audienceOf(actor.state, principal);
    if (audience === null) return { kind: "forbidden" };
    actor.watchers.set(watcher, audience);
    const seq = actor.events.length;
    if (resume === null || resume.seq > seq || seq - resume.seq > this.ringMax) {
      return { kind: "reset", epoch: this.epoch, seq, state: echoSession.view(actor.state, audience) };
    }
    const missed = actor.events.slice(resume.seq).flatMap(({ event, place }) =>
      this.#projected(to, event, place, audience)
    );
    return { kind: "resumed", epoch: this.epoch, seq, missed };
  }

  unwatch(to: ActorId, watcher: Watcher): void {
    this.#actor(to).watchers.delete(watcher);
  }

  /** Drops every watcher, as when an actor moves. */
  lose(to: ActorId, reason: string): void {
    const { watchers } = this.#actor(to);
    const lost = [...watchers.keys()];
    watchers.clear();
    for (const watcher of lost) watcher.lost(reason);
  }

  watchersOf(to: ActorId): number {
    return this.#actor(to).watchers.size;
  }

  #broadcast(to: ActorId, actor: Actor, afterSeq: number): void {
    const audiences = new Set(actor.watchers.values());
    for (const { event, place } of actor.events.slice(afterSeq)) {
      for (const audience of audiences) {
        for (const told of this.#projected(to, event, place, audience)) {
          for (const [watcher, theirs] of actor.watchers) if (theirs === audience) watcher.deliver(told);
        }
      }
    }
  }

  #projected(actor: ActorId, event: EchoEvent, place: EventPlace, audience: string): Broadcast[] {
    const projection = echoSession.project(event, audience);
    return projection === null ? [] : [{ actor, epoch: this.epoch, class: "event", ...place, ...projection }];
  }

  #actor(id: ActorId): Actor {
    const known = this.#actors.get(id);
    if (known !== undefined) return known;
    const state = echoSession.initial(keyOf(id));
    const actor: Actor = { state, events: [], watchers: new Map(), replies: new Map() };
    this.#actors.set(id, actor);
    return actor;
  }
}
