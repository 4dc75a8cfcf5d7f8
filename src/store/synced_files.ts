/** PGlite's files with an fsync that reaches the disk. */
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { fsyncSync } from "node:fs";

type Options = Parameters<NodeFS["init"]>[1];
type Database = Parameters<NodeFS["init"]>[0];

/** The part of Emscripten's NODEFS that matters here; PGlite ships it without an fsync, so Postgres's calls are lost. */
interface NodeFiles {
  readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number };
  /** Turns a Node error into the errno that Postgres expects. */
  tryFSOperation(action: () => void): void;
}

/** Emscripten's build of PGlite is not the one this was written for; durability cannot be promised. */
export class UnsyncableFilesError extends Error {
  override readonly name = "UnsyncableFilesError";
}

export class SyncedFiles extends NodeFS {
  readonly #onFailure: (error: unknown) => void;

  /** `onFailure` hears of a failed fsync: what was written is in doubt, and the process had better start again. */
  constructor(dataDir: string, onFailure: (error: unknown) => void) {
    super(dataDir);
    this.#onFailure = onFailure;
  }

  override async init(database: Database, options: Options): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(database, options);
    const patch = (module: { readonly FS: unknown }) => this.#patch(nodeFilesOf(module.FS));
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...asList(emscriptenOpts.preRun), patch] } };
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
