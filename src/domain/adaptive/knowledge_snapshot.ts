/** A learner's knowledge as plain JSON and back: the same numbers, bit for bit. */
import { copyKnowledge, type ItemKnowledge, type LearnerKnowledge, type SkillKnowledge } from "./learner_knowledge.ts";

export interface KnowledgeSnapshot extends Omit<LearnerKnowledge, "skills" | "items"> {
  readonly skills: readonly (readonly [skill: number, knowledge: SkillKnowledge])[];
  readonly items: readonly (readonly [item: number, knowledge: ItemKnowledge])[];
}

/** Holds copies: the knowledge may go on learning. */
export function knowledgeSnapshot(knowledge: LearnerKnowledge): KnowledgeSnapshot {
  const { skills, items, ...rest } = copyKnowledge(knowledge);
  return { ...rest, skills: [...skills], items: [...items] };
}

export function knowledgeFromSnapshot(snapshot: KnowledgeSnapshot): LearnerKnowledge {
  return copyKnowledge({
    ...snapshot,
    skills: new Map(snapshot.skills),
    items: new Map(snapshot.items),
  });
}
