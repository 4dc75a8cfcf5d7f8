/** A submission that waits for a teacher's judgement; a language model may draft one, a person confirms it. */
import { kindOf } from "../address.ts";
import type { Aggregate, Listing } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { accept, type Decision, reject, tell, type TurnContext } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { type Json, plainJson } from "../json.ts";
import { learnerAddress } from "../learner/messages.ts";
import { rubricFaults } from "../quests/evaluate.ts";
import type { RubricPoints } from "../quests/quest.ts";
import { requireVersion } from "../schema_version.ts";
import type {
  DraftEvaluationEffect,
  EvaluationDraft,
  Submission,
  SubmissionCommand,
  SubmissionEvent,
} from "./messages.ts";

const SCHEMA_VERSION = 1;
const COMMENT_LENGTH_MAX = 2_000;
/** The owner of the list of all that waits: those who teach. */
export const SUBMISSIONS_OWNER = "staff";

type Draft =
  | { readonly kind: "none" | "awaited" | "failed" }
  | { readonly kind: "made"; readonly draft: EvaluationDraft };

interface GivenSubmission {
  readonly status: "waiting" | "evaluated" | "withdrawn";
  readonly submission: Submission;
  readonly draft: Draft;
  readonly evaluation: { readonly by: string; readonly points: RubricPoints; readonly comment: string } | null;
}

export type SubmissionState = { readonly status: "not_given" } | GivenSubmission;
type SubmissionDecision = Decision<SubmissionState, SubmissionEvent, DraftEvaluationEffect>;

/** The draft that this submission waits for; null when it waits for none. */
function awaitedDraft(state: SubmissionState): readonly DraftEvaluationEffect[] {
  if (state.status !== "waiting" || state.draft.kind !== "awaited") return [];
  const { learnerId, title, text, criteria } = state.submission;
  const assisted = criteria.filter(({ evidence }) => evidence.kind === "assisted");
  return [{ kind: "draft_evaluation", learnerId, title, text, criteria: assisted }];
}

function submit(state: SubmissionState, submission: Submission, context: TurnContext): SubmissionDecision {
  if (context.origin.kind !== "actor" || kindOf(context.origin.sender) !== "learner") {
    return reject("forbidden", "Only a learner's record hands in their submission.");
  }
  if (state.status !== "not_given") return reject("already_given", "This submission has been handed in.");
  const event: SubmissionEvent = { type: "submitted", submission };
  return accept([event], { effects: awaitedDraft(evolve(state, event)) });
}

/** The teacher's points count, whatever the draft says; the learner is told with the same append. */
function evaluate(
  state: GivenSubmission,
  { points, comment }: Extract<SubmissionCommand, { type: "evaluate" }>,
  { origin, nowMs }: TurnContext,
): SubmissionDecision {
  if (origin.kind !== "client" || origin.principal.role === "student") {
    return reject("forbidden", "Only those who teach judge a submission.");
  }
  const { learnerId, questId, attempt, criteria } = state.submission;
  if (origin.principal.userId === learnerId) return reject("forbidden", "Nobody judges their own submission.");
  if (comment.length > COMMENT_LENGTH_MAX) {
    return reject("comment_too_long", `A comment has at most ${COMMENT_LENGTH_MAX} characters.`);
  }
  const faults = rubricFaults(criteria, points);
  if (faults.length > 0) {
    const detail = faults.map(({ criterionId, expected }) => ({ criterion: criterionId, expected }));
    return reject("bad_points", "The points do not fit the rubric.", { faults: detail });
  }
  const by = origin.principal.userId;
  return accept([{ type: "evaluated", by, points, comment, atMs: nowMs }], {
    reply: { evaluated: true },
    messages: [tell(learnerAddress(learnerId), { type: "record_evaluation", questId, attempt, points, comment })],
  });
}

/** A draft that does not fit the rubric is none. */
function takeDraft(
  state: GivenSubmission,
  command: Extract<SubmissionCommand, { type: "draft_made" | "draft_failed" }>,
  { origin }: TurnContext,
): SubmissionDecision {
  if (origin.kind !== "effect") return reject("forbidden", "Only the engine drafts a judgement.");
  if (state.draft.kind !== "awaited") return reject("late_result", "No draft is awaited any more.");
  if (command.type === "draft_failed") return accept([command]);
  const [assisted] = awaitedDraft(state);
  const fits = assisted !== undefined && rubricFaults(assisted.criteria, command.draft.points).length === 0;
  return accept([fits ? command : { type: "draft_failed", reason: "the draft does not fit the rubric" }]);
}

function withdraw({ origin }: TurnContext): SubmissionDecision {
  if (origin.kind === "actor" && kindOf(origin.sender) === "learner") return accept([{ type: "withdrawn" }]);
  return reject("forbidden", "Only the learner's record takes a submission back.");
}

function decide(state: SubmissionState, command: SubmissionCommand, context: TurnContext): SubmissionDecision {
  if (command.type === "submit") return submit(state, command.submission, context);
  if (state.status !== "waiting") return reject("not_waiting", "No judgement of this submission is awaited.");
  switch (command.type) {
    case "evaluate":
      return evaluate(state, command, context);
    case "draft_made":
    case "draft_failed":
      return takeDraft(state, command, context);
    case "withdraw":
      return withdraw(context);
    default:
      return assertNever(command);
  }
}

function evolve(state: SubmissionState, event: SubmissionEvent): SubmissionState {
  if (event.type === "submitted") {
    const { submission } = event;
    const isAssisted = submission.criteria.some(({ evidence }) => evidence.kind === "assisted");
    return { status: "waiting", submission, draft: { kind: isAssisted ? "awaited" : "none" }, evaluation: null };
  }
  if (state.status === "not_given") return state;
  switch (event.type) {
    case "draft_made":
      return { ...state, draft: { kind: "made", draft: event.draft } };
    case "draft_failed":
      return { ...state, draft: { kind: "failed" } };
    case "evaluated": {
      const { by, points, comment } = event;
      return { ...state, status: "evaluated", evaluation: { by, points, comment } };
    }
    case "withdrawn":
      return { ...state, status: "withdrawn" };
    default:
      return assertNever(event);
  }
}

/** What a row of the teachers' list says. */
function summary(
  { submission: { learnerId, questId, questKind, title, attempt } }: GivenSubmission,
): { readonly [field: string]: Json } {
  return { learner_id: learnerId, quest_id: questId, kind: questKind, title, attempt };
}

function view(state: SubmissionState): Json {
  if (state.status === "not_given") return { status: "not_given" };
  const { status, submission, draft, evaluation } = state;
  const criteria = submission.criteria.map(({ id, text, evidence }) => ({
    criterion_id: id,
    text,
    evidence: evidence.kind,
    levels: "levels" in evidence ? evidence.levels.map(({ points, text }) => ({ points, text })) : [],
    drafted_points: draft.kind === "made" ? entryOf(draft.draft.points, id) : null,
    drafted_on: draft.kind === "made" ? entryOf(draft.draft.quotes, id) : null,
  }));
  return {
    ...summary(state),
    status,
    text: submission.text,
    criteria,
    draft: draft.kind === "made" ? plainJson(draft.draft) : draft.kind,
    evaluation: evaluation === null ? null : plainJson(evaluation),
  };
}

function listing(state: SubmissionState): Listing | null {
  if (state.status === "not_given") return null;
  return { ownerId: SUBMISSIONS_OWNER, status: state.status, body: summary(state) };
}

export const submission: Aggregate<SubmissionState, SubmissionCommand, SubmissionEvent, DraftEvaluationEffect> = {
  kind: "submission",
  schemaVersion: SCHEMA_VERSION,
  initial: () => ({ status: "not_given" }),
  decide,
  evolve,
  upcastState(version, stored) {
    requireVersion("submission state", version, SCHEMA_VERSION);
    return stored as SubmissionState;
  },
  upcastEvent(version, type, stored) {
    requireVersion(`submission event ${type}`, version, SCHEMA_VERSION);
    return stored as SubmissionEvent;
  },
  priorityOf: () => "event",
  pendingEffects: awaitedDraft,
  effectFailed: (_effect, reason) => ({ type: "draft_failed", reason }),
  /** Staff see all of it; its learner sees the judgement as their own record tells it. */
  audienceOf: (_state, principal) => principal.role === "student" ? null : "staff",
  view,
  project: (event) => ({ type: event.type, data: event.type === "draft_made" ? plainJson(event.draft) : null }),
  listing,
};
