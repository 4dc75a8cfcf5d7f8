/** What a session on a topic practises now: the topic itself, or those of its prerequisites that the learner lacks. */
import type { KnowledgeReading } from "./knowledge_reading.ts";
import type { MetItem } from "./met_item.ts";
import { type SkillsById, withPrerequisites } from "./skill_graph.ts";

/** A learner struggles with a skill when after this many answers an average item of it would mostly be wrong. */
const STRUGGLE = { answersMin: 2, probabilityMax: 0.4 } as const;
/** So many more right answers than others on what rests on a skill show that it is there. */
const SUPPORT_MIN = 3;

export interface FocusQuestion {
  readonly byId: SkillsById;
  readonly topic: string;
  readonly reading: KnowledgeReading;
  readonly mastered: ReadonlySet<string>;
  readonly history: readonly Pick<MetItem, "skills" | "correct">[];
}

/**
 * Skills there is evidence for: mastered ones and all they rest on, and those on which enough of this session's right
 * answers rest. A wrong answer says nothing about what lies below; it only takes one right answer back.
 */
function metSkills({ byId, mastered, history }: FocusQuestion): ReadonlySet<string> {
  const support = new Map<string, number>();
  for (const { skills, correct } of history) {
    for (const id of withPrerequisites(byId, skills)) {
      if (!skills.includes(id)) support.set(id, (support.get(id) ?? 0) + (correct ? 1 : -1));
    }
  }
  const supported = [...support].filter(([, balance]) => balance >= SUPPORT_MIN).map(([id]) => id);
  return withPrerequisites(byId, [...mastered, ...supported]);
}

function struggles(reading: KnowledgeReading, skillId: string): boolean {
  const { answers, probability } = reading.masteryOf(skillId);
  return answers >= STRUGGLE.answersMin && probability < STRUGGLE.probabilityMax;
}

/**
 * From the topic down: a skill gives way to those of its prerequisites that are not met, when the learner struggles with
 * the skill itself, or with one of these or with what it rests on. A prerequisite of which nothing is known bars nothing.
 */
function focusSkills(question: FocusQuestion): ReadonlySet<string> {
  const { byId, topic, reading } = question;
  const met = metSkills(question);
  const lacking = (id: string) => !met.has(id) && struggles(reading, id);
  const focus = new Set<string>();
  const seen = new Set<string>();
  const open = [topic];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const struggling = struggles(reading, id);
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
  const focus = focusSkills(question);
  const within = withPrerequisites(question.byId, focus);
  return (skills) => skills.some((id) => focus.has(id)) && skills.every((id) => within.has(id));
}
