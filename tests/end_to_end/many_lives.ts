/** A process that lives and is killed again and again on one data folder, and what is then in it. */
import assert from "node:assert/strict";
import type { StoredEvent } from "../../src/actors/ports.ts";
import type { Registry } from "../../src/actors/registry.ts";
import { systemClock } from "../../src/boot/system_ports.ts";
import type { LearnerEvent } from "../../src/domain/learner/messages.ts";
import type { OpenStore } from "../../src/store/open_store.ts";
import { NODE } from "./quests_until_killed.ts";

const KILLS = Deno.env.get("KILLS") ?? null;
const ORDINARY_RUN_MS = 15_000;
const KILLS_MIN = 5;
/** How long after the last line of a life death comes: any point of the work is as likely. */
const DELAY_MS_MAX = 30;
const SETTLE_TRIES_MAX = 400;
const SETTLE_WAIT_MS = 50;
const DRAIN_MS_MAX = 10_000;

function waited(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(ms, resolve));
}

async function liveAndDie(script: string, dataDir: string, lines: number, chance: () => number): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-A", new URL(script, import.meta.url).pathname, dataDir],
    cwd: new URL("../../", import.meta.url),
    stdout: "piped",
  }).spawn();
  let linesLeft = lines;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const before = linesLeft;
    linesLeft -= text.split("\n").length - 1;
    if (before <= 0 || linesLeft > 0) continue;
    await waited(chance() * DELAY_MS_MAX);
    child.kill("SIGKILL");
  }
  assert.equal((await child.status).signal, "SIGKILL");
}

/** Each life ends after 1 to `linesMax` lines of its output. Gives the number of kills. */
export async function dieAgainAndAgain(
  script: string,
  dataDir: string,
  linesMax: number,
  chance: () => number,
): Promise<number> {
  const endsAtMs = systemClock.nowMs() + ORDINARY_RUN_MS;
  const goesOn = (kills: number) =>
    KILLS === null ? kills < KILLS_MIN || systemClock.nowMs() < endsAtMs : kills < Number(KILLS);
  let kills = 0;
  while (goesOn(kills)) {
    await liveAndDie(script, dataDir, 1 + Math.floor(chance() * linesMax), chance);
    kills += 1;
  }
  console.log(
    `${kills} kills${KILLS === null ? `, what ${ORDINARY_RUN_MS / 1000} s allow; KILLS=200 is the long run` : ""}`,
  );
  return kills;
}

/** Lets an engine without new work run until what was told between actors has arrived, and closes it. */
export async function settle(
  { registry, store, close }: {
    readonly registry: Registry;
    readonly store: OpenStore["store"];
    readonly close: () => Promise<void>;
  },
): Promise<void> {
  let tries = 0;
  while ((await store.outbox.pending(NODE, 1)).length > 0) {
    assert.ok(++tries < SETTLE_TRIES_MAX, "messages between actors were not delivered");
    await waited(SETTLE_WAIT_MS);
  }
  await registry.drain(DRAIN_MS_MAX);
  await close();
}

/** The events of each turn; the last of a turn holds its command. */
export function turnsOf(events: readonly StoredEvent[]): readonly (readonly LearnerEvent[])[] {
  const turns: LearnerEvent[][] = [[]];
  for (const { body, commandId } of events) {
    turns.at(-1)?.push(body as LearnerEvent);
    if (commandId !== null) turns.push([]);
  }
  return turns;
}
