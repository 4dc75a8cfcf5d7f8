/** Decides what a learner does with the open item: answer it, ask for a hint, skip it. */
import { assertNever } from "../assert_never.ts";
import { helpUsed } from "../tutor/ladder.ts";
import { answerInWords } from "../curriculum/answer_in_words.ts";
import { grade } from "../curriculum/grade.ts";
import type { Response } from "../curriculum/rendered_item.ts";
import { reject, type Rejection, tell, type TurnContext } from "../decision.ts";
import { WORK_BEHAVIOURS, type WorkBehaviour } from "../dna/work_behaviour.ts";
import { stateAfter } from "../follow_state.ts";
import { type AnswerFact, learnerAddress } from "../learner/messages.ts";
import { completion } from "./complete_session.ts";
import { withIntervention } from "./decide_intervention.ts";
import { evolve } from "./evolve.ts";
import { HINT_RUNGS, scoreShareAfterHints } from "./limits.ts";
import type { LearnerSessionCommand, SessionEvent } from "./messages.ts";
import { roundShare } from "./tally.ts";
import { notActive } from "./not_active.ts";
import { refusedWhileAsked } from "./refused_while_asked.ts";
import { answeredData, hintData } from "./project.ts";
import { type SessionDecision, settle } from "./settle.ts";
import { type ActiveSession, type BegunSession, type OpenItem, progressOf } from "./state.ts";

type Answered = Extract<SessionEvent, { type: "answered" }>;
type ItemCommand = Extract<LearnerSessionCommand, { type: "answer" | "hint" | "skip" }>;

/** What the work shows once `after` has taken the answer in, and the silence that the answer broke. */
function behaviourAt({ idleSinceMs }: ActiveSession, { work }: BegunSession): readonly WorkBehaviour[] {
  const isOn: { readonly [Behaviour in WorkBehaviour]: boolean } = {
    rapid_guessing: work.rapidGuessing !== null,
    hint_abuse: work.hintAbuse !== null,
    unproductive_struggle: work.struggle !== null,
    idle: idleSinceMs !== null,
  };
  return WORK_BEHAVIOURS.filter((behaviour) => isOn[behaviour]);
}

function answerFact(
  session: ActiveSession,
  { item, receipt }: OpenItem,
  answered: Answered,
  behaviour: readonly WorkBehaviour[],
  nowMs: number,
): AnswerFact {
  const { correct, score, hintsUsed, responseMs } = answered;
  return {
    sessionId: session.sessionId,
    courseId: session.plan.courseId,
    itemId: item.itemId,
    skills: item.skills,
    difficulty: item.difficulty,
    correct,
    score,
    hintsUsed,
    responseMs,
    atMs: nowMs,
    presentations: [...new Set(item.presentations.map(({ modality }) => modality))],
    behaviour,
    sighting: receipt.sighting,
  };
}

function gradedAnswer(
  session: ActiveSession,
  { number, item, hintsGiven, tutor, workedMs }: OpenItem,
  response: Response,
  nowMs: number,
): Answered | Rejection {
  const graded = grade(item.key, item.form, response);
  if (graded.kind === "malformed") {
    return reject("malformed_answer", `That is no answer to this item: expected ${graded.expected}.`, {
      expected: graded.expected,
    });
  }
  const hintsUsed = helpUsed(hintsGiven, tutor);
  return {
    type: "answered",
    item: number,
    response,
    correct: graded.correct,
    score: roundShare(graded.score * scoreShareAfterHints(hintsUsed)),
    responseMs: workedMs + Math.max(0, nowMs - session.clockMs),
    hintsUsed,
    correctAnswer: answerInWords(item.key, item.form),
    explanation: item.explanation,
    progress: progressOf(session.plan, session.tally.answered + 1),
  };
}

/** An answer counts once, closes the item, tells the learner actor, and completes the session at its target. */
function answer(session: ActiveSession, open: OpenItem, response: Response, context: TurnContext): SessionDecision {
  const answered = gradedAnswer(session, open, response, context.nowMs);
  if ("kind" in answered) return answered;
  const after = stateAfter(evolve, session, [answered], context);
  const behaviour = after.status === "not_created" ? [] : behaviourAt(session, after);
  const isLast = after.status === "active" && after.tally.answered >= session.plan.targetItems;
  const closing = isLast ? [answered, completion(after, "target_reached", context.nowMs)] : [answered];
  const { events, ephemerals } = withIntervention(session, closing, context);
  const { learnerId, lessonId } = session.plan;
  const fact = answerFact(session, open, answered, behaviour, context.nowMs);
  return settle(session, events, context, {
    reply: { ...answeredData(answered), completed: isLast },
    ephemerals,
    messages: [
      tell(learnerAddress(learnerId), {
        type: "record_answer",
        answer: fact,
        ...lessonId === undefined ? {} : { lessonId },
      }),
    ],
  });
}

function hint(session: ActiveSession, open: OpenItem, context: TurnContext): SessionDecision {
  const text = open.item.hints[open.hintsGiven];
  if (text === undefined) {
    return reject("hints_exhausted", `All ${HINT_RUNGS} hints of this item have been given; answer or skip it.`);
  }
  const rung = open.hintsGiven + 1;
  const used = helpUsed(rung, open.tutor);
  const hinted = { type: "hint_given", item: open.number, rung, text } as const;
  const given = used > rung ? { ...hinted, helpUsed: used } : hinted;
  const { events, ephemerals } = withIntervention(session, [given], context);
  return settle(session, events, context, { reply: hintData(given), ephemerals });
}

/** Decides a command about the item it names; refused unless that item is open. */
export function decideItem(session: BegunSession, command: ItemCommand, context: TurnContext): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  const { step } = session;
  if (step.kind === "choosing" || step.open.number !== command.item) {
    return reject("item_closed", `Item ${command.item} is not open; work on the one that is.`, {
      open_item: step.kind === "choosing" ? null : step.open.number,
    });
  }
  switch (command.type) {
    case "answer":
      return refusedWhileAsked(session.plan, step.open, context) ??
        answer(session, step.open, command.response, context);
    case "hint":
      return refusedWhileAsked(session.plan, step.open, context) ?? hint(session, step.open, context);
    case "skip": {
      const cause = refusedWhileAsked(session.plan, step.open, context) === null ? "learner" : "asked_in_lesson";
      const skipped = { type: "skipped", item: command.item, cause } as const;
      const { events, ephemerals } = withIntervention(session, [skipped], context);
      const progress = progressOf(session.plan, session.tally.answered);
      return settle(session, events, context, { reply: { skipped: true, progress }, ephemerals });
    }
    default:
      return assertNever(command);
  }
}
