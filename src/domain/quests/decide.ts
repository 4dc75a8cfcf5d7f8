/** Decides what a learner does with quests, and what the engine tells of them; the learner's actor stores it. */
import { keyOf, kindOf, parseActorId } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { reject, type Rejection, tell, type TurnContext } from "../decision.ts";
import { submissionAddress } from "../submission/messages.ts";
import { teamQuestAddress } from "../team_quest/messages.ts";
import { closing, runOut } from "./deadline.ts";
import { decideSubmission, recordEvaluation } from "./decide_submission.ts";
import type { QuestCommand, QuestEvent } from "./messages.ts";
import { moved, noSuchQuest, type QuestHolder, type QuestMove } from "./move.ts";
import { completion } from "./progress.ts";
import type { ActiveQuest, Quest, QuestDraft } from "./quest.ts";
import { ACTIVE_MAX, activeQuest, JOINING_MAX, OFFERS_MAX, type QuestsState } from "./state.ts";

const DAY_MS = 86_400_000;
const OFFER_LASTS_MS = 7 * DAY_MS;

type Command<Type extends QuestCommand["type"]> = Extract<QuestCommand, { type: Type }>;

/** The event that asks for a proposal, when fewer quests are offered than could be and none is awaited. */
export function seeking({ offers, seeking }: QuestsState, { seed, nowMs }: TurnContext): readonly QuestEvent[] {
  return offers.length < OFFERS_MAX && seeking === null ? [{ type: "quests_sought", seed, atMs: nowMs }] : [];
}

function begun(
  { profile: { timeZone } }: QuestHolder,
  quest: Quest,
  { acceptedAtMs, deadlineMs, teamId }: Pick<ActiveQuest, "acceptedAtMs" | "deadlineMs" | "teamId">,
): ActiveQuest {
  return {
    quest,
    acceptedAtMs,
    deadlineMs,
    timeZone,
    teamId,
    phase: { kind: "open" },
    attempts: 0,
    tallies: {},
    keyed: {},
  };
}

function tooMany({ active }: QuestsState): Rejection | null {
  if (active.length < ACTIVE_MAX) return null;
  return reject("too_many_quests", `You have ${ACTIVE_MAX} quests under way; finish or abandon one first.`);
}

function acceptedReply({ quest: { id }, deadlineMs, teamId }: ActiveQuest) {
  return { quest_id: id, deadline: new Date(deadlineMs).toISOString(), team_id: teamId };
}

/** Accepted again, by whoever heard no answer, it stays as it is. */
function accept(holder: QuestHolder, questId: string, context: TurnContext): QuestMove | Rejection {
  const { learnerId, quests } = holder;
  const before = activeQuest(quests, questId);
  if (before !== null) return moved([], acceptedReply(before));
  const quest = quests.offers.find(({ id }) => id === questId);
  if (quest === undefined || quest.offerEndsAtMs <= context.nowMs) return noSuchQuest(questId);
  const refusal = tooMany(quests);
  if (refusal !== null) return refusal;
  const deadlineMs = context.nowMs + quest.lastsMs;
  // Its name is all that an invitation needs, so it must not be guessed.
  const teamId = quest.team === null ? null : `${learnerId}.${questId}.${context.seed.toString(36)}`;
  const accepted = begun(holder, quest, { acceptedAtMs: context.nowMs, deadlineMs, teamId });
  const { id: _id, offerEndsAtMs: _until, ...draft } = quest;
  const messages = teamId === null ? [] : [tell(teamQuestAddress(teamId), { type: "found_team", draft, deadlineMs })];
  return moved([{ type: "quest_accepted", accepted, by: "offer" }], acceptedReply(accepted), messages);
}

/** The team goes on without the learner; a submission that waits for a teacher is taken back. */
function abandon({ learnerId, quests }: QuestHolder, questId: string, { nowMs }: TurnContext): QuestMove | Rejection {
  const active = activeQuest(quests, questId);
  if (active === null) return noSuchQuest(questId);
  const { quest, teamId, phase, attempts } = active;
  const leaving = teamId === null ? [] : [tell(teamQuestAddress(teamId), { type: "leave_team" })];
  const withdrawing = phase.kind === "under_review"
    ? [tell(submissionAddress(learnerId, questId, attempts), { type: "withdraw" })]
    : [];
  const reply = { quest_id: questId, status: "abandoned" };
  return moved([closing(quest, teamId, "abandoned", nowMs)], reply, [...leaving, ...withdrawing]);
}

function decline({ quests }: QuestHolder, questId: string, { nowMs }: TurnContext): QuestMove | Rejection {
  const quest = quests.offers.find(({ id }) => id === questId);
  if (quest === undefined) return noSuchQuest(questId);
  return moved([closing(quest, null, "declined", nowMs)], { quest_id: questId, status: "declined" });
}

function joinTeam({ learnerId, quests }: QuestHolder, teamId: string): QuestMove | Rejection {
  if (quests.active.some((one) => one.teamId === teamId)) return reject("already_joined", "You are in this team.");
  if (quests.joining.includes(teamId)) return reject("already_asked", "The team has been asked; wait for its answer.");
  if (quests.joining.length >= JOINING_MAX) return reject("too_many_teams", "Wait for the teams that you have asked.");
  if (parseActorId(`teamquest/${teamId}`) === null) return reject("unknown_team", "That is no team's name.");
  const refusal = tooMany(quests);
  if (refusal !== null) return refusal;
  const message = tell(teamQuestAddress(teamId), { type: "join_team", learnerId });
  return moved([{ type: "team_join_asked", teamId }], { team_id: teamId, status: "asked" }, [message]);
}

function withId(draft: QuestDraft, id: string, offerEndsAtMs: number): Quest {
  return { ...draft, id, offerEndsAtMs };
}

/** Quests whose template is taken meanwhile are let go, and so is what is more than fits. */
function offer({ quests }: QuestHolder, command: Command<"offer_quests">, context: TurnContext): QuestMove | Rejection {
  if (quests.seeking?.basisSeq !== command.basisSeq) {
    return reject("late_result", "No such proposal is awaited any more.");
  }
  const taken = new Set([...quests.offers, ...quests.active.map(({ quest }) => quest)].map((one) => one.templateId));
  const fitting = command.drafts.filter(({ templateId }) => !taken.has(templateId))
    .slice(0, OFFERS_MAX - quests.offers.length);
  const endsAtMs = context.nowMs + OFFER_LASTS_MS;
  const offers = fitting.map((draft, i) => withId(draft, `q${context.seq + 1}.${i}`, endsAtMs));
  return moved([{ type: "quests_offered", offers, receipt: command.receipt }], { offered: offers.length });
}

/** A full place or a team asked twice: the learner leaves the team that let them in. */
function teamJoined(holder: QuestHolder, command: Command<"team_joined">, context: TurnContext): QuestMove {
  const { quests } = holder;
  const { teamId, draft, deadlineMs } = command;
  if (!quests.joining.includes(teamId)) return moved([], null);
  if (tooMany(quests) !== null) {
    const reason = `You have ${ACTIVE_MAX} quests under way.`;
    return moved([{ type: "team_join_refused", teamId, reason }], null, [
      tell(teamQuestAddress(teamId), { type: "leave_team" }),
    ]);
  }
  const quest = withId(draft, `q${context.seq + 1}.0`, context.nowMs);
  const accepted = begun(holder, quest, { acceptedAtMs: context.nowMs, deadlineMs, teamId });
  return moved([{ type: "quest_accepted", accepted, by: "invitation" }], null);
}

/** The whole team has met every criterion in full, so each member who had a part in it has too. */
function teamFinished({ quests }: QuestHolder, command: Command<"team_finished">, { nowMs }: TurnContext): QuestMove {
  const active = quests.active.find(({ teamId }) => teamId === command.teamId);
  if (active === undefined) return moved([], null);
  const { quest, teamId } = active;
  if (command.outcome === "expired") return moved([closing(quest, teamId, "expired", nowMs)], null);
  if (!command.hasContributed) return moved([closing(quest, teamId, "completed_without_you", nowMs)], null);
  const results = quest.criteria.map(({ id, text, weight }) => ({
    criterionId: id,
    text,
    weight,
    score: 1,
    feedback: "reached by the team",
  }));
  return moved([completion(active, { score: 1, results }, "", nowMs)], null);
}

function isFromTeam({ origin }: TurnContext, teamId: string): boolean {
  return origin.kind === "actor" && kindOf(origin.sender) === "teamquest" && keyOf(origin.sender) === teamId;
}

function isPermitted(learnerId: string, command: QuestCommand, context: TurnContext): boolean {
  const { origin } = context;
  switch (command.type) {
    case "seek_quests":
    case "accept_quest":
    case "decline_quest":
    case "abandon_quest":
    case "submit_quest":
    case "join_team":
      return origin.kind === "client" && origin.principal.userId === learnerId;
    case "offer_quests":
    case "proposal_failed":
      return origin.kind === "effect";
    case "quests_deadline":
      return origin.kind === "timer";
    case "record_evaluation":
      return origin.kind === "actor" && kindOf(origin.sender) === "submission";
    case "team_joined":
    case "team_refused":
    case "team_finished":
      return isFromTeam(context, command.teamId);
    default:
      return assertNever(command);
  }
}

/** Decides one command about quests; `proposal_failed` is the learner actor's own to note. */
export function decideQuest(
  holder: QuestHolder,
  command: Exclude<QuestCommand, { type: "proposal_failed" }>,
  context: TurnContext,
): QuestMove | Rejection {
  const { learnerId, quests } = holder;
  if (!isPermitted(learnerId, command, context)) {
    return reject("forbidden", `${command.type} is not yours to send to this learner.`);
  }
  switch (command.type) {
    case "seek_quests":
      return moved(seeking(quests, context), { offered: quests.offers.length });
    case "accept_quest":
      return accept(holder, command.questId, context);
    case "decline_quest":
      return decline(holder, command.questId, context);
    case "abandon_quest":
      return abandon(holder, command.questId, context);
    case "submit_quest":
      return decideSubmission(holder, command, context);
    case "record_evaluation":
      return recordEvaluation(holder, command, context);
    case "join_team":
      return joinTeam(holder, command.teamId);
    case "offer_quests":
      return offer(holder, command, context);
    case "quests_deadline":
      return moved(runOut(quests, context.nowMs), null);
    case "team_joined":
      return teamJoined(holder, command, context);
    case "team_refused": {
      const { teamId, reason } = command;
      return moved(quests.joining.includes(teamId) ? [{ type: "team_join_refused", teamId, reason }] : [], null);
    }
    case "team_finished":
      return teamFinished(holder, command, context);
    default:
      return assertNever(command);
  }
}
