/** What a session on a topic practises now: the topic itself, or those of its prerequisites that the learner lacks. */
import type { Course, Skill } from "../curriculum/course.ts";
import { successProbability } from "./elo.ts";
import type { Abilities } from "./prediction.ts";

/** A learner struggles with a skill when after this many answers a middling item of it would mostly be wrong. */
const STRUGGLE = { answersMin: 2, difficulty: 3, probabilityMax: 0.4 } as const;
/** So many more right answers than others on what rests on a skill show that it is there. */
const SUPPORT_MIN = 3;

export interface FocusQuestion {
  readonly course: Course;
  readonly topic: string;
  readonly abilities: Abilities;
  readonly mastered: ReadonlySet<string>;
  readonly history: readonly { readonly skills: readonly string[]; readonly correct: boolean }[];
}

/** These skills and everything they rest on, however deep. */
export function withPrerequisites(byId: ReadonlyMap<string, Skill>, ids: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(byId.get(id)?.prerequisites ?? []));
  }
  return found;
}

/**
 * Skills there is evidence for: mastered ones and all they rest on, and those on which enough of this session's right
 * answers rest. A wrong answer says nothing about what lies below; it only takes one right answer back.
 */
function metSkills({ mastered, history }: FocusQuestion, byId: ReadonlyMap<string, Skill>): ReadonlySet<string> {
  const support = new Map<string, number>();
  for (const { skills, correct } of history) {
    for (const id of withPrerequisites(byId, skills)) {
      if (!skills.includes(id)) support.set(id, (support.get(id) ?? 0) + (correct ? 1 : -1));
    }
  }
  const supported = [...support].filter(([, balance]) => balance >= SUPPORT_MIN).map(([id]) => id);
  return withPrerequisites(byId, [...mastered, ...supported]);
}

function struggles(abilities: Abilities, skillId: string): boolean {
  const { answersMin, difficulty, probabilityMax } = STRUGGLE;
  const answers = abilities.skills[skillId]?.answers ?? 0;
  return answers >= answersMin && successProbability(abilities, [skillId], difficulty) < probabilityMax;
}

/**
 * From the topic down: a skill gives way to those of its prerequisites that are not met, when the learner struggles with
 * the skill itself, or with one of these or with what it rests on. A prerequisite of which nothing is known bars nothing.
 */
function focusSkills(question: FocusQuestion, byId: ReadonlyMap<string, Skill>): ReadonlySet<string> {
  const { topic, abilities } = question;
  const met = metSkills(question, byId);
  const lacking = (id: string) => !met.has(id) && struggles(abilities, id);
  const focus = new Set<string>();
  const seen = new Set<string>();
  const open = [topic];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const struggling = struggles(abilities, id);
    const weak = (byId.get(id)?.prerequisites ?? []).filter((below) =>
      !met.has(below) && (struggling || [...withPrerequisites(byId, [below])].some(lacking))
    );
    if (weak.length === 0) focus.add(id);
    else open.push(...weak);
  }
  return focus;
}

/** Tells which items practise what the topic asks for now, and nothing beyond it. */
export function topicFocus(question: FocusQuestion): (skills: readonly string[]) => boolean {
  const byId = new Map(question.course.skills.map((skill) => [skill.id, skill]));
  const focus = focusSkills(question, byId);
  const within = withPrerequisites(byId, focus);
  return (skills) => skills.some((id) => focus.has(id)) && skills.every((id) => within.has(id));
}
