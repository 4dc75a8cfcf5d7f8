/** Reads the badge rules of a deployment, checked before anything starts. */
import { z } from "zod";
import { BADGE_POINTS_MAX, type BadgeRule, BADGES_MAX } from "../domain/rewards/badge.ts";
import { COUNTED, DERIVED } from "../domain/rewards/figures.ts";

const BADGES_FILE = new URL("../../content/badges.json", import.meta.url);

export class BadBadgesError extends Error {
  override readonly name = "BadBadgesError";
}

const criterionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("reach"),
    figure: z.enum([...COUNTED, ...DERIVED]),
    atLeast: z.int().positive(),
  }),
  z.strictObject({ kind: z.literal("quest") }),
]);

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(40),
  title: z.string().trim().min(1).max(40),
  description: z.string().trim().min(1).max(200),
  points: z.int().min(0).max(BADGE_POINTS_MAX),
  criterion: criterionSchema,
}) satisfies z.ZodType<BadgeRule>;

const fileSchema = z.strictObject({
  badges: z.array(ruleSchema).max(BADGES_MAX).refine(
    (badges) => new Set(badges.map(({ id }) => id)).size === badges.length,
    "uses one id for two badges",
  ),
});

/** @throws BadBadgesError with every fault */
export async function readBadgeRules(file: URL = BADGES_FILE): Promise<readonly BadgeRule[]> {
  try {
    return fileSchema.parse(JSON.parse(await Deno.readTextFile(file))).badges;
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new BadBadgesError(`${file.pathname} holds no badges: ${why}`, { cause });
  }
}
