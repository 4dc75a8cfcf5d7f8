/** PGlite's files with an fsync that reaches the disk, and with news of a database that has aborted. */
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { fsyncSync } from "node:fs";
import type { Durability } from "./pglite_messages.ts";

type Options = Parameters<NodeFS["init"]>[1];
type Database = Parameters<NodeFS["init"]>[0];

/** The part of Emscripten's NODEFS that matters here; PGlite ships it without an fsync, so Postgres's calls are lost. */
interface NodeFiles {
  readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number };
  /** Turns a Node error into the errno that Postgres expects. */
  tryFSOperation(action: () => void): void;
}

export class DatabaseAbortedError extends Error {
  override readonly name = "DatabaseAbortedError";
}

/** Emscripten's build of PGlite is not the one this was written for; durability cannot be promised. */
export class UnsyncableFilesError extends Error {
  override readonly name = "UnsyncableFilesError";
}

export class SyncedFiles extends NodeFS {
  readonly #durability: Durability;
  readonly #onFailure: (error: unknown) => void;

  /** `onFailure` hears of a failed fsync and of a panic (a full disk, say): only a new start recovers from either. */
  constructor(dataDir: string, durability: Durability, onFailure: (error: unknown) => void) {
    super(dataDir);
    this.#durability = durability;
    this.#onFailure = onFailure;
  }

  override async init(database: Database, options: Options): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(database, options);
    const patch = (module: { readonly FS: unknown }) => this.#patch(nodeFilesOf(module.FS));
    const patches = this.#durability === "power" ? [patch] : [];
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [...asList(emscriptenOpts.preRun), ...patches],
        // PGlite swallows the exception that an abort is, and then waits for an answer for ever.
        onAbort: () => this.#onFailure(new DatabaseAbortedError("Postgres has panicked; its last error says why")),
      },
    };
  }

  #patch(files: NodeFiles): void {
    files.stream_ops.fsync = (stream) => {
      try {
        fsyncSync(stream.nfd);
      } catch (error) {
        this.#onFailure(error);
        files.tryFSOperation(() => {
          throw error;
        });
      }
      return 0;
    };
  }
}

function asList<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Value];
}

function nodeFilesOf(fs: unknown): NodeFiles {
  const files = field(field(fs, "filesystems"), "NODEFS");
  if (!isNodeFiles(files)) throw new UnsyncableFilesError("PGlite's file layer has changed: no NODEFS to sync");
  return files;
}

function isNodeFiles(files: unknown): files is NodeFiles {
  return typeof field(files, "stream_ops") === "object" && typeof field(files, "tryFSOperation") === "function";
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
