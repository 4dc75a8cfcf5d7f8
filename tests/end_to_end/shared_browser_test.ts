/** A browser that learners share, one after the other, shows each their own profile as it is. */
import assert from "node:assert/strict";
import type { Edge, SignedUp } from "../http/edge_world.ts";
import { EngineWorld } from "../http/engine_world.ts";
import { browserTest, launchBrowser } from "../support/chromium.ts";

const PROFILE = "/api/v1/profile";
/** A school's slow computer. */
const PAGE_MS_MAX = 240_000;

async function setInterests(edge: Edge, { token }: SignedUp, interests: readonly string[]): Promise<void> {
  const { headers } = await edge.ask("GET", PROFILE, { token });
  const asked = { token, body: { interests }, headers: { "if-match": headers.get("etag") ?? "" } };
  assert.equal((await edge.ask("PATCH", PROFILE, asked)).status, 200);
}

browserTest(
  "[F6] [A7] on a shared browser nobody is shown another's profile, nor their own as it was",
  async (opened) => {
    const world = await EngineWorld.open();
    opened.defer(() => world.close());
    const edge = await world.serve();
    const [ada, ben] = await Promise.all([edge.signUp("student"), edge.signUp("student")]);
    await setInterests(edge, ada, ["sailing"]);
    await setInterests(edge, ben, ["chess"]);
    const server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => undefined },
      (request, info) =>
        new URL(request.url).pathname === "/"
          ? new Response("<!doctype html>", { headers: { "content-type": "text/html" } })
          : edge.app.fetch(request, { remoteAddr: info.remoteAddr }),
    );
    opened.defer(() => server.shutdown());
    const browser = await launchBrowser();
    opened.defer(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(PAGE_MS_MAX);
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    const interestsOf = ({ token }: SignedUp) =>
      page.evaluate(async ([path, token]) => {
        const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
        return (await answer.json()).interests;
      }, [PROFILE, token] as const);
    assert.deepEqual(await interestsOf(ada), ["sailing"]);
    assert.deepEqual(await interestsOf(ben), ["chess"]);
    assert.deepEqual(await interestsOf(ada), ["sailing"]);
    await setInterests(edge, ada, ["climbing"]);
    assert.deepEqual(await interestsOf(ada), ["climbing"]);
  },
);
