/** The question before the class as one audience may see it; without its key, hints and explanation while it is open. */
import { publicItem } from "../curriculum/public_item.ts";
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";
import { closeOf, deadlineOf } from "./deadlines.ts";
import type { ClassroomAudience } from "./permission.ts";
import { answersData, roomGainsData, standingsData } from "./reveal_view.ts";
import type { OpenedLesson, Question } from "./state.ts";

type JsonObject = { readonly [key: string]: Json };

function plainDeadline({ openedAtMs, limitMs, pausedMs }: Question): number | null {
  return limitMs === null ? null : openedAtMs + limitMs + pausedMs;
}

/** When the close comes for the reader; to who teaches, for all who were given no more. */
export function closeFor(closing: Parameters<typeof closeOf>[0], audience: ClassroomAudience): number {
  return audience.kind === "teacher" ? closing.cutoffMs : closeOf(closing, audience.userId);
}

function stepData({ step }: Question, audience: ClassroomAudience): JsonObject {
  const none = { cutoff_ms: null, revealed: null };
  switch (step.kind) {
    case "open":
    case "down":
      return { ...none, step: step.kind };
    case "closing":
      return { ...none, step: step.kind, cutoff_ms: closeFor(step, audience) };
    case "revealed": {
      const { correctAnswer, explanation, answers, standings, gain, roomGains } = step.reveal;
      return {
        ...none,
        step: step.kind,
        revealed: {
          correct_answer: correctAnswer,
          explanation,
          answers: answersData(answers, audience),
          standings: standingsData(standings, audience),
          gain: gain === null ? null : { ...gain },
          ...audience.kind === "teacher" ? { room_gains: roomGainsData(roomGains) } : {},
        },
      };
    }
  }
}

/** What staff and students are told alike, with the deadline that is the reader's own. */
export function questionData(lesson: OpenedLesson, question: Question, audience: ClassroomAudience): JsonObject {
  const { number, round, purpose, item, openedAtMs } = question;
  return {
    question: number,
    round,
    purpose,
    item: publicItem(item),
    opened_at_ms: openedAtMs,
    deadline_ms: audience.kind === "teacher" ? plainDeadline(question) : deadlineOf(question, audience.userId),
    answers_may_change: lesson.plan.answersMayChange,
    ...stepData(question, audience),
  };
}

/** The question with the student's own answer, and what it was worth once that is revealed. */
export function questionForStudent(lesson: OpenedLesson, userId: string): Json {
  const { question } = lesson;
  if (question === null) return null;
  const { answers, step } = question;
  const answer = entryOf(answers, userId);
  const result = step.kind === "revealed" ? entryOf(step.reveal.results, userId) : null;
  return {
    ...questionData(lesson, question, { kind: "student", userId }),
    your_answer: answer === null ? null : { response: answer.response, answered_at_ms: answer.answeredAtMs },
    your_result: result === null ? null : { ...result },
  };
}
