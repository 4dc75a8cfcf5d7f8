/** What the main thread and the knowledge worker say to each other. */
import type { ModelAnswer, ModelQuestion } from "../domain/adaptive/model_question.ts";
import type { BackendChoice, BackendName } from "./backend.ts";
import type { WorkerDialogue } from "./worker_dialogue.ts";

export interface KnowledgeDialogue extends WorkerDialogue {
  readonly setup: { readonly backend: BackendChoice; readonly folder: string };
  readonly report: KnowledgeReport;
  readonly batch: readonly ModelQuestion[];
  /** One a question, same order. */
  readonly answer: readonly ModelAnswer[];
}

/** What the worker runs on. */
export interface KnowledgeReport {
  readonly backend: BackendName;
  readonly model: string;
  /** Why a better backend is not in use. */
  readonly notes: readonly string[];
}
