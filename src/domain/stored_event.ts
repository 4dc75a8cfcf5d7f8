/** An event as the journal keeps it, with its number, for pages of what has happened. */

export interface StoredEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly type: string;
  readonly version: number;
  readonly body: unknown;
}
