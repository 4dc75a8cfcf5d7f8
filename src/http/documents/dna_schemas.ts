/** Learning DNA as JSON: every figure with its definition, sample, interval and explanation, and the learner's word. */
import { z } from "@hono/zod-openapi";
import { EMOTIONS } from "../../domain/affect/observation.ts";
import { AFFECT_SESSIONS_MIN, type AffectPattern } from "../../domain/dna/affect_pattern.ts";
import type { Comparison } from "../../domain/dna/comparisons.ts";
import {
  COMPARISONS,
  type Correction,
  correctionOf,
  type DatedCorrection,
  DAY_BANDS,
  type FigureName,
  NOTE_LENGTH_MAX,
  SCALARS,
} from "../../domain/dna/corrections.ts";
import { COMPARISON_DEFINITIONS, type Definition, DEFINITIONS } from "../../domain/dna/definitions.ts";
import type { WeeklyPoint } from "../../domain/dna/dna_history.ts";
import { explainComparison, explainFigure } from "../../domain/dna/explain.ts";
import type { Figure } from "../../domain/dna/figures.ts";
import type { Interval } from "../../domain/dna/interval.ts";
import type { AssessedSkill } from "../../domain/learner/assess_skills.ts";
import { isoTime, orNull, personIdSchema, timeSchema } from "./json_content.ts";
import { assessedJson, assessedSchema } from "./profile_schemas.ts";

/** Skills told at most, those with the most answers first. */
const SKILLS_TOLD_MAX = 200;

export const dnaQuerySchema = z.object({
  learner_id: personIdSchema.optional().openapi({ description: "For staff; otherwise one's own" }),
});

export const figureParamSchema = z.object({ figure: z.enum([...SCALARS, ...COMPARISONS]) });

const saysSchema = z.enum(["higher", "lower", "as_shown"]);
const bandSchema = z.enum(DAY_BANDS);
const modalitySchema = z.enum(["text", "visual", "auditory", "kinesthetic"]);

export const correctionSchema = z.object({
  says: saysSchema.optional().openapi({ description: "For a figure that is one number" }),
  bands: z.array(bandSchema).min(1).max(DAY_BANDS.length).refine(
    (bands) => new Set(bands).size === bands.length,
    "names one twice",
  ).optional().openapi({ description: "For `best_hours`: one's own best hours; reviews are told of in these" }),
  modality: modalitySchema.optional().openapi({
    description: "For `presentations`: what one likes best; it counts where the profile names none",
  }),
  note: z.string().trim().max(NOTE_LENGTH_MAX).nullable().optional(),
}).openapi("DnaCorrection");

export type CorrectionJson = z.infer<typeof correctionSchema>;

const ownWordSchema = z.object({
  says: saysSchema.optional(),
  bands: z.array(bandSchema).optional(),
  modality: modalitySchema.optional(),
  note: z.string().nullable(),
  at: timeSchema,
}).openapi("DnaOwnWord");

const sampleSchema = z.object({
  size: z.int(),
  min: z.int().openapi({ description: "With fewer there is not enough data" }),
  of: z.string(),
});

const statusSchema = z.enum(["ok", "not_enough_data"]);
const intervalShape = {
  status: statusSchema,
  value: z.number().nullable(),
  low: z.number().nullable().openapi({ description: "Low end of the 90% interval" }),
  high: z.number().nullable(),
};

const definedShape = {
  title: z.string(),
  definition: z.string(),
  unit: z.enum(["share", "times", "seconds"]),
  interval: z.enum(["wilson", "student", "laplace", "propagated", "bonferroni"]).openapi({
    description: "How the 90% interval is made",
  }),
};

const toldShape = {
  explanation: z.string(),
  own_word: orNull(ownWordSchema).openapi({ description: "What the learner says of it; it stands beside the figure" }),
};

const figureSchema = z.object({
  name: z.enum(SCALARS),
  ...definedShape,
  ...intervalShape,
  sample: sampleSchema,
  ...toldShape,
}).openapi("DnaFigure");

const comparisonSchema = z.object({
  name: z.enum(COMPARISONS),
  ...definedShape,
  status: statusSchema,
  best: z.string().nullable().openapi({ description: "null where no group lies above the others beyond chance" }),
  groups: z.array(z.object({ group: z.string(), ...intervalShape, answers: z.int(), other_answers: z.int() })),
  ...toldShape,
}).openapi("DnaComparison");

const affectSchema = z.object({
  status: statusSchema,
  sample: sampleSchema,
  emotions: z.array(z.object({ emotion: z.enum(EMOTIONS), value: z.number(), low: z.number(), high: z.number() })),
}).openapi("DnaAffect");

export const dnaSchema = z.object({
  learner_id: z.string(),
  as_of: timeSchema,
  time_zone: z.string().openapi({ description: "Days and hours are those of this zone" }),
  confidence: z.literal(0.9),
  figures: z.array(figureSchema),
  comparisons: z.array(comparisonSchema),
  skills: z.array(assessedSchema),
  affect: orNull(affectSchema).openapi({
    description:
      "What one's face showed, mean probabilities over sessions; there for oneself alone, while one consents",
  }),
}).openapi("LearningDna");

export const dnaHistorySchema = z.object({
  learner_id: z.string(),
  time_zone: z.string(),
  weeks: z.array(z.object({
    week_of: z.string().openapi({ format: "date", description: "The week's Monday" }),
    answers: z.int(),
    right: z.int(),
    days_worked: z.int(),
    level: z.object({ value: z.number(), low: z.number(), high: z.number(), answers: z.int() }).openapi({
      description: "Chance of a right answer on an item of average difficulty, after the week's last answer",
    }),
    figures: z.array(z.object({ name: z.enum(SCALARS), ...intervalShape, sample_size: z.int() })),
  })),
}).openapi("LearningDnaHistory");

/** Four decimals: finer than any interval is wide. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

type Measured = ({ readonly status: "ok" } & Interval) | { readonly status: "not_enough_data" };

function intervalJson(measured: Measured) {
  if (measured.status !== "ok") return { status: measured.status, value: null, low: null, high: null };
  const { status, value, low, high } = measured;
  return { status, value: rounded(value), low: rounded(low), high: rounded(high) };
}

function definedJson({ title, definition, unit, interval }: Definition) {
  return { title, definition, unit, interval };
}

function wordJson(word: DatedCorrection | null): z.infer<typeof ownWordSchema> | null {
  if (word === null) return null;
  const told = { note: word.note, at: isoTime(word.atMs) };
  switch (word.figure) {
    case "best_hours":
      return { bands: [...word.bands], ...told };
    case "presentations":
      return { modality: word.modality, ...told };
    default:
      return { says: word.says, ...told };
  }
}

/** The correction that the body makes of the figure; null when it says nothing that can be said of that figure. */
export function correctionFrom(figure: FigureName, body: CorrectionJson): Correction | null {
  const { says, bands, modality } = body;
  const note = body.note === undefined || body.note === "" ? null : body.note;
  switch (figure) {
    case "best_hours":
      return bands === undefined ? null : { figure, bands, note };
    case "presentations":
      return modality === undefined ? null : { figure, modality, note };
    default:
      return says === undefined ? null : { figure, says, note };
  }
}

function figureJson(figure: Figure, corrections: readonly DatedCorrection[]): z.infer<typeof figureSchema> {
  const defined = DEFINITIONS[figure.name];
  return {
    name: figure.name,
    ...definedJson(defined),
    ...intervalJson(figure),
    sample: { size: figure.sampleSize, min: defined.sampleMin, of: defined.sampleOf },
    explanation: explainFigure(figure),
    own_word: wordJson(correctionOf(corrections, figure.name)),
  };
}

function comparisonJson(
  comparison: Comparison,
  corrections: readonly DatedCorrection[],
): z.infer<typeof comparisonSchema> {
  const { name, status, best, groups } = comparison;
  return {
    name,
    ...definedJson(COMPARISON_DEFINITIONS[name]),
    status,
    best,
    groups: groups.map((group) => ({
      group: group.group,
      ...intervalJson(group),
      answers: group.sampleSize,
      other_answers: group.restSize,
    })),
    explanation: explainComparison(comparison),
    own_word: wordJson(correctionOf(corrections, name)),
  };
}

function affectJson(pattern: AffectPattern): z.infer<typeof affectSchema> {
  const emotions = pattern.status === "ok" ? pattern.emotions : [];
  return {
    status: pattern.status,
    sample: { size: pattern.sessions, min: AFFECT_SESSIONS_MIN, of: "sessions" },
    emotions: emotions.map(({ emotion, value, low, high }) => ({
      emotion,
      value: rounded(value),
      low: rounded(low),
      high: rounded(high),
    })),
  };
}

/** A learner's figures as they stand at one moment. */
export interface DnaReading {
  readonly learnerId: string;
  readonly atMs: number;
  readonly timeZone: string;
  readonly figures: readonly Figure[];
  readonly comparisons: readonly Comparison[];
  readonly corrections: readonly DatedCorrection[];
  readonly skills: readonly AssessedSkill[];
  /** Null without consent, and for everybody but the learner. */
  readonly affect: AffectPattern | null;
}

export function dnaJson(reading: DnaReading): z.infer<typeof dnaSchema> {
  const { corrections, skills, affect } = reading;
  return {
    learner_id: reading.learnerId,
    as_of: isoTime(reading.atMs),
    time_zone: reading.timeZone,
    confidence: 0.9,
    figures: reading.figures.map((figure) => figureJson(figure, corrections)),
    comparisons: reading.comparisons.map((comparison) => comparisonJson(comparison, corrections)),
    skills: skills.toSorted((a, b) => b.mastery.answers - a.mastery.answers).slice(0, SKILLS_TOLD_MAX)
      .map(assessedJson),
    affect: affect === null ? null : affectJson(affect),
  };
}

const DAY_MS = 86_400_000;

export function dnaHistoryJson(
  learnerId: string,
  timeZone: string,
  points: readonly WeeklyPoint[],
): z.infer<typeof dnaHistorySchema> {
  return {
    learner_id: learnerId,
    time_zone: timeZone,
    weeks: points.map(({ monday, answers, right, daysWorked, level, figures }) => ({
      week_of: isoTime(monday * DAY_MS).slice(0, 10),
      answers,
      right,
      days_worked: daysWorked,
      level: {
        value: rounded(level.probability),
        low: rounded(level.low),
        high: rounded(level.high),
        answers: level.answers,
      },
      figures: figures.map((figure) => ({
        name: figure.name,
        ...intervalJson(figure),
        sample_size: figure.sampleSize,
      })),
    })),
  };
}
