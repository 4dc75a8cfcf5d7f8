/** What the main thread and the knowledge worker say to each other: plain numbers, no tensor ever. */
import type { ModelAnswer, ModelQuestion } from "../domain/adaptive/model_question.ts";
import type { BackendChoice, BackendName } from "./backend.ts";

export type ToKnowledgeWorker =
  | { readonly kind: "start"; readonly backend: BackendChoice; readonly folder: string }
  | { readonly kind: "ask"; readonly batch: number; readonly questions: readonly ModelQuestion[] };

export type FromKnowledgeWorker =
  | { readonly kind: "started"; readonly report: KnowledgeReport }
  | { readonly kind: "start_failed"; readonly reason: string }
  | { readonly kind: "answered"; readonly batch: number; readonly answers: readonly ModelAnswer[] }
  | { readonly kind: "ask_failed"; readonly batch: number; readonly reason: string }
  | { readonly kind: "device_lost"; readonly reason: string };

/** What the worker runs on. */
export interface KnowledgeReport {
  readonly backend: BackendName;
  readonly model: string;
  /** Why a better backend is not in use. */
  readonly notes: readonly string[];
}
