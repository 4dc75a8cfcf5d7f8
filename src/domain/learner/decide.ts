/** Every command to a learner, handed to what decides it. */
import { assertNever } from "../assert_never.ts";
import { reject, type TurnContext } from "../decision.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand } from "./messages.ts";
import { profileAfter } from "./profile.ts";
import { decideReading } from "./readings.ts";
import { recordActivity, recordAnswer, recordSession } from "./record.ts";
import { decideReviewsDeadline } from "./review_timer.ts";
import { type LearnerDecision, settle } from "./settle.ts";

/** What a person wants and says of themself is theirs alone to set, on top of the version they have seen. */
function setProfile(
  state: LearnerState,
  { expectedVersion, draft }: Extract<LearnerCommand, { type: "set_profile" }>,
  context: TurnContext,
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

/** Decides one command; an expected refusal is an answer, never an exception. */
export function decide(state: LearnerState, command: LearnerCommand, context: TurnContext): LearnerDecision {
  switch (command.type) {
    case "record_answer":
      return recordAnswer(state, command.answer, context);
    case "record_session":
      return recordSession(state, command.session, context);
    case "record_activity":
      return recordActivity(state, command.activity, context);
    case "answers_read":
    case "reading_failed":
      return decideReading(state, command, context);
    case "set_profile":
      return setProfile(state, command, context);
    case "reviews_deadline":
      return decideReviewsDeadline(state, context);
    default:
      return assertNever(command);
  }
}
