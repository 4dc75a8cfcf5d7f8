/** When the shipped client pings, what it promises, and when it gives a connection up. */
import assert from "node:assert/strict";
import { Heartbeat } from "../../web/client/heartbeat.js";
import { HandClock } from "../socket/hand_clock.ts";

/** A heartbeat on a clock moved by hand; `told` are its pings, by what they promise, and its end. */
function handHeart() {
  const clock = new HandClock();
  const told: (number | string | null)[] = [];
  const place = { isInLesson: false };
  const heart = new Heartbeat({
    isInLesson: () => place.isInLesson,
    ping: (nextMs: number | null) => void told.push(nextMs),
    silent: () => void told.push("dead"),
  }, clock);
  const passWithAnswers = (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      clock.advance(1_000);
      heart.heard();
    }
  };
  return { clock, told, place, heart, passWithAnswers };
}

Deno.test("[W7] in a lesson that is looked at the client pings every second and says so, elsewhere now and then", () => {
  const { told, place, heart, passWithAnswers } = handHeart();
  heart.changed();
  assert.deepEqual(told, [], "not before it is connected");
  heart.start();
  passWithAnswers(30);
  assert.deepEqual(told.splice(0), [null, null, null]);
  place.isInLesson = true;
  heart.changed();
  heart.changed();
  passWithAnswers(3);
  assert.deepEqual(told.splice(0), [1_000, 1_000, 1_000, 1_000]);
  place.isInLesson = false;
  heart.changed();
  passWithAnswers(15);
  assert.deepEqual(told.splice(0), [null, null], "its word is taken back at once");
  heart.stop();
  passWithAnswers(60);
  assert.deepEqual(told, []);
});

Deno.test("[W7] a connection on which nothing comes is given up, in a lesson after ten seconds", () => {
  const { clock, told, place, heart } = handHeart();
  place.isInLesson = true;
  heart.start();
  for (let seconds = 0; seconds < 20; seconds += 1) clock.advance(1_000);
  assert.deepEqual(told.splice(0), [...Array<number>(11).fill(1_000), "dead"]);
  place.isInLesson = false;
  heart.start();
  for (let seconds = 0; seconds < 100; seconds += 1) clock.advance(1_000);
  assert.deepEqual(told, [null, null, null, "dead"]);
});

Deno.test("[W7] a page that is shown again after long gives its connection time to answer", () => {
  const { clock, told, place, heart } = handHeart();
  heart.start();
  clock.advance(14_000);
  place.isInLesson = true;
  heart.changed();
  clock.advance(1_000);
  assert.deepEqual(told, [null, 1_000, 1_000]);
});
