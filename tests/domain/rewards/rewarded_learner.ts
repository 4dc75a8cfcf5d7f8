/** A learner under the shipped badge rules, told of facts as the runtime tells them: each message applied once. */
import { addressOf } from "../../../src/domain/address.ts";
import { readBadgeRules } from "../../../src/boot/badge_rules.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import { createLearner } from "../../../src/domain/learner/aggregate.ts";
import type { LearnerState } from "../../../src/domain/learner/knowledge.ts";
import {
  learnerAddress,
  type LearnerCommand,
  type LearnerEvent,
  type SessionFact,
} from "../../../src/domain/learner/messages.ts";
import type { ProfileDraft } from "../../../src/domain/learner/profile.ts";
import { NEW_PROFILE } from "../../../src/domain/learner/profile.ts";
import { EMPTY_TALLY, type Tally } from "../../../src/domain/session/tally.ts";

export const BADGES = await readBadgeRules();
export const learner = createLearner(BADGES);

export const START_MS = Date.parse("2026-05-04T09:00Z");

/** A message as a session, room or debate has it in its outbox. */
export interface Told {
  readonly sender: string;
  readonly seq: number;
  readonly command: LearnerCommand;
}

export function sessionOf(sessionId: string, tally: Partial<Tally>, courseId = "algebra"): SessionFact {
  return {
    sessionId,
    courseId,
    classId: null,
    topic: null,
    cause: "target_reached",
    startedAtMs: START_MS,
    completedAtMs: START_MS + 60_000,
    tally: { ...EMPTY_TALLY, ...tally },
  };
}

export class RewardedLearner {
  state: LearnerState = learner.initial("ada");
  nowMs = START_MS;
  readonly journal: { readonly event: LearnerEvent; readonly atMs: number }[] = [];
  readonly #applied = new Set<string>();

  /** Delivers a message once more; the first delivery is the one that counts (X2). */
  deliver({ sender, seq, command }: Told): void {
    const id = `${sender} ${seq}`;
    if (this.#applied.has(id)) return;
    this.#applied.add(id);
    const [kind = "", key = ""] = sender.split("/");
    this.send(command, { kind: "actor", sender: addressOf(kind, key), seq });
  }

  send(command: LearnerCommand, origin: Origin): readonly LearnerEvent[] {
    const seq = this.journal.length;
    const context = { actor: learnerAddress("ada"), seq, nowMs: this.nowMs, seed: 1, commandId: "c", origin };
    const decision = learner.decide(this.state, command, context);
    if (decision.kind !== "accepted") return [];
    for (const event of decision.events) {
      this.journal.push({ event, atMs: this.nowMs });
      this.state = learner.evolve(this.state, event, { seq: this.journal.length, atMs: this.nowMs });
    }
    return decision.events;
  }

  setProfile(draft: Partial<ProfileDraft>): void {
    const { profile } = this.state;
    const origin: Origin = { kind: "client", principal: { userId: "ada", role: "student" } };
    const command = {
      type: "set_profile",
      expectedVersion: profile.version,
      draft: { ...NEW_PROFILE, ...draft },
    } as const;
    this.send(command, origin);
  }

  earned(): readonly string[] {
    return this.state.rewards.badges.map(({ badgeId }) => badgeId);
  }
}
