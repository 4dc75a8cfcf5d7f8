/** What a suggestion to the learner comes with: enough to act on it at once. */
export type Offer =
  /** The next hint of the open item, to be asked for by `hint`. */
  | { readonly kind: "hint"; readonly item: number; readonly rung: number }
  /** A closed item of this session on the same skill, worked out. */
  | { readonly kind: "worked_example"; readonly item: number; readonly prompt: string; readonly explanation: string }
  | { readonly kind: "easier_item" | "easier_on_request" | "break" | "praise" | "teacher_attention" };
