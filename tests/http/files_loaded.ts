/** What a browser loads for a page: the files that it names, and what their modules import. */
import assert from "node:assert/strict";
import type { Edge } from "./edge_world.ts";

/** Paths of all files, each of which is there; fails where a module imports anything but a path of this server. */
export async function filesLoaded(edge: Edge, page: string): Promise<ReadonlySet<string>> {
  const toLoad = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path ?? "");
  const loaded = new Set<string>();
  for (let path = toLoad.pop(); path !== undefined; path = toLoad.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const { status, headers, body } = await edge.ask("GET", path);
    assert.equal(status, 200, path);
    if (!/javascript/.test(headers.get("content-type") ?? "")) continue;
    // What stands in comments is imported by nobody.
    const script = String(body).replaceAll(/\/\*[\s\S]*?\*\//g, "");
    for (const [, , specifier = ""] of script.matchAll(/\b(?:from|import)\s*\(?\s*(["'])([^"']+)\1/g)) {
      assert.match(specifier, /^[./]/, `${path} imports ${specifier}`);
      toLoad.push(new URL(specifier, `http://edge.test${path}`).pathname);
    }
  }
  return loaded;
}
