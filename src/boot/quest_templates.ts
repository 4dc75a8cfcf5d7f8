/** Reads the quest templates of a deployment, checked before anything starts. */
import { z } from "zod";
import { checkTemplates } from "../domain/quests/check_templates.ts";
import { LEVEL_BANDS, QUEST_KINDS, type QuestTemplate } from "../domain/quests/template.ts";

const TEMPLATES_FOLDER = new URL("../../content/quests/", import.meta.url);
const FILES = QUEST_KINDS.map((kind) => `${kind}.json`);
const CRITERIA_MAX = 8;
const DAYS_MAX = 60;

export class BadQuestTemplatesError extends Error {
  override readonly name = "BadQuestTemplatesError";
}

const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(40);
const countSchema = z.int().min(1).max(1_000);
const answersMinSchema = z.int().min(1).max(100);
const difficultySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const withinSchema = z.enum(["subject", "course", "anywhere"]);
const activitySchema = z.enum(["debate", "colearning", "explanation"]);

const measureSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("right_answers"),
    within: withinSchema,
    unaided: z.boolean(),
    difficultyMin: difficultySchema,
  }),
  z.strictObject({ kind: z.literal("right_run"), within: withinSchema, unaided: z.boolean() }),
  z.strictObject({ kind: z.literal("each_skill") }),
  z.strictObject({ kind: z.literal("days"), answersMin: answersMinSchema }),
  z.strictObject({ kind: z.literal("day_run"), answersMin: answersMinSchema }),
  z.strictObject({
    kind: z.literal("sessions"),
    within: z.enum(["course", "anywhere"]),
    answersMin: answersMinSchema,
    shareRightMin: z.number().min(0).max(1),
  }),
  z.strictObject({ kind: z.literal("minutes") }),
  z.strictObject({ kind: z.literal("activities"), activity: activitySchema }),
]);

const levelsSchema = z.array(
  z.strictObject({ points: z.int().min(0).max(10), text: z.string().trim().min(1).max(200) }),
).min(2).max(6);

const evidenceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("automatic"), measure: measureSchema, count: countSchema }),
  z.strictObject({ kind: z.literal("keyed") }),
  z.strictObject({ kind: z.literal("rubric"), levels: levelsSchema }),
  z.strictObject({ kind: z.literal("assisted"), levels: levelsSchema }),
]);

const skillsSchema = z.int().min(1).max(8);
const subjectSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["skill_in_zone", "skill_mastered", "course", "anything"]) }),
  z.strictObject({ kind: z.enum(["skills_due", "skills_new"]), skillsMin: skillsSchema, skillsMax: skillsSchema })
    .refine(({ skillsMin, skillsMax }) => skillsMin <= skillsMax, "skillsMin is above skillsMax"),
]);

const templateSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(QUEST_KINDS),
  title: z.string().trim().min(1).max(80),
  story: z.string().trim().min(1).max(400),
  tags: z.array(z.string().trim().min(3).max(30)).max(8),
  bands: z.array(z.enum(LEVEL_BANDS)).min(1),
  subject: subjectSchema,
  team: z.strictObject({ sizeMin: z.int().min(2).max(8), sizeMax: z.int().min(2).max(8) })
    .refine(({ sizeMin, sizeMax }) => sizeMin <= sizeMax, "sizeMin is above sizeMax").nullable(),
  criteria: z.array(z.strictObject({
    id: idSchema,
    text: z.string().trim().min(1).max(200),
    weight: z.number().positive().max(100),
    evidence: evidenceSchema,
  })).min(1).max(CRITERIA_MAX),
  threshold: z.number().positive().max(1),
  points: z.int().min(1).max(1_000),
  badges: z.array(idSchema).max(4),
  days: z.int().min(1).max(DAYS_MAX),
  retries: z.int().min(0).max(10),
  restDays: z.int().min(0).max(365),
}) satisfies z.ZodType<QuestTemplate>;

const fileSchema = z.strictObject({ templates: z.array(templateSchema).max(100) });

async function readFile(file: URL): Promise<readonly QuestTemplate[]> {
  try {
    return fileSchema.parse(JSON.parse(await Deno.readTextFile(file))).templates;
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new BadQuestTemplatesError(`${file.pathname} holds no quest templates: ${why}`, { cause });
  }
}

/**
 * The templates of every kind, a file each.
 * @param badgeIds of the badges that quests may give
 * @throws BadQuestTemplatesError with every fault of the first bad file, or of the set
 */
export async function readQuestTemplates(
  badgeIds: ReadonlySet<string>,
  folder: URL = TEMPLATES_FOLDER,
): Promise<readonly QuestTemplate[]> {
  const templates: QuestTemplate[] = [];
  for (const name of FILES) templates.push(...await readFile(new URL(name, folder)));
  const unknown = templates.flatMap(({ id, badges }) =>
    badges.filter((badge) => !badgeIds.has(badge)).map((badge) => ({
      path: id,
      message: `no badge is called ${badge}`,
    }))
  );
  const faults = [...checkTemplates(templates), ...unknown];
  if (faults.length > 0) {
    throw new BadQuestTemplatesError(faults.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
  return templates;
}
