/** The files of pages: their own, what they share with the server, and those of packages. */
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import type { WebFile } from "../http/routes/web_routes.ts";
import { packageFile } from "../ml/package_files.ts";
import { YJS_FILES } from "./yjs_files.ts";

const ROOT = new URL("../../", import.meta.url);

const CONTENT_TYPES: { readonly [extension: string]: string } = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  // Types are taken out before it is sent.
  ts: "text/javascript; charset=utf-8",
  wasm: "application/wasm",
};

/** Folders that are served whole: the client, and the pages of a live class. */
const LIVE_FOLDERS = ["web/client", "web/live", "web/projector", "web/student", "web/teacher"];

/** Pages of a live class: their folders, and what their tabs say. All begin with the same head. */
const LIVE_HEAD = "web/live/page.html";
const LIVE_PAGES = { student: "Join your class", teacher: "Teach", projector: "Projector" };

/** What of this program runs in a browser as it runs on the server, beside the pages that show it. */
const LIVE_MODULES = ["src/domain/room/roles.ts", "src/domain/room/state.ts"];
const EMOTION_FOLDERS = ["web/emotion"];
const EMOTION_MODULES = [
  "src/domain/affect/observation.ts",
  "src/ml/cpu_adapter.ts",
  "src/ml/crop.ts",
  "src/ml/emotion_model.ts",
  "src/ml/face_boxes.ts",
  "src/ml/face_detector.ts",
  "src/ml/face_reader.ts",
  "src/ml/face_search.ts",
  "src/ml/face_tracks.ts",
  "src/ml/model_manifest_error.ts",
  "src/ml/open_graph.ts",
  "src/ml/pixels.ts",
  "src/ml/warm_up.ts",
];

/** Files of packages, by the path they are served under: what an import names, or the last part of it. */
type PackageFiles = { readonly [path: string]: readonly [name: string, file: string] };

const LIVE_PACKAGES: PackageFiles = {
  "vendor/htm.js": ["htm", "dist/htm.mjs"],
  "vendor/preact.js": ["preact", "dist/preact.mjs"],
  "vendor/hooks.js": ["preact", "hooks/dist/hooks.mjs"],
  "vendor/temml.js": ["temml", "dist/temml.min.js"],
  ...YJS_FILES,
};

const EMOTION_PACKAGES: PackageFiles = {
  "vendor/tfjs-core.js": ["@tensorflow/tfjs-core", "dist/tf-core.fesm.min.js"],
  "vendor/tfjs-converter.js": ["@tensorflow/tfjs-converter", "dist/tf-converter.fesm.min.js"],
  "vendor/tfjs-backend-wasm.js": ["@tensorflow/tfjs-backend-wasm", "dist/tf-backend-wasm.fesm.min.js"],
  "vendor/tfjs-backend-webgl.js": ["@tensorflow/tfjs-backend-webgl", "dist/tf-backend-webgl.fesm.min.js"],
  "vendor/tfjs-backend-webgpu.js": ["@tensorflow/tfjs-backend-webgpu", "dist/tf-backend-webgpu.fesm.min.js"],
  "vendor/tfjs-backend-wasm-simd.wasm": ["@tensorflow/tfjs-backend-wasm", "dist/tfjs-backend-wasm-simd.wasm"],
  "vendor/tfjs-backend-wasm.wasm": ["@tensorflow/tfjs-backend-wasm", "dist/tfjs-backend-wasm.wasm"],
};

/** What the WASM backend imports on Node.js only; in a browser it finds an empty module. */
const NOTHING = "vendor/nothing.js";
const NODE_MODULES = /^(fs|os|path|perf_hooks)$/;

/** Import specifiers that are no path, in our modules and in minified ones. */
const BARE_IMPORT = /\b(from\s*|import\s*\(?\s*)(["'])([\w@][^"':]*)\2/g;

/** The pages of a live class, ready to be sent. @throws what reading a file throws */
export async function readLiveFiles(): Promise<ReadonlyMap<string, WebFile>> {
  const own = (await Promise.all(LIVE_FOLDERS.map(filesIn))).flat().filter((path) => path !== LIVE_HEAD);
  return new Map([...await readFiles([...own, ...LIVE_MODULES], LIVE_PACKAGES), ...await livePages()]);
}

async function livePages(): Promise<readonly [string, WebFile][]> {
  const head = await Deno.readTextFile(new URL(LIVE_HEAD, ROOT));
  return await Promise.all(
    Object.entries(LIVE_PAGES).map(async ([folder, title]): Promise<[string, WebFile]> => {
      const path = `web/${folder}/index.html`;
      const page = head.replaceAll("{folder}", folder).replaceAll("{title}", title);
      return [path, await served(path, new TextEncoder().encode(page))];
    }),
  );
}

/** The page on which a browser reads its own camera, ready to be sent. @throws what reading a file throws */
export async function readEmotionFiles(): Promise<ReadonlyMap<string, WebFile>> {
  const own = (await Promise.all(EMOTION_FOLDERS.map(filesIn))).flat();
  const files = await readFiles([...own, ...EMOTION_MODULES], EMOTION_PACKAGES);
  return new Map([...files, [NOTHING, await served(NOTHING, new TextEncoder().encode("export default {};\n"))]]);
}

/** What browsers load of a folder; declarations of types are for those who write programs. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
    if (/\.(html|css|js)$/.test(name)) paths.push(`${folder}/${name}`);
  }
  return paths;
}

async function readFiles(own: readonly string[], packages: PackageFiles): Promise<ReadonlyMap<string, WebFile>> {
  const files = new Map<string, WebFile>();
  for (const path of own) files.set(path, await webFile(path, fileURLToPath(new URL(path, ROOT))));
  for (const [path, [name, file]] of Object.entries(packages)) {
    files.set(path, await webFile(path, packageFile(name, file)));
  }
  return files;
}

async function webFile(path: string, source: string): Promise<WebFile> {
  if (!/\.(js|ts)$/.test(path)) return await served(path, await Deno.readFile(source));
  const text = await Deno.readTextFile(source);
  const script = path.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
  return await served(path, new TextEncoder().encode(withServedImports(script)));
}

/** The module with every package it imports at the address where that is served. */
function withServedImports(script: string): string {
  return script.replaceAll(BARE_IMPORT, (whole, keyword: string, _quote: string, specifier: string) => {
    if (NODE_MODULES.test(specifier)) return `${keyword}"/assets/${NOTHING}"`;
    const path = [specifier, specifier.slice(specifier.lastIndexOf("/") + 1)].map((name) => `vendor/${name}.js`)
      .find((path) => path in LIVE_PACKAGES || path in EMOTION_PACKAGES);
    return path === undefined ? whole : `${keyword}"/assets/${path}"`;
  });
}

async function served(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<WebFile> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const extension = path.slice(path.lastIndexOf(".") + 1);
  return { contentType: CONTENT_TYPES[extension] ?? "application/octet-stream", bytes, etag: `"${digest}"` };
}
