/** A quest as authored: what it asks, how that is judged, and for whom it is. */
import type { Difficulty } from "../curriculum/rendered_item.ts";

/** How far a learner has come, as quests tell it apart. */
export const LEVEL_BANDS = ["newcomer", "developing", "secure", "advanced"] as const;
export type LevelBand = typeof LEVEL_BANDS[number];

export const QUEST_KINDS = [
  "mastery",
  "streak",
  "review",
  "exploration",
  "collaboration",
  "debate",
  "explanation",
] as const;
export type QuestKind = typeof QUEST_KINDS[number];

/** What is done with others, beside answering. */
export type ActivityKind = "debate" | "colearning" | "explanation";

/** Which answers and sessions count: those on the quest's skills, in its course, or all. */
export type Within = "subject" | "course" | "anywhere";

/** What is counted by itself from what the learner does. None of the counts depends on how sources interleave. */
export type Measure =
  | {
    readonly kind: "right_answers";
    readonly within: Within;
    /** Only those without a hint. */
    readonly unaided: boolean;
    readonly difficultyMin: Difficulty;
  }
  /** The longest run of right answers in one session. */
  | { readonly kind: "right_run"; readonly within: Within; readonly unaided: boolean }
  /** Skills of the quest with a right answer. */
  | { readonly kind: "each_skill" }
  /** Days of the learner's own calendar with at least so many answers. */
  | { readonly kind: "days"; readonly answersMin: number }
  /** The same, one after the other. */
  | { readonly kind: "day_run"; readonly answersMin: number }
  /** Sessions begun and completed with at least so many answers, at least this share of them right. */
  | {
    readonly kind: "sessions";
    readonly within: "course" | "anywhere";
    readonly answersMin: number;
    readonly shareRightMin: number;
  }
  /** Minutes worked on items until they were answered, in the quest's course where it has one; pauses excluded. */
  | { readonly kind: "minutes" }
  | { readonly kind: "activities"; readonly activity: ActivityKind };

/** One level of a rubric, as teachers and learners read it. */
export interface RubricLevel {
  readonly points: number;
  readonly text: string;
}

export type EvidenceTemplate =
  /** `count` is moved by the learner's pace. */
  | { readonly kind: "automatic"; readonly measure: Measure; readonly count: number }
  /** The right answer to an item of the quest's skill, drawn for this learner. */
  | { readonly kind: "keyed" }
  /** The learner writes, a teacher gives points. */
  | { readonly kind: "rubric"; readonly levels: readonly RubricLevel[] }
  /** The same; a language model drafts points for the teacher, who confirms or changes them. */
  | { readonly kind: "assisted"; readonly levels: readonly RubricLevel[] };

export interface CriterionTemplate {
  readonly id: string;
  /** May hold `{count}`, `{skill}` and `{course}`. */
  readonly text: string;
  readonly weight: number;
  readonly evidence: EvidenceTemplate;
}

/** What a quest is about, chosen for each learner. */
export type SubjectTemplate =
  /** Practised or ready to be learnt, mastery near the zone of difficulty; the learner's goals first. */
  | { readonly kind: "skill_in_zone" }
  /** Among the skills that the learner has mastered, the one practised most. */
  | { readonly kind: "skill_mastered" }
  /** So many skills due for review. */
  | { readonly kind: "skills_due"; readonly skillsMin: number; readonly skillsMax: number }
  /** So many skills never practised whose prerequisites are met. */
  | { readonly kind: "skills_new"; readonly skillsMin: number; readonly skillsMax: number }
  | { readonly kind: "course" }
  /** Whatever the learner works on. */
  | { readonly kind: "anything" };

export interface TeamSize {
  readonly sizeMin: number;
  readonly sizeMax: number;
}

export interface QuestTemplate {
  readonly id: string;
  readonly kind: QuestKind;
  /** Title and story may hold `{skill}`, `{course}`, `{count}` (the first counted criterion's) and `{days}`. */
  readonly title: string;
  readonly story: string;
  /** Words that a learner's interests may name. */
  readonly tags: readonly string[];
  readonly bands: readonly LevelBand[];
  readonly subject: SubjectTemplate;
  readonly team: TeamSize | null;
  readonly criteria: readonly CriterionTemplate[];
  /** Weighted share of the criteria that completes it, above 0 to 1. */
  readonly threshold: number;
  /** For a full score; a lower one gets its share. */
  readonly points: number;
  /** Ids of badges. */
  readonly badges: readonly string[];
  /** Days of 24 hours from acceptance to expiry. */
  readonly days: number;
  /** Submissions after the first that fell short. */
  readonly retries: number;
  /** Days after it was done or declined before it is offered to the learner again. */
  readonly restDays: number;
}
