/** Learners' profiles as JSON. */
import { z } from "@hono/zod-openapi";
import {
  type CourseSkill,
  GOALS_MAX,
  INTEREST_LENGTH_MAX,
  INTERESTS_MAX,
  OWN_WORDS_MAX,
  type Profile,
  type ProfileDraft,
} from "../../domain/learner/profile.ts";
import { isTimeZone } from "../../domain/local_day.ts";
import { isPlainLine } from "../../domain/plain_line.ts";
import { type AssessedSkill, verdictOf } from "../../domain/learner/assess_skills.ts";
import type { LearnerState } from "../../domain/learner/knowledge.ts";
import { idSchema, isoTime, orNull, timeSchema } from "./json_content.ts";
import { difficultySchema } from "./session_schemas.ts";

/** Skills told of each kind at most, the clearest first. */
const SKILLS_TOLD_MAX = 50;

const courseSkillSchema = z.object({ course_id: idSchema, skill_id: idSchema });

function each<Row>(nameOf: (row: Row) => string) {
  return (rows: readonly Row[]) => new Set(rows.map(nameOf)).size === rows.length;
}

const onceASkill = each<z.infer<typeof courseSkillSchema>>(({ course_id, skill_id }) => `${course_id}:${skill_id}`);

const saysSchema = z.enum(["strength", "weakness", "neither"]);

/** One form for each word, however a keyboard composed it. */
const interestSchema = z.string().trim().normalize("NFC").min(1).max(INTEREST_LENGTH_MAX)
  .refine(isPlainLine, "shows something, on one line");

/** What the learner sets; further members, such as the computed ones of a profile that was read, are passed over. */
export const wishesSchema = z.object({
  learning_style: z.array(z.enum(["text", "visual", "auditory", "kinesthetic"])).max(4)
    .refine(each(String), "names one twice").openapi({
      description: "Presentations preferred among those that teach the same, most preferred first",
    }),
  pace_preference: z.enum(["unhurried", "steady", "brisk"]).nullable(),
  difficulty_level: difficultySchema.nullable().openapi({ description: "null lets ability decide" }),
  goals: z.array(courseSkillSchema).max(GOALS_MAX).refine(onceASkill, "names a skill twice").openapi({
    description: "Skills to reach",
  }),
  interests: z.array(interestSchema).max(INTERESTS_MAX)
    .refine(each<string>((text) => text.toLowerCase()), "names one twice"),
  own_words: z.array(courseSkillSchema.extend({ says: saysSchema })).max(OWN_WORDS_MAX)
    .refine(onceASkill, "names a skill twice").openapi({
      description: "What the learner says of a skill; it corrects what was computed and stands beside it",
    }),
  time_zone: z.string().refine(isTimeZone, "is no time zone of the IANA database").openapi({
    description: "IANA name; the learner's days begin and end by it",
    example: "Europe/Lisbon",
  }),
  on_leaderboards: z.boolean().openapi({
    description:
      "Whether others on the leaderboards may see the learner there; only then do the boards show them others",
  }),
  suggestions: z.boolean().optional().openapi({
    description: "Whether lessons may suggest help and breaks; left as it is where it is not named",
  }),
}).openapi("ProfileWishes");

export const wishesPatchSchema = wishesSchema.partial().refine((patch) => Object.keys(patch).length > 0, {
  message: "changes nothing: name a member of the profile",
}).openapi("ProfilePatch");

export type WishesJson = z.infer<typeof wishesSchema>;

const datedWordSchema = z.object({ says: saysSchema, at: timeSchema });

export const assessedSchema = courseSkillSchema.extend({
  computed: z.object({
    finding: z.enum(["strength", "weakness", "neither", "not_enough_data"]),
    mastery: z.number().openapi({ description: "Chance of a right answer on an average item of the skill" }),
    low: z.number().openapi({ description: "Low end of the 90% interval" }),
    high: z.number(),
    answers: z.int(),
  }),
  own_word: orNull(datedWordSchema),
}).openapi("AssessedSkill");

export const profileSchema = wishesSchema.extend({
  learner_id: z.string(),
  suggestions: z.boolean(),
  own_words: z.array(courseSkillSchema.extend(datedWordSchema.shape)),
  evidence: z.enum(["enough", "not_enough_data"]).openapi({
    description: "`not_enough_data` while no skill has been answered often enough to say anything of it",
  }),
  strengths: z.array(assessedSchema),
  weaknesses: z.array(assessedSchema),
  unsure: z.array(assessedSchema).openapi({ description: "Practised, but not enough data yet" }),
  changed_at: timeSchema.nullable(),
}).openapi("Profile");

export type ProfileJson = z.infer<typeof profileSchema>;

function skillJson({ courseId, skillId }: CourseSkill): z.infer<typeof courseSkillSchema> {
  return { course_id: courseId, skill_id: skillId };
}

function skillOf({ course_id, skill_id }: z.infer<typeof courseSkillSchema>): CourseSkill {
  return { courseId: course_id, skillId: skill_id };
}

/** The profile that `wishes` set in place of the one before. */
export function draftOf(wishes: WishesJson, before: Pick<ProfileDraft, "suggestions">): ProfileDraft {
  return {
    learningStyle: wishes.learning_style,
    pace: wishes.pace_preference,
    difficulty: wishes.difficulty_level,
    goals: wishes.goals.map(skillOf),
    interests: wishes.interests,
    ownWords: wishes.own_words.map((word) => ({ ...skillOf(word), says: word.says })),
    timeZone: wishes.time_zone,
    onLeaderboards: wishes.on_leaderboards,
    suggestions: wishes.suggestions ?? before.suggestions,
  };
}

/** What the learner has set, as they would set it again. */
export function wishesJson(draft: ProfileDraft): WishesJson {
  const { learningStyle, pace, difficulty, goals, interests, ownWords, timeZone, onLeaderboards, suggestions } = draft;
  return {
    learning_style: [...learningStyle],
    pace_preference: pace,
    difficulty_level: difficulty,
    goals: goals.map(skillJson),
    interests: [...interests],
    own_words: ownWords.map((word) => ({ ...skillJson(word), says: word.says })),
    time_zone: timeZone,
    on_leaderboards: onLeaderboards,
    suggestions,
  };
}

function wordJson({ says, atMs }: Profile["ownWords"][number]): z.infer<typeof datedWordSchema> {
  return { says, at: isoTime(atMs) };
}

/** Three decimals: finer than any interval is wide. */
function probabilityJson(probability: number): number {
  return Math.round(probability * 1000) / 1000;
}

export function assessedJson(skill: AssessedSkill): z.infer<typeof assessedSchema> {
  const { finding, mastery, ownWord } = skill;
  const { probability, low, high, answers } = mastery;
  return {
    ...skillJson(skill),
    computed: {
      finding,
      mastery: probabilityJson(probability),
      low: probabilityJson(low),
      high: probabilityJson(high),
      answers,
    },
    own_word: ownWord === null ? null : wordJson(ownWord),
  };
}

/** The learner's profile, with their skills as `assessed`. */
export function profileJson({ learnerId, profile }: LearnerState, assessed: readonly AssessedSkill[]): ProfileJson {
  const told = (verdict: ReturnType<typeof verdictOf>, clearestFirst: (a: AssessedSkill, b: AssessedSkill) => number) =>
    assessed.filter((skill) => verdictOf(skill) === verdict).sort(clearestFirst).slice(0, SKILLS_TOLD_MAX).map(
      assessedJson,
    );
  return {
    learner_id: learnerId,
    ...wishesJson(profile),
    suggestions: profile.suggestions,
    own_words: profile.ownWords.map((word) => ({ ...skillJson(word), ...wordJson(word) })),
    evidence: assessed.some(({ finding }) => finding !== "not_enough_data") ? "enough" : "not_enough_data",
    strengths: told("strength", (a, b) => b.mastery.low - a.mastery.low),
    weaknesses: told("weakness", (a, b) => a.mastery.high - b.mastery.high),
    unsure: told("not_enough_data", (a, b) => b.mastery.answers - a.mastery.answers),
    changed_at: profile.changedAtMs === null ? null : isoTime(profile.changedAtMs),
  };
}
