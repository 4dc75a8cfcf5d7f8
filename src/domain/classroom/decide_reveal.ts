/** Decides what the class is shown of a question once pens are down, and tells the learners' own records. */
import { answerInWords } from "../curriculum/answer_in_words.ts";
import { entryOf } from "../entry_of.ts";
import { type Message, reject, tell, type TurnContext } from "../decision.ts";
import { learnerAddress } from "../learner/messages.ts";
import { answerGroup, responseInWords } from "./answer_group.ts";
import { questionAt } from "./decide_question.ts";
import type { AnswerCount, ClassroomEvent } from "./events.ts";
import { scored } from "./evolve_question.ts";
import type { EngineClassroomCommand, TeacherCommand } from "./messages.ts";
import { type ClassroomDecision, settle } from "./settle.ts";
import { standings } from "./standings.ts";
import { type Answers, countingAnswers, type OpenedLesson, type Question } from "./state.ts";
import { gainOf, roomGainsOf } from "./vote.ts";

type Teacher<Type extends TeacherCommand["type"]> = Extract<TeacherCommand, { type: Type }>;

/** How many gave each answer, most first. */
export function answerCounts({ item }: Pick<Question, "item">, answers: Answers): readonly AnswerCount[] {
  const offered = item.form.kind === "choice" || item.form.kind === "choices";
  const counts = new Map<string, AnswerCount>();
  for (const { response, correct } of Object.values(answers)) {
    // Right answers that are written differently are one.
    const group = correct ? "" : answerGroup(response);
    const known = counts.get(group);
    const answer = correct ? answerInWords(item.key, item.form) : responseInWords(response, item.form);
    counts.set(group, { answer: known?.answer ?? answer, correct, offered, count: (known?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.answer < b.answer ? -1 : 1));
}

/** Shows what was right, how the class answered, where it stands, and to each learner what their answer was worth. */
export function decideReveal(
  lesson: OpenedLesson,
  { reason }: Teacher<"reveal">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const question = questionAt(lesson, ["down"]);
  if ("kind" in question) return question;
  const { number, item, answers } = question;
  const counting = countingAnswers(question);
  const results = Object.entries(counting).map(([userId, { correct, score }]) => [userId, { correct, score }]);
  const place = { seq: context.seq + 1, atMs: context.nowMs };
  const revealed: ClassroomEvent = {
    type: "question_revealed",
    question: number,
    correctAnswer: answerInWords(item.key, item.form),
    explanation: item.explanation,
    results: Object.fromEntries(results),
    answers: answerCounts(question, answers),
    standings: standings(scored(lesson, question, place)),
    gain: gainOf(question),
    roomGains: roomGainsOf(question, lesson.breakouts),
    by,
    reason,
  };
  return settle(lesson, [revealed], context, { reply: { question: number, correct_answer: revealed.correctAnswer } });
}

/** Each learner's record is told of their answer, with what was known of the item before it. */
export function decideSighted(
  lesson: OpenedLesson,
  { question, sightings }: Extract<EngineClassroomCommand, { type: "answers_sighted" }>,
  context: TurnContext,
): ClassroomDecision {
  const { untold: [first], lessonId } = lesson;
  if (first === undefined || first.question !== question) {
    return reject("late_result", "These answers have been told.");
  }
  const messages: readonly Message[] = Object.entries(first.facts).map(([userId, fact]) =>
    tell(learnerAddress(userId), {
      type: "record_answer",
      answer: { ...fact, sighting: entryOf(sightings, userId) },
      lessonId,
    })
  );
  return settle(lesson, [{ type: "answers_told", question }], context, { messages });
}

/** Shows one learner's answer to the class; whose it is only where the teacher wants it said. */
export function decideSpotlight(
  lesson: OpenedLesson,
  { userId, named, reason }: Teacher<"spotlight">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const question = questionAt(lesson, ["revealed"]);
  if ("kind" in question) return question;
  const answer = entryOf(question.answers, userId);
  if (answer === null) return reject("no_answer", "This student has not answered the question.");
  const { number, item } = question;
  return settle(
    lesson,
    [{
      type: "spotlighted",
      question: number,
      userId,
      named,
      answer: responseInWords(answer.response, item.form),
      correct: answer.correct,
      by,
      reason,
    }],
    context,
    { reply: { question: number } },
  );
}
