/** `/join`, `/teach`, `/projector`, `/emotion` and `/assets`: the pages, and the files they load. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import { open } from "../access_rules.ts";
import type { Guard } from "../guard.ts";
import { notFound } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";

/** A file of a page, as a browser loads it. */
export interface WebFile {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A quoted entity tag: another one for other bytes. */
  readonly etag: string;
}

/** Everything comes from this server; WebAssembly is what the smallest backend of TensorFlow.js is made of. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A browser takes the headers of a 304 for those of the page that it has: without the policy it would run nothing. */
const revalidated = etag({ retainedHeaders: [...RETAINED_304_HEADERS, "content-security-policy"] });

const ASSETS = "/assets/";
const PAGES = {
  "/join": "web/student/index.html",
  "/teach": "web/teacher/index.html",
  "/projector": "web/projector/index.html",
  "/emotion": "web/emotion/index.html",
} as const;

/** `files` by their path from the root of this program; a page whose files are not among them is not there. */
export function webRoutes(files: ReadonlyMap<string, WebFile>, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>();
  const admit = guard.open(open("page"));

  function serve(c: Context<OpenEnv>, path: string): Response {
    const file = files.get(path);
    if (file === undefined) throw notFound();
    return c.body(file.bytes, 200, {
      "content-type": file.contentType,
      "content-security-policy": PAGE_POLICY,
      "cache-control": "no-cache",
      etag: file.etag,
    });
  }

  for (const [address, file] of Object.entries(PAGES)) app.get(address, admit, revalidated, (c) => serve(c, file));
  app.get(`${ASSETS}*`, admit, revalidated, (c) => serve(c, c.req.path.slice(ASSETS.length)));
  return app;
}
