/** The job that deletes what is older than it may be kept. */
import assert from "node:assert/strict";
import { LOOK_EVERY_MS, Retention } from "../../src/boot/retention.ts";
import { HandClock } from "../socket/hand_clock.ts";

const DAY_MS = 86_400_000;

function retention(answers: (number | Error)[]) {
  const clock = new HandClock();
  const asked: number[] = [];
  const log: string[] = [];
  const kept = {
    what: "summaries of emotion",
    days: 30,
    expire(beforeMs: number): Promise<number> {
      asked.push(clock.nowMs() - beforeMs);
      const answer = answers.shift() ?? 0;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const write = (level: string, message: string) => void log.push(`${level} ${message}`);
  return { job: new Retention(kept, clock, { write }), clock, asked, log };
}

/** Lets promises that are settled run their course. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
}

Deno.test("[M9] summaries older than the setting are deleted at the start and every hour, until stopped", async () => {
  const { job, clock, asked, log } = retention([3]);
  job.start();
  await settled();
  clock.advance(LOOK_EVERY_MS - 1);
  await settled();
  assert.deepEqual(asked, [30 * DAY_MS]);
  clock.advance(1);
  await settled();
  assert.deepEqual(asked, [30 * DAY_MS, 30 * DAY_MS]);
  assert.deepEqual(log, ["info old summaries of emotion deleted"]);
  job.stop();
  clock.advance(10 * LOOK_EVERY_MS);
  await settled();
  assert.equal(asked.length, 2);
});

Deno.test("[M9] a deletion that fails is told, and tried again at the next look", async () => {
  const { job, clock, asked, log } = retention([new TypeError("the database is away")]);
  job.start();
  await settled();
  assert.deepEqual(log, ["error old summaries of emotion could not be deleted"]);
  clock.advance(LOOK_EVERY_MS);
  await settled();
  assert.equal(asked.length, 2);
  job.stop();
});
