/** How debaters are judged: by rules at once, by a drafted judgement if one holds, and by their teacher above both. */
import { entryOf } from "../entry_of.ts";
import { accept, reject, type TurnContext } from "../decision.ts";
import { COMMENT_LENGTH_MAX } from "./limits.ts";
import type { DebateCommand } from "./messages.ts";
import { hostOf } from "./permission.ts";
import { sideOf } from "./plan.ts";
import { readDraft } from "./read_draft.ts";
import { CRITERIA, isScore } from "./rubric.ts";
import type { DebateDecision } from "./settle.ts";
import type { OpenedDebate } from "./state.ts";

type Judging<Type extends DebateCommand["type"]> = Extract<DebateCommand, { type: Type }>;

function judge(debate: OpenedDebate, command: Judging<"judge">, { origin }: TurnContext): DebateDecision {
  const { userId, scores, comment } = command;
  const host = hostOf(debate, origin);
  if (host === null || host.role === "student" || sideOf(debate.plan, host.userId) !== null) {
    return reject("forbidden", "Those who teach, and did not debate themselves, judge.");
  }
  if (entryOf(debate.judgements, userId) === null) {
    return reject("not_judged", "Judgements are of those who spoke, once the debate is over.");
  }
  if (comment.length > COMMENT_LENGTH_MAX) {
    return reject("malformed_comment", `A comment has at most ${COMMENT_LENGTH_MAX} characters.`);
  }
  if (!CRITERIA.every((criterion) => isScore(scores[criterion]))) {
    return reject("bad_points", "Every criterion is judged by a whole number from 0 to 4.");
  }
  const by = host.userId;
  return accept([{ type: "judgement_confirmed", userId, by, scores, comment }], { reply: { judged: true } });
}

function takeDraft(
  debate: OpenedDebate,
  command: Judging<"judgement_drafted" | "judgement_not_drafted">,
  { origin }: TurnContext,
): DebateDecision {
  if (origin.kind !== "effect") return reject("forbidden", "Only the engine drafts a judgement.");
  const { userId } = command;
  if (entryOf(debate.judgements, userId)?.draft.kind !== "awaited") {
    return reject("late_result", "No draft is awaited any more.");
  }
  if (command.type === "judgement_not_drafted") return accept([command]);
  const own = debate.statements.filter(({ by }) => by.kind === "learner" && by.userId === userId);
  const reading = readDraft(command.text, own);
  return reading.kind === "rubric"
    ? accept([{ type: "judgement_drafted", userId, rubric: reading.rubric }])
    : accept([{ type: "judgement_not_drafted", userId, reason: reading.reason }]);
}

export function decideJudgement(
  debate: OpenedDebate,
  command: Judging<"judge" | "judgement_drafted" | "judgement_not_drafted">,
  context: TurnContext,
): DebateDecision {
  return command.type === "judge" ? judge(debate, command, context) : takeDraft(debate, command, context);
}
