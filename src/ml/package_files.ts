/** Finds files that npm packages ship (model weights, WASM binaries) wherever Deno keeps the package. */
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export class PackageFileError extends Error {
  override readonly name = "PackageFileError";
}

/** Packages whose files may be named in a model's manifest, read by a backend or handed to browsers. */
const READABLE_PACKAGES: readonly string[] = [
  "@vladmandic/human",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgl",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-converter",
  "@tensorflow/tfjs-core",
  "htm",
  "lib0",
  "preact",
  "temml",
  "yjs",
];

/** Packages that `deno.json` does not import, by the one that brings them. */
const BROUGHT_BY: { readonly [name: string]: string } = { lib0: "yjs" };

/**
 * The path of a file inside an installed package.
 *
 * @param name the package's name, as `deno.json` imports it
 * @param file the path inside the package, with forward slashes
 * @throws PackageFileError for a package that is not on the list, or that Deno has not fetched
 */
export function packageFile(name: string, file: string): string {
  if (!READABLE_PACKAGES.includes(name)) throw new PackageFileError(`package ${name} is not one this program reads`);
  return join(dirname(manifestOf(name)), ...file.split("/"));
}

function manifestOf(name: string): string {
  const host = BROUGHT_BY[name];
  const manifest = findPackageJSON(name, host === undefined ? import.meta.url : pathToFileURL(manifestOf(host)).href);
  if (manifest === undefined) throw new PackageFileError(`package ${name} is not installed`);
  return manifest;
}

/**
 * Never called. Deno fetches a package once a module names it. Of the first the weights are wanted and none of its
 * code: its `exports` open no file of `models/`, and its entry module starts a program of its own. The others run in
 * browsers only.
 */
export function mentionPackages(): Promise<unknown> {
  // deno-lint-ignore house/layer-imports -- see above: the imports are there to be fetched, not to be run
  const ofEmotion = [import("@vladmandic/human"), import("@tensorflow/tfjs-backend-webgl")];
  // deno-lint-ignore house/layer-imports -- as before
  const ofPages = [import("htm"), import("preact"), import("temml")];
  return Promise.all([...ofEmotion, ...ofPages]);
}
