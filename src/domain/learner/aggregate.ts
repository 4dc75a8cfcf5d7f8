/** A learner as the runtime knows them: every graded answer, wherever given, moves one knowledge and one memory. */
import type { Aggregate, Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import type { ReviewNotice } from "../memory/review_schedule.ts";
import { isEngine } from "../engine.ts";
import type { BadgeRule } from "../rewards/badge.ts";
import { rewardProjection } from "../rewards/projection.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";
import { engineView, knowledgeView, type LearnerState, newLearner } from "./knowledge.ts";
import type { AnswerFact, LearnerCommand, LearnerEffect, LearnerEvent } from "./messages.ts";
import { questEventData } from "../quests/quest_view.ts";
import { awaitedProposal } from "./quest_following.ts";
import { rankingRow } from "./ranking_row.ts";
import { awaitedReadings } from "./awaited_readings.ts";
import { LEARNER_SCHEMA_VERSION, upcastLearnerEvent, upcastLearnerState } from "./upcast.ts";

function answerProjection(answer: AnswerFact): Projection {
  return {
    type: "answer_recorded",
    data: {
      session_id: answer.sessionId,
      course_id: answer.courseId,
      item_id: answer.itemId,
      skills: answer.skills,
      correct: answer.correct,
      score: answer.score,
    },
  };
}

function reviewsProjection(notices: readonly ReviewNotice[]): Projection {
  const courses = notices.map(({ courseId, due, skills }) => ({ course_id: courseId, due, skills }));
  return { type: "reviews_due", data: { courses } };
}

function projection(event: LearnerEvent, audience: string): Projection | null {
  switch (event.type) {
    case "answer_recorded":
      return answerProjection(event.answer);
    case "session_recorded":
      return { type: "session_recorded", data: { session_id: event.session.sessionId } };
    case "activity_recorded": {
      const { activity: { kind, id }, counts } = event;
      return { type: "activity_recorded", data: { kind, id, counts } };
    }
    case "answers_read":
      return null;
    case "profile_set":
      return { type: "profile_changed", data: { version: event.profile.version } };
    case "dna_corrected":
      return { type: "dna_corrected", data: { figure: event.figure } };
    case "reviews_due":
      // A nudge to the learner; nobody else is to chase them with it.
      return audience === "learner" ? reviewsProjection(event.notices) : null;
    case "points_awarded":
    case "points_reversed":
    case "badge_earned":
    case "badge_revoked":
    case "streak_extended":
      return rewardProjection(event);
    case "quests_sought":
      return null;
    case "quests_offered":
    case "quest_accepted":
    case "team_join_asked":
    case "team_join_refused":
    case "quest_progressed":
    case "quest_submitted":
    case "quest_fell_short":
    case "quest_completed":
    case "quest_closed":
      return { type: event.type, data: questEventData(event) };
    default:
      return assertNever(event);
  }
}

function effectFailed(effect: LearnerEffect, reason: string): LearnerCommand {
  switch (effect.kind) {
    case "read_answers": {
      const { courseId, fromSeq, untilSeq } = effect;
      return { type: "reading_failed", courseId, fromSeq, untilSeq, reason };
    }
    case "propose_quests":
      return { type: "proposal_failed", basisSeq: effect.basisSeq, reason };
    default:
      return assertNever(effect);
  }
}

/** The learner under the badge rules of a deployment. */
export function createLearner(
  rules: readonly BadgeRule[],
): Aggregate<LearnerState, LearnerCommand, LearnerEvent, LearnerEffect> {
  return {
    kind: "learner",
    schemaVersion: LEARNER_SCHEMA_VERSION,
    initial: newLearner,
    decide: (state, command, context) => decide(state, command, { ...context, rules }),
    evolve,
    upcastState: upcastLearnerState,
    upcastEvent: upcastLearnerEvent,
    priorityOf: () => "event",
    pendingEffects: (state) => [...awaitedReadings(state), ...awaitedProposal(state)],
    effectFailed,
    audienceOf(state, principal) {
      if (isEngine(principal)) return "engine";
      if (principal.userId === state.learnerId) return "learner";
      return principal.role === "student" ? null : "staff";
    },
    view: (state, audience) => audience === "engine" ? engineView(state) : knowledgeView(state),
    project: projection,
    listing: rankingRow,
  };
}
