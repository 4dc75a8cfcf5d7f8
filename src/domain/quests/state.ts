/** The quests that a learner keeps: what is offered, what is under way, what was met lately. */
import { assertNever } from "../assert_never.ts";
import type { EventPlace } from "../aggregate.ts";
import { withinBound } from "../within_bound.ts";
import type { QuestEvent } from "./messages.ts";
import type { ActiveQuest, Quest } from "./quest.ts";

export const OFFERS_MAX = 3;
export const ACTIVE_MAX = 4;
/** Templates whose last end is remembered; beyond it those that ended longest ago are let go. */
const ENDED_MAX = 128;
/** Teams that a learner may have asked to join at a time. */
export const JOINING_MAX = 4;

export interface QuestsState {
  readonly offers: readonly Quest[];
  readonly active: readonly ActiveQuest[];
  /** When a quest of each template was last done, closed or declined. */
  readonly ended: readonly { readonly templateId: string; readonly atMs: number }[];
  readonly completed: number;
  /** While a proposal is awaited: the event that asked for it, and its seed. */
  readonly seeking: { readonly basisSeq: number; readonly seed: number; readonly atMs: number } | null;
  readonly joining: readonly string[];
}

export const NO_QUESTS: QuestsState = { offers: [], active: [], ended: [], completed: 0, seeking: null, joining: [] };

export function activeQuest({ active }: QuestsState, questId: string): ActiveQuest | null {
  return active.find(({ quest }) => quest.id === questId) ?? null;
}

function withActive(quests: QuestsState, questId: string, change: (active: ActiveQuest) => ActiveQuest): QuestsState {
  return { ...quests, active: quests.active.map((one) => one.quest.id === questId ? change(one) : one) };
}

function withoutQuest(quests: QuestsState, { questId, templateId, atMs }: {
  readonly questId: string;
  readonly templateId: string;
  readonly atMs: number;
}): QuestsState {
  const ended = [...quests.ended.filter((one) => one.templateId !== templateId), { templateId, atMs }];
  return {
    ...quests,
    offers: quests.offers.filter(({ id }) => id !== questId),
    active: quests.active.filter(({ quest }) => quest.id !== questId),
    ended: withinBound(ended, ENDED_MAX, (one) => one.atMs),
  };
}

function withAccepted(quests: QuestsState, accepted: ActiveQuest): QuestsState {
  return {
    ...quests,
    offers: quests.offers.filter(({ id }) => id !== accepted.quest.id),
    active: [...quests.active, accepted],
    joining: quests.joining.filter((teamId) => teamId !== accepted.teamId),
  };
}

/** The quests after one more event. */
export function evolveQuests(quests: QuestsState, event: QuestEvent, { seq }: EventPlace): QuestsState {
  switch (event.type) {
    case "quests_sought":
      return { ...quests, seeking: { basisSeq: seq, seed: event.seed, atMs: event.atMs } };
    case "quests_offered":
      return { ...quests, seeking: null, offers: [...quests.offers, ...event.offers] };
    case "quest_accepted":
      return withAccepted(quests, event.accepted);
    case "team_join_asked":
      return { ...quests, joining: [...quests.joining, event.teamId] };
    case "team_join_refused":
      return { ...quests, joining: quests.joining.filter((teamId) => teamId !== event.teamId) };
    case "quest_progressed":
      return withActive(quests, event.questId, (one) => ({ ...one, tallies: { ...one.tallies, ...event.tallies } }));
    case "quest_submitted":
      return withActive(quests, event.questId, (one) => ({
        ...one,
        attempts: event.attempt,
        keyed: event.keyed,
        phase: event.underReview ? { kind: "under_review", sinceMs: event.atMs } : one.phase,
      }));
    case "quest_fell_short":
      return withActive(quests, event.questId, (one) => ({
        ...one,
        phase: { kind: "open" },
        deadlineMs: event.deadlineMs,
      }));
    case "quest_completed":
      return { ...withoutQuest(quests, event), completed: quests.completed + 1 };
    case "quest_closed":
      return withoutQuest(quests, event);
    default:
      return assertNever(event);
  }
}
