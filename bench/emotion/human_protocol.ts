/** What the bench and the worker with the other library say to each other. */
import type { FrameFormat } from "../../src/http/ports.ts";

export interface ToHumanWorker {
  readonly images: readonly { readonly format: FrameFormat; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export interface HumanAnswer {
  /** By the library's own name; null where it found no face. */
  readonly emotion: string | null;
  readonly ms: number;
}

export type FromHumanWorker = { readonly kind: "open" } | {
  readonly kind: "answers";
  readonly answers: readonly HumanAnswer[];
};
