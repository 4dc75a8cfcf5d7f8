/** What a learner has said about how they want to learn, and what they say of themself. */
import { type LearnerPreferences, NO_PREFERENCES, type Pace } from "../adaptive/preferences.ts";
import type { Difficulty, Modality } from "../curriculum/rendered_item.ts";
import { DEFAULT_TIME_ZONE } from "../local_day.ts";

export const GOALS_MAX = 32;
export const INTERESTS_MAX = 20;
export const INTEREST_LENGTH_MAX = 60;
export const OWN_WORDS_MAX = 64;

/** A skill of a course. */
export interface CourseSkill {
  readonly courseId: string;
  readonly skillId: string;
}

export type SelfAssessment = "strength" | "weakness" | "neither";

/** What the learner says of a skill, which stands beside what their answers say. */
export interface OwnWord extends CourseSkill {
  readonly says: SelfAssessment;
}

export interface DatedOwnWord extends OwnWord {
  readonly atMs: number;
}

/** A learner's profile as they set it, whole. */
export interface ProfileDraft {
  /** Preferred ways of showing an item, first counts most; they choose among equivalent presentations, no more. */
  readonly learningStyle: readonly Modality[];
  readonly pace: Pace | null;
  readonly difficulty: Difficulty | null;
  readonly goals: readonly CourseSkill[];
  readonly interests: readonly string[];
  readonly ownWords: readonly OwnWord[];
  /** IANA name: where the learner's days begin and end. */
  readonly timeZone: string;
  /** Whether others on the boards may see the learner there; only then do the boards show them others. */
  readonly onLeaderboards: boolean;
  /** Whether lessons may suggest help, breaks and the like. */
  readonly suggestions: boolean;
}

export interface Profile extends ProfileDraft {
  readonly ownWords: readonly DatedOwnWord[];
  /** How often it was set. */
  readonly version: number;
  readonly changedAtMs: number | null;
}

export const NEW_PROFILE: Profile = {
  learningStyle: [],
  pace: null,
  difficulty: null,
  goals: [],
  interests: [],
  ownWords: [],
  timeZone: DEFAULT_TIME_ZONE,
  onLeaderboards: false,
  suggestions: true,
  version: 0,
  changedAtMs: null,
};

export function isSameSkill(a: CourseSkill, b: CourseSkill): boolean {
  return a.courseId === b.courseId && a.skillId === b.skillId;
}

/** The profile once `draft` was set at `atMs`; a word that was given before keeps its time. */
export function profileAfter(before: Profile, draft: ProfileDraft, atMs: number): Profile {
  const ownWords = draft.ownWords.map((word) => {
    const known = before.ownWords.find((one) => isSameSkill(one, word) && one.says === word.says);
    return known ?? { ...word, atMs };
  });
  return { ...draft, ownWords, version: before.version + 1, changedAtMs: atMs };
}

/**
 * The profile as the choice of items in one course takes it.
 * @param named presentations that the learner has named elsewhere; they count where the profile names none
 */
export function preferencesIn(courseId: string, profile: Profile, named: readonly Modality[]): LearnerPreferences {
  const { learningStyle, pace, difficulty, goals, interests } = profile;
  const presentations = learningStyle.length === 0 ? named : learningStyle;
  if (profile.version === 0) return { ...NO_PREFERENCES, presentations };
  const goalsHere = goals.filter((goal) => goal.courseId === courseId).map(({ skillId }) => skillId);
  return { pace, difficulty, presentations, goals: goalsHere, interests };
}
