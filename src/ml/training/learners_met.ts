/** Tells whether an evaluation would score learners that the weights were trained on. */
import type { KnowledgeManifest } from "../knowledge/knowledge_manifest.ts";

/** A file to evaluate, and how it will be split. */
export interface ScoredFile {
  readonly name: string;
  readonly sha256: string;
  readonly folds: number;
  readonly seed: number;
}

/**
 * Names of the training sets that may hold the learners scored; empty when none does. A file is known by its digest or
 * its name. Of a file trained on, only the fifth that training held out is unseen; a set with the same learners is split
 * otherwise, so that any of its learners may have been met.
 */
export function learnersMet(training: KnowledgeManifest["training"], file: ScoredFile): readonly string[] {
  const same = training.files.find(({ sha256 }) => sha256 === file.sha256);
  const name = same?.name ?? file.name;
  const shared = training.sharedLearners.filter((group) => group.includes(name)).flat();
  const keepsToHeldOut = same !== undefined && file.folds === 1 && file.seed === training.seed;
  return training.data.filter((set) => set === name ? !keepsToHeldOut : shared.includes(set));
}
