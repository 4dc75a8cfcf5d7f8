/** What the main thread and a model's worker say to each other: bytes and plain numbers, no tensor ever. */

/** The types of one kind of worker. */
export interface WorkerDialogue {
  /** What it needs to load its models. */
  readonly setup: unknown;
  /** What it runs on, once they are proved. */
  readonly report: unknown;
  readonly batch: unknown;
  readonly answer: unknown;
}

export type ToWorker<Dialogue extends WorkerDialogue> =
  | { readonly kind: "start"; readonly setup: Dialogue["setup"] }
  | { readonly kind: "ask"; readonly number: number; readonly batch: Dialogue["batch"] };

export type FromWorker<Dialogue extends WorkerDialogue> =
  | { readonly kind: "started"; readonly report: Dialogue["report"] }
  | { readonly kind: "start_failed"; readonly reason: string }
  | { readonly kind: "answered"; readonly number: number; readonly answer: Dialogue["answer"] }
  | { readonly kind: "ask_failed"; readonly number: number; readonly reason: string }
  | { readonly kind: "device_lost"; readonly reason: string };
