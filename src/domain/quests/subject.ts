/** Chooses what a quest is about for one learner: the skills that its template asks for. */
import { doubtedSkills, masteredSkills } from "../adaptive/mastered_skills.ts";
import { skillsById, withPrerequisites } from "../adaptive/skill_graph.ts";
import { assertNever } from "../assert_never.ts";
import type { Course, Skill } from "../curriculum/course.ts";
import type { QuestCourse, QuestSituation } from "./situation.ts";
import type { SubjectTemplate } from "./template.ts";

/** A right answer more likely than not, and not nearly sure: where practice teaches most. */
const ZONE_PROBABILITY = 0.65;

export interface ChosenSubject {
  /** Null where any course counts. */
  readonly course: Course | null;
  /** Empty where all skills count. */
  readonly skills: readonly Skill[];
  /** The learner has named one of the skills, or what rests on it, as a goal. */
  readonly servesGoal: boolean;
}

interface Standing extends QuestCourse {
  readonly mastered: ReadonlySet<string>;
  /** The goals and all that they rest on. */
  readonly towardsGoals: ReadonlySet<string>;
}

function standingIn(known: QuestCourse): Standing {
  const { course, reading, goals } = known;
  return {
    ...known,
    mastered: masteredSkills(course, reading, doubtedSkills(course, reading)),
    towardsGoals: withPrerequisites(skillsById(course), goals),
  };
}

/** Not mastered, and resting on nothing that is not. */
function isReady({ mastered }: Standing, { id, prerequisites }: Skill): boolean {
  return !mastered.has(id) && prerequisites.every((one) => mastered.has(one));
}

function hasItems({ course }: Standing, { id }: Skill): boolean {
  return course.items.some(({ skills }) => skills.includes(id));
}

/** Those on the way to a goal first; the sort keeps the order of equals. */
function goalsFirst({ towardsGoals }: Standing, skills: readonly Skill[]): readonly Skill[] {
  return [...skills].sort((a, b) => Number(towardsGoals.has(b.id)) - Number(towardsGoals.has(a.id)));
}

function subjectOf(standing: Standing, skills: readonly Skill[]): ChosenSubject {
  return { course: standing.course, skills, servesGoal: skills.some(({ id }) => standing.towardsGoals.has(id)) };
}

/** The first of the skills, as many as are asked for; null where there are too few. */
function asMany(
  standing: Standing,
  skills: readonly Skill[],
  { skillsMin, skillsMax }: { readonly skillsMin: number; readonly skillsMax: number },
): ChosenSubject | null {
  return skills.length < skillsMin ? null : subjectOf(standing, skills.slice(0, skillsMax));
}

function subjectIn(standing: Standing, template: SubjectTemplate): ChosenSubject | null {
  const { course, reading, mastered, due } = standing;
  const withItems = course.skills.filter((skill) => hasItems(standing, skill));
  switch (template.kind) {
    case "skill_in_zone": {
      const distance = ({ id }: Skill) => Math.abs(reading.masteryOf(id).probability - ZONE_PROBABILITY);
      const ready = withItems.filter((skill) => isReady(standing, skill)).sort((a, b) => distance(a) - distance(b));
      const [skill] = goalsFirst(standing, ready);
      return skill === undefined ? null : subjectOf(standing, [skill]);
    }
    case "skill_mastered": {
      const practised = ({ id }: Skill) => reading.masteryOf(id).answers;
      const [skill] = withItems.filter((one) => mastered.has(one.id) && practised(one) > 0)
        .sort((a, b) => practised(b) - practised(a));
      return skill === undefined ? null : subjectOf(standing, [skill]);
    }
    case "skills_due": {
      const skills = due.flatMap((id) => withItems.find((skill) => skill.id === id) ?? []);
      return asMany(standing, skills, template);
    }
    case "skills_new": {
      const untried = withItems.filter((skill) =>
        isReady(standing, skill) && reading.masteryOf(skill.id).answers === 0
      );
      return asMany(standing, goalsFirst(standing, untried), template);
    }
    case "course":
      return withItems.length === 0 ? null : { ...subjectOf(standing, []), servesGoal: standing.goals.length > 0 };
    case "anything":
      return { course: null, skills: [], servesGoal: false };
    default:
      return assertNever(template);
  }
}

/** The subject in the first of the learner's courses that has one; null when none has. */
export function chooseSubject(template: SubjectTemplate, { courses }: QuestSituation): ChosenSubject | null {
  if (template.kind === "anything") return { course: null, skills: [], servesGoal: false };
  for (const known of courses) {
    const chosen = subjectIn(standingIn(known), template);
    if (chosen !== null) return chosen;
  }
  return null;
}
