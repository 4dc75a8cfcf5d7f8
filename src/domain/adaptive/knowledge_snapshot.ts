/** A learner's knowledge as plain JSON and back: the same numbers, bit for bit. */
import type { ItemKnowledge, LearnerKnowledge, SkillKnowledge } from "./learner_knowledge.ts";

export interface KnowledgeSnapshot extends Omit<LearnerKnowledge, "skills" | "items"> {
  readonly skills: readonly (readonly [skill: number, knowledge: SkillKnowledge])[];
  readonly items: readonly (readonly [item: number, knowledge: ItemKnowledge])[];
}

/** Holds copies: the knowledge may go on learning. */
export function knowledgeSnapshot({ skills, items, outcome, residual, ...rest }: LearnerKnowledge): KnowledgeSnapshot {
  return { ...rest, outcome: { ...outcome }, residual: { ...residual }, skills: [...skills], items: [...items] };
}

export function knowledgeFromSnapshot(
  { skills, items, outcome, residual, ...rest }: KnowledgeSnapshot,
): LearnerKnowledge {
  return {
    ...rest,
    outcome: { ...outcome },
    residual: { ...residual },
    skills: new Map(skills),
    items: new Map(items),
  };
}
