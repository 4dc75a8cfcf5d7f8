/** What follows for a learner's quests from something they did: counts move, and a quest that has all is completed. */
import { entryOf } from "../entry_of.ts";
import { localDay } from "../local_day.ts";
import { endedQuest, LATE_MS_MAX } from "./deadline.ts";
import { evaluateQuest, type Evaluation } from "./evaluate.ts";
import type { QuestEvent } from "./messages.ts";
import type { ActiveQuest } from "./quest.ts";
import { evolveQuests, type QuestsState } from "./state.ts";
import { amountOf, emptyTally, type QuestFact, type Tally, tallyAfter } from "./tally.ts";

type Progressed = Extract<QuestEvent, { type: "quest_progressed" }>;

/** What was begun and done between acceptance and the deadline, by its own time, however late it is told. */
function isInTime({ acceptedAtMs, deadlineMs }: ActiveQuest, fact: QuestFact): boolean {
  const sinceMs = fact.kind === "answer" ? fact.atMs : fact.sinceMs;
  return sinceMs >= acceptedAtMs && fact.atMs <= deadlineMs;
}

/** An answer by the quest's own calendar, with the work on it since the quest was accepted. */
function asCountedFor({ acceptedAtMs, timeZone }: ActiveQuest, fact: QuestFact): QuestFact {
  if (fact.kind !== "answer") return fact;
  const day = timeZone === null ? fact.day : localDay(fact.atMs, timeZone);
  return { ...fact, day, workedMs: Math.min(fact.workedMs, fact.atMs - acceptedAtMs) };
}

function progressBy(active: ActiveQuest, told: QuestFact): Progressed | null {
  if (!isInTime(active, told)) return null;
  const fact = asCountedFor(active, told);
  const { quest: { id: questId, criteria, subject }, teamId } = active;
  const tallies: { [criterionId: string]: Tally } = {};
  const amounts: { [criterionId: string]: number } = {};
  for (const { id, evidence } of criteria) {
    if (evidence.kind !== "automatic") continue;
    const before = entryOf(active.tallies, id) ?? emptyTally(evidence.measure);
    const after = tallyAfter(evidence.measure, subject, before, fact);
    if (after === before) continue;
    tallies[id] = after;
    amounts[id] = amountOf(evidence.measure, after);
  }
  if (Object.keys(tallies).length === 0) return null;
  const progressed = { ...active, tallies: { ...active.tallies, ...tallies } };
  return { type: "quest_progressed", questId, teamId, tallies, amounts, progress: evaluateQuest(progressed).score };
}

/** The event that completes a quest with this evaluation. */
export function completion(
  active: ActiveQuest,
  { score, results }: Evaluation,
  comment: string,
  atMs: number,
): QuestEvent {
  const { points, badges } = active.quest;
  return {
    type: "quest_completed",
    ...endedQuest(active.quest, active.teamId, atMs),
    score,
    results,
    comment,
    points: Math.round(points * score),
    badges,
  };
}

/** A quest alone completes itself once every criterion is met in full; a team's is its own actor's to complete. */
function completedBy(active: ActiveQuest, atMs: number): readonly QuestEvent[] {
  if (active.teamId !== null || active.phase.kind !== "open") return [];
  const evaluation = evaluateQuest(active);
  return evaluation.score === 1 ? [completion(active, evaluation, "", atMs)] : [];
}

/** The quest events that follow from one fact, to be stored with the fact's own. */
export function questEventsAfter(quests: QuestsState, fact: QuestFact, nowMs: number): readonly QuestEvent[] {
  return quests.active.flatMap((active) => {
    const progressed = nowMs > active.deadlineMs + LATE_MS_MAX ? null : progressBy(active, fact);
    if (progressed === null) return [];
    const after = evolveQuests(quests, progressed, { seq: 0, atMs: nowMs }).active
      .find(({ quest }) => quest.id === active.quest.id) ?? active;
    return [progressed, ...completedBy(after, nowMs)];
  });
}
