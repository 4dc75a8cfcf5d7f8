/** What people may send on a debate's channel: those who lead it, and those who debate. */
import { z } from "zod";
import {
  COMMENT_LENGTH_MAX,
  EXTEND_MS_MAX,
  EXTEND_MS_MIN,
  REASON_LENGTH_MAX,
  RUBRIC_SCORE_MAX,
  SOURCE_LENGTH_MAX,
  STATEMENT_LENGTH_MAX,
} from "../../domain/debate/limits.ts";
import type { HostDebateCommand, SpeakerDebateCommand } from "../../domain/debate/messages.ts";
import { ARGUMENT_KINDS } from "../../domain/debate/motion.ts";

const id = z.string().min(1).max(200);
const reason = z.string().min(1).max(REASON_LENGTH_MAX).describe("Why, in one line, told to all who watch.");
const score = z.int().min(0).max(RUBRIC_SCORE_MAX);

function reasoned<Type extends string>(type: Type) {
  return z.strictObject({ type: z.literal(type), reason });
}

export const rubricScoresSchema = z.strictObject({
  claim: score,
  evidence: score,
  reasoning: score,
  rebuttal: score,
  civility: score,
});

/** Every command a person may send to a debate, by its name; on the wire all but `type` stands in `args`. */
export const DEBATE_COMMANDS = {
  start: z.strictObject({ type: z.literal("start") }),
  pause: reasoned("pause"),
  resume: reasoned("resume"),
  extend_turn: z.strictObject({
    type: z.literal("extend_turn"),
    by_ms: z.int().min(EXTEND_MS_MIN).max(EXTEND_MS_MAX),
    reason,
  }).transform(({ type, by_ms, reason }) => ({ type, byMs: by_ms, reason })),
  end_debate: reasoned("end_debate"),
  judge: z.strictObject({
    type: z.literal("judge"),
    user_id: id,
    scores: rubricScoresSchema,
    comment: z.string().max(COMMENT_LENGTH_MAX).default(""),
  }).transform(({ type, user_id, scores, comment }) => ({ type, userId: user_id, scores, comment })),
  state: z.strictObject({
    type: z.literal("state"),
    kind: z.enum(ARGUMENT_KINDS),
    target: z.int().min(1).nullable().default(null).describe(
      "Number of the statement it is aimed at: of one's own side for support and evidence, of the other for a rebuttal.",
    ),
    text: z.string().min(1).max(STATEMENT_LENGTH_MAX),
    source: z.string().min(1).max(SOURCE_LENGTH_MAX).nullable().default(null).describe(
      "Where evidence can be looked up.",
    ),
  }),
  end_turn: z.strictObject({ type: z.literal("end_turn") }),
} as const satisfies {
  readonly [Type in (HostDebateCommand | SpeakerDebateCommand)["type"]]: z.ZodType<{ type: Type }>;
};

export const debateCommand = z.discriminatedUnion("type", [
  DEBATE_COMMANDS.start,
  DEBATE_COMMANDS.pause,
  DEBATE_COMMANDS.resume,
  DEBATE_COMMANDS.extend_turn,
  DEBATE_COMMANDS.end_debate,
  DEBATE_COMMANDS.judge,
  DEBATE_COMMANDS.state,
  DEBATE_COMMANDS.end_turn,
]) satisfies z.ZodType<HostDebateCommand | SpeakerDebateCommand>;
