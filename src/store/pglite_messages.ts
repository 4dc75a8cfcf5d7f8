/** What the application and PGlite's worker say to each other. */

/** `process`: commits survive the death of the process. `power`: also the death of the machine, an fsync a commit. */
export type Durability = "process" | "power";

export type PgliteOrder =
  | {
    readonly kind: "open";
    readonly folder: string;
    readonly socketPath: string;
    readonly durability: Durability;
  }
  | { readonly kind: "close" };

export type PgliteReport =
  | { readonly kind: "opened" }
  | { readonly kind: "closed" }
  /** The database cannot be used any more; the process must start again. */
  | { readonly kind: "failed"; readonly message: string };
