/** A class's matching under its own rules, driven turn by turn at times that the test sets. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import type { Message, Origin } from "../../../src/domain/decision.ts";
import { ENGINE } from "../../../src/domain/engine.ts";
import { matching } from "../../../src/domain/matching/aggregate.ts";
import type { MatchingCommand, MatchingEvent, Wish } from "../../../src/domain/matching/messages.ts";
import type { SkillStanding } from "../../../src/domain/matching/search.ts";
import type { MatchingState } from "../../../src/domain/matching/state.ts";
import { person } from "./people.ts";

export const WISH: Wish = { courseId: "sums", skills: [], size: 2, notAgain: [], waitMs: 60_000 };

/** Timers that may fire in one stretch of time. */
const FIRED_MAX = 1_000;

export class MatchingRun {
  state: MatchingState = matching.initial("7b");
  nowMs = 1_000_000;
  dueMs: number | null = null;
  readonly events: MatchingEvent[] = [];
  readonly messages: Message[] = [];
  /** Whether rooms stand as soon as they are asked for, or once {@link roomsOpen} says so. */
  rooms: "at_once" | "later" = "at_once";

  /** The decision's refusal; null where it was accepted. */
  tell(command: MatchingCommand, origin: Origin = { kind: "client", principal: ENGINE }): string | null {
    const seq = this.events.length;
    const actor = addressOf<MatchingCommand>("matching", "7b");
    const context = { actor, seq, nowMs: this.nowMs, seed: 7, commandId: `c${seq}`, origin };
    const decision = matching.decide(this.state, command, context);
    if (decision.kind === "rejected") return decision.code;
    assert.equal(decision.kind, "accepted");
    if (decision.kind !== "accepted") return null;
    for (const event of decision.events) {
      this.events.push(event);
      this.state = matching.evolve(this.state, event, { seq: this.events.length, atMs: this.nowMs });
    }
    this.messages.push(...decision.messages);
    for (const timer of decision.timers) this.dueMs = timer.kind === "set" ? timer.dueMs : null;
    if (this.rooms === "at_once") this.roomsOpen(decision.messages);
    return null;
  }

  /** The rooms to which `asked` went stand, and say so. */
  roomsOpen(asked: readonly Message[] = this.messages): void {
    for (const { to } of asked) this.tell({ type: "room_opened" }, { kind: "actor", sender: to, seq: 1 });
  }

  seek(userId: string, wish: Partial<Wish> = {}): string | null {
    return this.tell({ type: "seek_partners", person: { userId, name: userId }, wish: { ...WISH, ...wish } });
  }

  /** Looks for partners, and how they stand is read. */
  ready(userId: string, probabilities: readonly number[] = [], wish: Partial<Wish> = {}): void {
    assert.equal(this.seek(userId, wish), null);
    this.read(userId, person(userId, probabilities).standing);
  }

  read(userId: string, standing: readonly SkillStanding[]): string | null {
    return this.tell({ type: "standing_read", userId, standing }, { kind: "effect", basisSeq: 0 });
  }

  /** Lets everything happen that is due until `untilMs`. */
  passTo(untilMs: number): void {
    for (let fired = 0; this.dueMs !== null && this.dueMs <= untilMs; fired++) {
      assert.ok(fired < FIRED_MAX, "the timer comes back and back");
      const { dueMs } = this;
      this.nowMs = Math.max(this.nowMs, dueMs);
      this.tell({ type: "matching_due" }, { kind: "timer", name: "due", dueMs });
    }
    this.nowMs = untilMs;
  }

  /** How it stands with them, as they see it. */
  seenBy(userId: string) {
    const audience = matching.audienceOf(this.state, { userId, role: "student" });
    assert.ok(audience !== null, `${userId} is not known here`);
    return Object(matching.view(this.state, audience, this.nowMs));
  }
}
