/** A debate with the AI over the real protocol: killed in mid-turn, told to stop in the next; clock and words are right. */
import assert from "node:assert/strict";
import { z } from "zod";
import { NeuroLearn } from "../../web/client/neurolearn.js";
import { startServer } from "../support/server_process.ts";
import { longerThanAwayMs, settingsIn } from "./live_lesson.ts";
import { call, enrol } from "./people.ts";

const CLAIM = "We need steady power when there is no wind at night.";

const turnSchema = z.looseObject({ turn: z.number(), due_at: z.string() });
const endedSchema = z.looseObject({ turn: z.number(), cause: z.string() });
const openedSchema = z.looseObject({ debate_id: z.string() });
const viewSchema = z.looseObject({
  status: z.string(),
  statements: z.array(z.looseObject({ text: z.string(), by: z.looseObject({ kind: z.string(), label: z.string() }) })),
});

/** What a channel has told, waited for by type. */
class Heard {
  readonly all: { readonly type: string; readonly data: unknown; readonly atMs: number }[] = [];
  readonly #waiting: (() => void)[] = [];

  add(type: string, data: unknown, atMs: number): void {
    this.all.push({ type, data, atMs });
    for (const go of this.#waiting.splice(0)) go();
  }

  async told(type: string, times: number) {
    for (;;) {
      const found = this.all.filter((one) => one.type === type)[times - 1];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    }
  }
}

const options = { sanitizeResources: false, sanitizeOps: false };

Deno.test("[V1][V3][T1][X1] a debate outlives kill -9 in mid-turn and SIGTERM in the next", options, async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "debate_" });
  const settings = settingsIn(dataDir);
  let server = await startServer(settings);
  const { token } = await enrol(server.url, "debater");
  const turnSeconds = longerThanAwayMs(server) / 1_000;
  const body = JSON.stringify({
    motion_id: "nuclear-power",
    ai_side: "against",
    rebuttal_rounds: 1,
    opening_seconds: turnSeconds,
    rebuttal_seconds: turnSeconds,
    closing_seconds: 120,
  });
  const { debate_id: id } = openedSchema.parse(await call(server.url, "/debates", { method: "POST", body }, token));
  const client = new NeuroLearn(`${server.url.replace("http", "ws")}/api/v1/socket`, () => token);
  const channel = client.channel(`debate/${id}`);
  const heard = new Heard();
  channel.on("*", (data, { event, at_ms }) => event !== undefined && heard.add(event, data, at_ms ?? 0));

  await channel.send("start");
  const first = turnSchema.parse((await heard.told("turn_started", 1)).data);
  const said = channel.send("state", { kind: "claim", text: CLAIM });
  await server.stop("SIGKILL");
  server = await startServer(settings);
  await said;
  const ended = await heard.told("turn_ended", 1);
  assert.deepEqual(endedSchema.parse(ended.data).cause, "time");
  const lateMs = ended.atMs - Date.parse(first.due_at);
  assert.ok(lateMs >= 0, `the turn ended ${-lateMs} ms before its time`);

  // The AI has had its opening; the learner's rebuttal is on.
  const third = turnSchema.parse((await heard.told("turn_started", 3)).data);
  assert.equal(await server.stop("SIGTERM"), 0);
  server = await startServer(settings);
  const again = await heard.told("turn_ended", 3);
  const lateAgainMs = again.atMs - Date.parse(third.due_at);
  assert.ok(lateAgainMs >= 0, `the turn ended ${-lateAgainMs} ms before its time`);
  console.log(`turns ended ${lateMs} and ${lateAgainMs} ms after their time`);
  await heard.told("turn_ended", 5);
  await channel.send("end_turn");
  await heard.told("debate_ended", 1);
  const { status, statements } = viewSchema.parse(await call(server.url, `/debates/${id}`, {}, token));
  assert.equal(status, "ended");
  assert.equal(statements.filter(({ text }) => text === CLAIM).length, 1, "said once");
  const byAi = statements.filter(({ by }) => by.kind === "ai");
  assert.ok(byAi.length >= 3 && byAi.every(({ by }) => by.label === "AI"));
  client.close();
  assert.equal(await server.stop("SIGTERM"), 0);
  await Deno.remove(dataDir, { recursive: true });
});
