/** Every command to a learner, handed to what decides it. */
import { assertNever } from "../assert_never.ts";
import { note, reject } from "../decision.ts";
import { correctionOf } from "../dna/corrections.ts";
import { decideQuest } from "../quests/decide.ts";
import type { QuestCommand } from "../quests/messages.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand } from "./messages.ts";
import { profileAfter } from "./profile.ts";
import { decideReading } from "./readings.ts";
import { recordActivity, recordAnswer, recordSession } from "./record.ts";
import { decideReviewsDeadline } from "./review_timer.ts";
import { decideTakeBack } from "./take_back.ts";
import { type LearnerContext, settle } from "./settle.ts";
import type { LearnerDecision } from "./learner_decision.ts";

/** What a person wants and says of themself is theirs alone to set, on top of the version they have seen. */
function setProfile(
  state: LearnerState,
  { expectedVersion, draft }: Extract<LearnerCommand, { type: "set_profile" }>,
  context: LearnerContext,
): LearnerDecision {
  const { origin, nowMs } = context;
  if (origin.kind !== "client" || origin.principal.userId !== state.learnerId) {
    return reject("forbidden", "Only the learner sets their profile.");
  }
  const { version } = state.profile;
  if (expectedVersion !== version) {
    return reject("version_mismatch", "The profile has changed since; read it again and repeat the change.", {
      version,
    });
  }
  const profile = profileAfter(state.profile, draft, nowMs);
  return settle(state, [{ type: "profile_set", profile }], context, { reply: { version: profile.version } });
}

/** As if the learner had set it in their profile, where they may set it back. */
function stopSuggestions(state: LearnerState, context: LearnerContext): LearnerDecision {
  const { origin, nowMs } = context;
  if (origin.kind !== "actor") return reject("forbidden", "Suggestions are stopped in a session, or in the profile.");
  if (!state.profile.suggestions) return settle(state, [], context, {});
  const profile = profileAfter(state.profile, { ...state.profile, suggestions: false }, nowMs);
  return settle(state, [{ type: "profile_set", profile }], context, {});
}

/** Nothing is stored: the next session, or the learner, asks again. */
function proposalFailed(
  state: LearnerState,
  { basisSeq }: Extract<LearnerCommand, { type: "proposal_failed" }>,
  { origin }: LearnerContext,
): LearnerDecision {
  if (origin.kind !== "effect") return reject("forbidden", "Only the engine proposes quests.");
  if (state.quests.seeking?.basisSeq !== basisSeq) {
    return reject("late_result", "This proposal is not awaited any more.");
  }
  return note({ ...state, quests: { ...state.quests, seeking: null } });
}

function decideQuests(
  state: LearnerState,
  command: Exclude<QuestCommand, { type: "proposal_failed" }>,
  context: LearnerContext,
): LearnerDecision {
  const move = decideQuest(state, command, context);
  return move.kind === "rejected"
    ? move
    : settle(state, move.events, context, { reply: move.reply, messages: move.messages });
}

/** A learner's word on a figure is theirs alone; it names the figure that it is about. */
function correctDna(
  state: LearnerState,
  { figure, correction }: Extract<LearnerCommand, { type: "correct_dna" }>,
  context: LearnerContext,
): LearnerDecision {
  const { origin, nowMs } = context;
  if (origin.kind !== "client" || origin.principal.userId !== state.learnerId) {
    return reject("forbidden", "Only the learner corrects what is said of them.");
  }
  if (correction !== null && correction.figure !== figure) {
    return reject("malformed_correction", `This is a word on ${correction.figure}, not on ${figure}.`);
  }
  if (correction === null && correctionOf(state.dna.corrections, figure) === null) {
    return settle(state, [], context, { reply: { figure } });
  }
  return settle(state, [{ type: "dna_corrected", figure, correction, atMs: nowMs }], context, { reply: { figure } });
}

/** Decides one command; an expected refusal is an answer, never an exception. */
export function decide(state: LearnerState, command: LearnerCommand, context: LearnerContext): LearnerDecision {
  switch (command.type) {
    case "record_answer":
      return recordAnswer(state, command, context);
    case "record_session":
      return recordSession(state, command.session, context);
    case "record_activity":
      return recordActivity(state, command.activity, context);
    case "answers_read":
    case "reading_failed":
      return decideReading(state, command, context);
    case "set_profile":
      return setProfile(state, command, context);
    case "stop_suggestions":
      return stopSuggestions(state, context);
    case "correct_dna":
      return correctDna(state, command, context);
    case "reviews_deadline":
      return decideReviewsDeadline(state, context);
    case "take_back_points":
      return decideTakeBack(state, command, context);
    case "seek_quests":
    case "accept_quest":
    case "decline_quest":
    case "abandon_quest":
    case "submit_quest":
    case "join_team":
    case "offer_quests":
    case "quests_deadline":
    case "record_evaluation":
    case "team_joined":
    case "team_refused":
    case "team_finished":
      return decideQuests(state, command, context);
    case "proposal_failed":
      return proposalFailed(state, command, context);
    default:
      return assertNever(command);
  }
}
