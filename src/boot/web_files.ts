/** The files of the page that reads a camera in the browser: its own, what it shares with the server, TensorFlow.js. */
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import type { WebFile } from "../http/routes/web_routes.ts";
import { packageFile } from "../ml/package_files.ts";

const ROOT = new URL("../../", import.meta.url);

const CONTENT_TYPES: { readonly [extension: string]: string } = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  // Types are taken out before it is sent.
  ts: "text/javascript; charset=utf-8",
  wasm: "application/wasm",
};

/** Pages, and what of this program runs in a browser as it runs on the server. */
const OWN_FILES = [
  "web/client/camera_frame.js",
  "web/client/channel.js",
  "web/client/event_stream.js",
  "web/client/neurolearn.js",
  "web/emotion/backends.js",
  "web/emotion/index.html",
  "web/emotion/on_device.js",
  "web/emotion/page.css",
  "web/emotion/page.js",
  "web/emotion/proven_reader.js",
  "web/emotion/school.js",
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

/** Files of packages, by the path they are served under. */
const PACKAGE_FILES: { readonly [path: string]: readonly [name: string, file: string] } = {
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
const BARE_IMPORT = /\b(from\s*|import\s*\(?\s*)"([\w@][^":]*)"/g;

/** Reads them all, ready to be sent. @throws what reading a file throws */
export async function readWebFiles(): Promise<ReadonlyMap<string, WebFile>> {
  const files = new Map<string, WebFile>();
  for (const path of OWN_FILES) files.set(path, await webFile(path, fileURLToPath(new URL(path, ROOT))));
  for (const [path, [name, file]] of Object.entries(PACKAGE_FILES)) {
    files.set(path, await webFile(path, packageFile(name, file)));
  }
  files.set(NOTHING, await served(NOTHING, new TextEncoder().encode("export default {};\n")));
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
  return script.replaceAll(BARE_IMPORT, (whole, keyword: string, specifier: string) => {
    if (NODE_MODULES.test(specifier)) return `${keyword}"/assets/${NOTHING}"`;
    const path = `vendor/${specifier.slice(specifier.lastIndexOf("/") + 1)}.js`;
    return path in PACKAGE_FILES ? `${keyword}"/assets/${path}"` : whole;
  });
}

async function served(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<WebFile> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const extension = path.slice(path.lastIndexOf(".") + 1);
  return { contentType: CONTENT_TYPES[extension] ?? "application/octet-stream", bytes, etag: `"${digest}"` };
}
