/** Local days: as long as the clocks make them, one after the other without gap, in every kind of time zone. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { isTimeZone, localDay, localDaySpan, localHour } from "../../src/domain/local_day.ts";

const HOUR_MS = 3_600_000;

const ZONES = [
  "UTC",
  "America/New_York",
  "Europe/Lisbon",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "America/Santiago",
  "Asia/Beirut",
];

Deno.test("[G7] a local day lasts 23, 24 or 25 hours, 23.5 or 24.5 where clocks move by half an hour", () => {
  const hoursOf = (at: string, zone: string) => {
    const { startMs, endMs } = localDaySpan(Date.parse(at), zone);
    return (endMs - startMs) / HOUR_MS;
  };
  assert.equal(hoursOf("2026-03-29T12:00Z", "Europe/Lisbon"), 23);
  assert.equal(hoursOf("2026-10-25T12:00Z", "Europe/Lisbon"), 25);
  assert.equal(hoursOf("2026-03-08T18:00Z", "America/New_York"), 23);
  assert.equal(hoursOf("2026-10-04T06:00Z", "Australia/Lord_Howe"), 23.5);
  assert.equal(hoursOf("2026-04-05T06:00Z", "Australia/Lord_Howe"), 24.5);
  assert.equal(hoursOf("2026-07-01T12:00Z", "Asia/Kolkata"), 24);
  // Clocks go forward at midnight itself: the day begins at one o'clock.
  assert.equal(hoursOf("2026-09-06T15:00Z", "America/Santiago"), 23);
  assert.equal(
    localHour(localDaySpan(Date.parse("2026-09-06T15:00Z"), "America/Santiago").startMs, "America/Santiago"),
    1,
  );
});

Deno.test("[G7] a date that a zone left out is no day: Samoa went from 29 to 31 December 2011", () => {
  const before = localDaySpan(Date.parse("2011-12-29T20:00:00-10:00"), "Pacific/Apia");
  const after = localDaySpan(before.endMs, "Pacific/Apia");
  assert.equal(after.startMs, before.endMs);
  assert.equal(after.date - before.date, 2);
});

Deno.test("[G7] local days tile the time: each begins where the one before ends, dates rise, hours fit", () => {
  const moment = fc.integer({ min: Date.parse("2000-01-01"), max: Date.parse("2040-01-01") });
  fc.assert(fc.property(moment, fc.constantFrom(...ZONES), (atMs, zone) => {
    const day = localDaySpan(atMs, zone);
    assert.ok(day.startMs <= atMs && atMs < day.endMs);
    assert.equal(localDay(atMs, zone), day.date);
    assert.deepEqual(localDaySpan(day.startMs, zone), day);
    assert.deepEqual(localDaySpan(day.endMs - 1, zone), day);
    const next = localDaySpan(day.endMs, zone);
    assert.equal(next.startMs, day.endMs);
    assert.ok(next.date > day.date);
    assert.ok(localHour(atMs, zone) >= 0 && localHour(atMs, zone) <= 23);
  }));
});

Deno.test("[G7] at one moment neighbours across the date line live different dates", () => {
  const atMs = Date.parse("2026-05-01T10:30Z");
  assert.equal(localDay(atMs, "Pacific/Kiritimati") - localDay(atMs, "Pacific/Pago_Pago"), 2);
  assert.equal(localDay(0, "UTC"), 0);
  assert.equal(localDay(-1, "UTC"), -1);
});

Deno.test("[G7] only names of the time zone database are time zones", () => {
  for (const zone of ZONES) assert.ok(isTimeZone(zone), zone);
  for (const bad of ["", "Mars/Olympus", "+05:30", "-03", "constructor", "UTC\0", "Europe/Lisbon ", "A".repeat(65)]) {
    assert.ok(!isTimeZone(bad), bad);
  }
});
