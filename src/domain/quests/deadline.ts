/** When offers and quests run out, and what their end says. */
import type { ClosedOutcome, QuestEvent } from "./messages.ts";
import type { ActiveQuest, Quest } from "./quest.ts";
import type { QuestsState } from "./state.ts";

/** What was done in time may be told this much later: messages between actors take a moment. */
export const LATE_MS_MAX = 60_000;

/** What every event about the end of a quest says of it. */
export function endedQuest({ id, templateId, kind, band, title }: Quest, teamId: string | null, atMs: number) {
  return { questId: id, templateId, questKind: kind, band, title, teamId, atMs };
}

export function closing(quest: Quest, teamId: string | null, outcome: ClosedOutcome, atMs: number): QuestEvent {
  return { type: "quest_closed", ...endedQuest(quest, teamId, atMs), outcome };
}

/** When it expires of itself; null while a teacher has it, and of a team's quest, whose end the team tells. */
function expiresAtMs({ teamId, phase, deadlineMs }: ActiveQuest): number | null {
  return teamId === null && phase.kind === "open" ? deadlineMs + LATE_MS_MAX : null;
}

/** When something next runs out; null when nothing can. */
export function nextDeadlineMs({ offers, active }: QuestsState): number | null {
  const times = [
    ...offers.map(({ offerEndsAtMs }) => offerEndsAtMs),
    ...active.flatMap((one) => expiresAtMs(one) ?? []),
  ];
  return times.length === 0 ? null : times.reduce((next, time) => Math.min(next, time));
}

/** What has run out at `nowMs`. */
export function runOut({ offers, active }: QuestsState, nowMs: number): readonly QuestEvent[] {
  const past = (time: number | null) => time !== null && time <= nowMs;
  return [
    ...offers.filter((quest) => past(quest.offerEndsAtMs)).map((quest) => closing(quest, null, "offer_expired", nowMs)),
    ...active.filter((one) => past(expiresAtMs(one)))
      .map(({ quest, teamId }) => closing(quest, teamId, "expired", nowMs)),
  ];
}
