/** What a session on a topic practises now: the topic itself, or those of its prerequisites that the learner lacks. */
import type { Foundations } from "./foundations.ts";
import type { KnowledgeReading } from "./knowledge_reading.ts";
import type { MetItem } from "./met_item.ts";
import type { SkillsById } from "./skill_graph.ts";

/** A learner struggles with a skill when after this many answers an average item of it would mostly be wrong. */
const STRUGGLE = { answersMin: 2, probabilityMax: 0.4 } as const;
/** So many more right answers than others on what rests on a skill show that it is there. */
const SUPPORT_MIN = 3;

export interface FocusQuestion {
  readonly byId: SkillsById;
  readonly foundations: Foundations;
  readonly topic: string;
  readonly reading: KnowledgeReading;
  readonly mastered: ReadonlySet<string>;
  readonly history: readonly Pick<MetItem, "skills" | "correct">[];
}

/**
 * Skills there is evidence for: mastered ones and all they rest on, and those on which enough of this session's right
 * answers rest. A wrong answer says nothing about what lies below; it only takes one right answer back.
 */
function metSkills({ foundations, mastered, history }: FocusQuestion): ReadonlySet<string> {
  const support = new Map<string, number>();
  for (const { skills, correct } of history) {
    const own = new Set(skills);
    for (const id of foundations.under(skills)) {
      if (!own.has(id)) support.set(id, (support.get(id) ?? 0) + (correct ? 1 : -1));
    }
  }
  const supported = [...support].filter(([, balance]) => balance >= SUPPORT_MIN).map(([id]) => id);
  return foundations.under([...mastered, ...supported]);
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
  const { byId, foundations, topic, reading } = question;
  const met = metSkills(question);
  const struggling = new Set([...byId.keys()].filter((id) => struggles(reading, id)));
  const unready = foundations.over([...struggling].filter((id) => !met.has(id)));
  const focus = new Set<string>();
  const seen = new Set<string>();
  const open = [topic];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const weak = (byId.get(id)?.prerequisites ?? []).filter((below) =>
      !met.has(below) && (struggling.has(id) || unready.has(below))
    );
    if (weak.length === 0) focus.add(id);
    else open.push(...weak);
  }
  return focus;
}

/** Tells which items practise what the topic asks for now, and nothing beyond it. */
export function topicFocus(question: FocusQuestion): (skills: readonly string[]) => boolean {
  const focus = focusSkills(question);
  const within = question.foundations.under(focus);
  return (skills) => skills.some((id) => focus.has(id)) && skills.every((id) => within.has(id));
}
