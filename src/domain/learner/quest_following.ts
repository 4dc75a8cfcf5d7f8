/** What follows for quests from the events of a learner's turn: more events, messages, the timer, a proposal to seek. */
import { type Message, tell, type TimerChange, type TurnContext } from "../decision.ts";
import { localDay } from "../local_day.ts";
import { QUEST_BOARD } from "../quest_board/messages.ts";
import { nextDeadlineMs } from "../quests/deadline.ts";
import { seeking } from "../quests/decide.ts";
import type { Engagement, EngagementOutcome } from "../quests/engagement.ts";
import type { ClosedOutcome, ProposeQuestsEffect } from "../quests/messages.ts";
import { questEventsAfter } from "../quests/progress.ts";
import { OFFERS_MAX, type QuestsState } from "../quests/state.ts";
import type { QuestFact } from "../quests/tally.ts";
import { teamQuestAddress } from "../team_quest/messages.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand, LearnerEvent } from "./messages.ts";

const TIMER = "quests";
const DEADLINE: LearnerCommand = { type: "quests_deadline" };

/** The event as quests take it; null when it is nothing that the learner did. */
function factOf(event: LearnerEvent, timeZone: string): QuestFact | null {
  if (event.type === "answer_recorded") {
    const { sessionId, courseId, skills, difficulty, correct, hintsUsed, responseMs, atMs } = event.answer;
    const given = { sessionId, courseId, skills, difficulty, correct, hintsUsed, workedMs: responseMs ?? 0, atMs };
    return { kind: "answer", ...given, day: localDay(atMs, timeZone) };
  }
  if (event.type === "session_recorded") {
    const { sessionId, courseId, startedAtMs: sinceMs, completedAtMs: atMs, tally } = event.session;
    const { answered, correct } = tally;
    return { kind: "session", sessionId, courseId, answered, correct, sinceMs, atMs };
  }
  if (event.type !== "activity_recorded") return null;
  const { activity: { kind: activity, sinceMs, atMs }, occasion } = event;
  return { kind: "activity", activity, occasion, sinceMs, atMs };
}

/** Quest events that belong into the turn of `events`; a session's end is also a time to look for more quests. */
export function questsFollowing(
  { quests, profile }: LearnerState,
  events: readonly LearnerEvent[],
  context: TurnContext,
): readonly LearnerEvent[] {
  return events.flatMap((event): readonly LearnerEvent[] => {
    const fact = factOf(event, profile.timeZone);
    if (fact === null) return [];
    const following = questEventsAfter(quests, fact, context.nowMs);
    return fact.kind === "session" ? [...following, ...seeking(quests, context)] : following;
  });
}

const OUTCOMES: { readonly [outcome in ClosedOutcome]: EngagementOutcome } = {
  declined: "passed",
  offer_expired: "passed",
  abandoned: "dropped",
  expired: "dropped",
  failed: "dropped",
  completed_without_you: "dropped",
};

function engagementIn(event: LearnerEvent): readonly Engagement[] {
  if (event.type === "quest_accepted") {
    if (event.by === "invitation") return [];
    const { templateId, band } = event.accepted.quest;
    return [{ templateId, band, outcome: "accepted" }];
  }
  if (event.type !== "quest_completed" && event.type !== "quest_closed") return [];
  const { templateId, band } = event;
  return [{ templateId, band, outcome: event.type === "quest_completed" ? "completed" : OUTCOMES[event.outcome] }];
}

function contributionIn(event: LearnerEvent): readonly Message[] {
  if (event.type !== "quest_progressed" || event.teamId === null) return [];
  return [tell(teamQuestAddress(event.teamId), { type: "contribute", amounts: event.amounts })];
}

/** What the quest board and the teams are told of the turn. */
export function questMessages(events: readonly LearnerEvent[]): readonly Message[] {
  const engagements = events.flatMap(engagementIn);
  const told = engagements.length === 0 ? [] : [tell(QUEST_BOARD, { type: "record_engagement", engagements })];
  return [...told, ...events.flatMap(contributionIn)];
}

/** How the timer moves with the quests; one that fired is set again where there is a next time. */
export function questTimerChanges(
  before: QuestsState,
  after: QuestsState,
  { origin }: TurnContext,
): readonly TimerChange[] {
  const dueMs = nextDeadlineMs(after);
  const hasFired = origin.kind === "timer" && origin.name === TIMER;
  if (dueMs === nextDeadlineMs(before) && !hasFired) return [];
  return [dueMs === null ? { kind: "clear", name: TIMER } : { kind: "set", name: TIMER, dueMs, command: DEADLINE }];
}

/** The proposal that is awaited in this state; none when none is. */
export function awaitedProposal({ learnerId, quests }: LearnerState): readonly ProposeQuestsEffect[] {
  if (quests.seeking === null) return [];
  const offersMax = OFFERS_MAX - quests.offers.length;
  return [{ kind: "propose_quests", learnerId, ...quests.seeking, offersMax }];
}
