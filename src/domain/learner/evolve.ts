/** Folds one event into what a learner keeps. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { withCorrection } from "../dna/corrections.ts";
import { afterSessionEnded, type LearningDna } from "../dna/learning_dna.ts";
import { entryOf } from "../entry_of.ts";
import { withNoticesTold } from "../memory/review_schedule.ts";
import { withDeed, withQuestBadges, withReward } from "../rewards/rewards.ts";
import { evolveQuests } from "../quests/state.ts";
import { withHidden, withReadingBegun } from "./course_knowledge.ts";
import { activityDeed, answerDeed, QUEST_DEED, sessionDeed } from "./deeds.ts";
import { type LearnerState, withAnswer, withCourse } from "./knowledge.ts";
import type { AnswerFact, LearnerEvent } from "./messages.ts";

export function withAnswersRead(
  state: LearnerState,
  { courseId, hidden, untilSeq }: Extract<LearnerEvent, { type: "answers_read" }>,
): LearnerState {
  const known = entryOf(state.courses, courseId);
  if (known === null) return state;
  const after = withReadingBegun(withHidden(known, hidden, untilSeq));
  return { ...state, courses: withCourse(state.courses, courseId, after) };
}

function withAnswerCounted(state: LearnerState, answer: AnswerFact, seq: number): LearnerState {
  const after = withAnswer(state, answer, seq);
  return { ...after, rewards: withDeed(after.rewards, answerDeed(state, after, answer)) };
}

function withOwnWord(
  dna: LearningDna,
  { figure, correction, atMs }: Extract<LearnerEvent, { type: "dna_corrected" }>,
): LearningDna {
  const word = correction === null ? null : { ...correction, atMs };
  return { ...dna, corrections: withCorrection(dna.corrections, figure, word) };
}

/** The state after one more event. */
export function evolve(state: LearnerState, event: LearnerEvent, place: EventPlace): LearnerState {
  switch (event.type) {
    case "answer_recorded":
      return withAnswerCounted(state, event.answer, place.seq);
    case "session_recorded":
      return {
        ...state,
        dna: afterSessionEnded(state.dna, event.session),
        rewards: withDeed(state.rewards, sessionDeed(event.session)),
      };
    case "activity_recorded":
      return { ...state, rewards: withDeed(state.rewards, activityDeed(event)) };
    case "points_awarded":
    case "badge_earned":
    case "badge_revoked":
    case "streak_extended":
      return { ...state, rewards: withReward(state.rewards, event, place) };
    case "points_reversed": {
      const { quests } = state;
      const rewards = withReward(state.rewards, event, place);
      if (event.account !== "quests") return { ...state, rewards };
      return { ...state, rewards, quests: { ...quests, completed: quests.completed - 1 } };
    }
    case "answers_read":
      return withAnswersRead(state, event);
    case "profile_set":
      return { ...state, profile: event.profile };
    case "dna_corrected":
      return { ...state, dna: withOwnWord(state.dna, event) };
    case "reviews_due":
      return { ...state, memory: withNoticesTold(state.memory, event.notices, event.atMs) };
    case "quests_sought":
    case "quests_offered":
    case "quest_accepted":
    case "team_join_asked":
    case "team_join_refused":
    case "quest_progressed":
    case "quest_submitted":
    case "quest_fell_short":
    case "quest_closed":
      return { ...state, quests: evolveQuests(state.quests, event, place) };
    case "quest_completed": {
      const quests = evolveQuests(state.quests, event, place);
      const rewards = withQuestBadges(withDeed(state.rewards, QUEST_DEED), event.questId, event.badges);
      return { ...state, quests, rewards };
    }
    default:
      return assertNever(event);
  }
}
