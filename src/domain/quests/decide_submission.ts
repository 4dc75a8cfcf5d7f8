/** Decides what comes of a submission: graded answers at once, what is written by a teacher, then the whole quest. */
import { isAsked } from "../curriculum/asked_item.ts";
import { grade } from "../curriculum/grade.ts";
import { askedOfSender, reject, type Rejection, tell, type TurnContext } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { plainJson } from "../json.ts";
import { submissionAddress } from "../submission/messages.ts";
import { closing } from "./deadline.ts";
import { evaluateQuest, rubricFaults } from "./evaluate.ts";
import type { QuestCommand, QuestEvent } from "./messages.ts";
import { moved, noSuchQuest, type QuestHolder, type QuestMove } from "./move.ts";
import { completion } from "./progress.ts";
import type { ActiveQuest, Criterion, RubricPoints } from "./quest.ts";
import { activeQuest } from "./state.ts";

type Submit = Extract<QuestCommand, { type: "submit_quest" }>;
type RecordEvaluation = Extract<QuestCommand, { type: "record_evaluation" }>;

export const SUBMISSION_LENGTH_MAX = 4_000;
/** After a submission that fell short there are at least so many hours for the next. */
const RETRY_HOURS_MIN = 48;
const HOUR_MS = 3_600_000;

function isRubric({ evidence }: Criterion): boolean {
  return evidence.kind === "rubric" || evidence.kind === "assisted";
}

/** Whether a lesson asks the learner one of the quest's questions now: what the answer is worth would tell its key. */
function asksAskedItem({ criteria, subject }: ActiveQuest["quest"], { origin }: TurnContext): boolean {
  const { courseId } = subject;
  if (courseId === null) return false;
  const asked = askedOfSender(origin);
  return criteria.some(({ evidence }) => evidence.kind === "keyed" && isAsked(asked, courseId, evidence.question));
}

/** Scores by keyed criterion; one left out keeps its last score. */
function gradedKeys(
  { quest, keyed }: ActiveQuest,
  answers: Submit["answers"],
): { readonly kind: "graded"; readonly scores: ActiveQuest["keyed"] } | Rejection {
  const scores: { [criterionId: string]: number } = { ...keyed };
  for (const { id, evidence } of quest.criteria) {
    const response = entryOf(answers, id);
    if (evidence.kind !== "keyed" || response === null) continue;
    const graded = grade(evidence.question.key, evidence.question.form, response);
    if (graded.kind === "malformed") {
      return reject("malformed_answer", `That is no answer to ${id}: expected ${graded.expected}.`, {
        criterion: id,
        expected: graded.expected,
      });
    }
    scores[id] = graded.score;
  }
  return { kind: "graded", scores };
}

/** What a complete judgement of the quest leads to: completion, another try, or its end. */
function judgement(
  active: ActiveQuest,
  rubric: RubricPoints,
  comment: string,
  nowMs: number,
): readonly QuestEvent[] {
  const { quest, attempts, teamId } = active;
  const evaluation = evaluateQuest(active, rubric);
  if (evaluation.score >= quest.threshold) return [completion(active, evaluation, comment, nowMs)];
  const triesLeft = Math.max(0, quest.retries + 1 - attempts);
  const short: QuestEvent = {
    type: "quest_fell_short",
    questId: quest.id,
    attempt: attempts,
    ...evaluation,
    threshold: quest.threshold,
    comment,
    triesLeft,
    deadlineMs: Math.max(active.deadlineMs, nowMs + RETRY_HOURS_MIN * HOUR_MS),
  };
  return triesLeft > 0 ? [short] : [short, closing(quest, teamId, "failed", nowMs)];
}

/** Why the quest as it stands is not judged by what is handed in; null when it is. */
function refusalOf(
  active: ActiveQuest,
  { text, answers }: Submit,
  nowMs: number,
): Rejection | null {
  const { quest: { criteria, threshold }, teamId, phase, deadlineMs, keyed } = active;
  if (teamId !== null) return reject("team_quest", "A team's quest is completed by what its members do together.");
  if (phase.kind === "under_review") return reject("under_review", "Your submission waits for a teacher.");
  if (nowMs > deadlineMs) return reject("quest_expired", "The time for this quest is over.");
  if (criteria.some(isRubric) && (text.trim() === "" || text.length > SUBMISSION_LENGTH_MAX)) {
    return reject("text_needed", `This quest needs a text of 1 to ${SUBMISSION_LENGTH_MAX} characters.`);
  }
  const unanswered = criteria.filter(({ id, evidence }) =>
    evidence.kind === "keyed" && entryOf(answers, id) === null && entryOf(keyed, id) === null
  );
  if (unanswered.length > 0) {
    const criteria = unanswered.map(({ id }) => id);
    return reject("answer_needed", "Answer every question of this quest.", { criteria });
  }
  // Handing in nothing but what is counted anyway costs no try.
  const evaluation = evaluateQuest(active);
  if (!criteria.every(({ evidence }) => evidence.kind === "automatic") || evaluation.score >= threshold) return null;
  return reject("not_there_yet", "Not all is done yet; the criteria say how far you are.", plainJson(evaluation));
}

/** Grades what has a key; hands what is written to a teacher, or else judges the quest at once. */
export function decideSubmission(
  { learnerId, quests }: QuestHolder,
  command: Submit,
  context: TurnContext,
): QuestMove | Rejection {
  const { nowMs } = context;
  const active = activeQuest(quests, command.questId);
  if (active === null) return noSuchQuest(command.questId);
  if (asksAskedItem(active.quest, context)) {
    return reject("item_asked", "Your class is asked a question of this quest now: hand in once it is revealed.");
  }
  const refusal = refusalOf(active, command, nowMs);
  if (refusal !== null) return refusal;
  const graded = gradedKeys(active, command.answers);
  if (graded.kind === "rejected") return graded;
  return submitted(learnerId, active, graded.scores, command, nowMs);
}

function submitted(
  learnerId: string,
  active: ActiveQuest,
  keyed: ActiveQuest["keyed"],
  { text, digest }: Submit,
  nowMs: number,
): QuestMove {
  const { id: questId, templateId, kind: questKind, title, criteria } = active.quest;
  const attempt = active.attempts + 1;
  const rubrics = criteria.filter(isRubric);
  const underReview = rubrics.length > 0;
  const event: QuestEvent = { type: "quest_submitted", questId, attempt, keyed, underReview, atMs: nowMs };
  if (underReview) {
    const submission = { learnerId, questId, templateId, questKind, title, attempt, text, criteria: rubrics };
    const message = tell(submissionAddress(learnerId, questId, attempt), { type: "submit", submission });
    return moved([event], { quest_id: questId, digest, status: "under_review", attempt }, [message]);
  }
  const events = judgement({ ...active, attempts: attempt, keyed }, {}, "", nowMs);
  const [outcome] = events;
  return moved([event, ...events], {
    quest_id: questId,
    digest,
    attempt,
    status: outcome?.type === "quest_completed" ? "completed" : "fell_short",
    ...outcome?.type === "quest_completed" ? { points: outcome.points } : {},
    evaluation: plainJson(evaluateQuest({ ...active, attempts: attempt, keyed })),
  });
}

/** Takes in a teacher's judgement of the submission that waits; of any other it changes nothing. */
export function recordEvaluation(
  { quests }: QuestHolder,
  { questId, attempt, points, comment }: RecordEvaluation,
  { nowMs }: TurnContext,
): QuestMove | Rejection {
  const active = activeQuest(quests, questId);
  if (active === null || active.phase.kind !== "under_review" || active.attempts !== attempt) return moved([], null);
  if (rubricFaults(active.quest.criteria, points).length > 0) {
    return reject("bad_points", "The points do not fit the rubric of this quest.");
  }
  return moved(judgement(active, points, comment, nowMs), null);
}
