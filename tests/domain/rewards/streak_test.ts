/** Streaks: each date once, nothing broken by clocks or travel, freezes earned and spent by rule, in any order of arrival. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { localDaySpan } from "../../../src/domain/local_day.ts";
import {
  dayLearntOn,
  DAYS_KEPT_MAX,
  FREEZE_EVERY_DAYS,
  FREEZES_MAX,
  NO_STREAK,
  type Run,
  runOf,
  type Streak,
  streakAt,
  withDay,
} from "../../../src/domain/rewards/streak.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A moment of learning, where the learner lived then. */
interface Learning {
  readonly atMs: number;
  readonly zone: string;
}

function learnt(streak: Streak, { atMs, zone }: Learning): Streak {
  const day = dayLearntOn(streak, localDaySpan(atMs, zone), atMs);
  return day === null || streak.latest.includes(day) ? streak : withDay(streak, day);
}

function after(...learnings: readonly Learning[]): Run {
  return runOf(learnings.reduce(learnt, NO_STREAK));
}

/** Noon of so many days in a row, by the calendar of `zone`. */
function noons(zone: string, fromIso: string, days: number): Learning[] {
  const first = Temporal.PlainDate.from(fromIso);
  return Array.from({ length: days }, (_, i) => {
    const noon = first.add({ days: i }).toZonedDateTime({ timeZone: zone, plainTime: "12:00" });
    return { atMs: noon.epochMilliseconds, zone };
  });
}

const at = (iso: string, zone: string): Learning => ({ atMs: Date.parse(iso), zone });

Deno.test("[G5] days in a row count once each, however often the learner learns", () => {
  const week = noons("Europe/Lisbon", "2026-05-04", 5);
  const evenings = week.map(({ atMs, zone }) => ({ atMs: atMs + 8 * HOUR_MS, zone }));
  const { length, best, days } = after(...[...week, ...evenings].sort((a, b) => a.atMs - b.atMs));
  assert.deepEqual([length, best, days], [5, 5, 5]);
});

Deno.test("[G5] the night that clocks change neither breaks a streak nor counts twice, a day missed then is missed", () => {
  const changes: readonly (readonly [string, string])[] = [
    ["Europe/Lisbon", "2026-03-27"],
    ["Europe/Lisbon", "2026-10-23"],
    ["America/New_York", "2026-03-06"],
    ["America/New_York", "2026-10-30"],
    ["Australia/Lord_Howe", "2026-10-02"],
    ["Australia/Lord_Howe", "2026-04-03"],
    ["Pacific/Chatham", "2026-09-25"],
    ["America/Santiago", "2026-09-04"],
    ["Asia/Beirut", "2026-03-27"],
  ];
  for (const [zone, from] of changes) {
    const days = noons(zone, from, 5);
    assert.equal(after(...days).length, 5, `${zone} from ${from}`);
    for (const missed of [1, 2, 3]) {
      const rest = days.filter((_, i) => i !== missed);
      assert.equal(after(...rest).length, 4 - missed, `${zone} from ${from} without day ${missed}`);
    }
    const firstAndLast = days.flatMap(({ atMs }) => {
      const { startMs, endMs } = localDaySpan(atMs, zone);
      return [{ atMs: startMs, zone }, { atMs: endMs - 1, zone }];
    });
    assert.equal(after(...firstAndLast).length, 5, `${zone}: first and last moment`);
  }
});

Deno.test("[G5] half-hour zones begin their days on the half hour", () => {
  assert.equal(after(at("2026-05-01T18:29:59Z", "Asia/Kolkata"), at("2026-05-01T18:30:00Z", "Asia/Kolkata")).length, 2);
  assert.equal(after(at("2026-05-01T18:00:00Z", "Asia/Kolkata"), at("2026-05-01T18:29:59Z", "Asia/Kolkata")).length, 1);
});

Deno.test("[G5] a date that a zone left out is not missed", () => {
  const days = [at("2011-12-29T12:00:00-10:00", "Pacific/Apia"), at("2011-12-31T12:00:00+14:00", "Pacific/Apia")];
  assert.equal(after(...days).length, 2);
});

Deno.test("[G5] who travels across the date line keeps the streak: a date skipped is not missed, one lived twice counts once", () => {
  const losAngeles = at("2026-05-05T06:00:00Z", "America/Los_Angeles");
  const auckland = at("2026-05-06T04:00:00Z", "Pacific/Auckland");
  assert.deepEqual([localDaySpan(losAngeles.atMs, losAngeles.zone).date + 2], [
    localDaySpan(auckland.atMs, auckland.zone).date,
  ]);
  assert.equal(after(losAngeles, auckland).length, 2);
  const back = [at("2026-05-06T04:00:00Z", "Pacific/Auckland"), at("2026-05-07T06:00:00Z", "Pacific/Honolulu")];
  assert.equal(after(...back).length, 1, "the sixth of May, twice");
  assert.equal(after(...back, at("2026-05-08T06:00:00Z", "Pacific/Honolulu")).length, 2);
});

Deno.test("[G5] changing the time zone at will makes no date count twice: at most two dates more than whole days", () => {
  const zones = ["Pacific/Kiritimati", "Asia/Kolkata", "UTC", "America/New_York", "Pacific/Pago_Pago", "Europe/Lisbon"];
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 * HOUR_MS }), fc.constantFrom(...zones)), {
    maxLength: 60,
    size: "max",
  });
  fc.assert(fc.property(steps, (moves) => {
    let atMs = Date.parse("2026-01-01");
    const learnings = moves.map(([waitMs, zone]) => ({ atMs: atMs += waitMs, zone }));
    const { days } = after(...learnings);
    const spanMs = atMs - (learnings[0]?.atMs ?? atMs);
    assert.ok(days <= Math.floor(spanMs / DAY_MS) + 3, `${days} dates in ${spanMs / DAY_MS} days`);
  }));
});

Deno.test("[G5] changing the time zone at will makes no three dates of one sitting, in whatever order it is changed", () => {
  const zones = ["Pacific/Niue", "UTC", "Pacific/Kiritimati", "Asia/Kolkata", "America/New_York", "Europe/Lisbon"];
  const sitting = fc.record({
    startMs: fc.integer({ min: 0, max: 48 * HOUR_MS }),
    moves: fc.array(fc.tuple(fc.integer({ min: 0, max: HOUR_MS / 4 }), fc.constantFrom(...zones)), { maxLength: 20 }),
  });
  fc.assert(fc.property(sitting, ({ startMs, moves }) => {
    let atMs = Date.parse("2026-01-01") + startMs;
    const { days } = after(...moves.map(([waitMs, zone]) => ({ atMs: atMs += waitMs, zone })));
    assert.ok(days <= 2, `${days} dates in five hours`);
  }));
  const halfPastTen = ["Pacific/Niue", "UTC", "Pacific/Kiritimati"].map((zone) => at("2026-05-05T10:30:00Z", zone));
  for (const order of [halfPastTen, halfPastTen.toReversed()]) assert.equal(after(...order).days, 2);
});

Deno.test("[G5] who learns in the first minutes after a move by an hour, and then the next day, keeps the streak", () => {
  const days = [at("2026-05-05T12:00:00+01:00", "Europe/London"), at("2026-05-06T00:15:00+02:00", "Europe/Berlin")];
  assert.equal(after(...days).length, 2);
  assert.equal(after(...days, at("2026-05-07T20:00:00+02:00", "Europe/Berlin")).length, 3);
});

Deno.test("[G5] who learns on every local day, wherever they move, never breaks the streak", () => {
  const zones = ["Pacific/Kiritimati", "Asia/Kolkata", "Europe/Lisbon", "America/New_York", "Pacific/Pago_Pago"];
  const stays = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...zones)), { maxLength: 12 });
  fc.assert(fc.property(stays, (moves) => {
    let streak = NO_STREAK;
    let nowMs = Date.parse("2026-03-01T10:00Z");
    let best = 0;
    for (const [days, zone] of moves) {
      for (let i = 0; i < days; i++) {
        streak = learnt(streak, { atMs: nowMs, zone });
        const { length } = runOf(streak);
        assert.ok(length >= best, `${length} after ${best}`);
        best = length;
        nowMs = localDaySpan(nowMs, zone).endMs + HOUR_MS;
      }
    }
  }));
});

const ZONES = Intl.supportedValuesOf("timeZone");
const anyZone = fc.constantFrom(...ZONES);
/** Of a year, so that clocks change in it both ways wherever they do. */
const anyTime = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-01-01") });

Deno.test("[G5] no three dates are to be had in four hours, through whichever time zones of the world one goes", () => {
  const niue = at("2026-05-04T10:59Z", "Pacific/Niue");
  const known = [
    [at("2026-05-04T10:05Z", "Pacific/Niue"), at("2026-05-04T10:06Z", "Pacific/Tongatapu")],
    [niue, at("2026-05-04T11:01Z", "Pacific/Chatham"), at("2026-05-04T11:16Z", "Pacific/Chatham")],
    [niue, at("2026-05-04T11:01Z", "Pacific/Auckland"), at("2026-05-04T12:00Z", "Pacific/Auckland")],
  ];
  for (const sitting of known) {
    assert.ok(after(...sitting, at("2026-05-04T12:30Z", "Pacific/Kiritimati")).days < 3, JSON.stringify(sitting));
  }
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 * HOUR_MS - 1 }), anyZone), { maxLength: 6 });
  // Dates change on the hour and at its quarters: drawn times seldom meet them.
  fc.assert(
    fc.property(anyTime, steps, (fromMs, drawn) => {
      const sitting = drawn.map(([laterMs, zone]) => ({ atMs: fromMs + laterMs, zone })).sort((a, b) =>
        a.atMs - b.atMs
      );
      assert.ok(after(...sitting).days < 3);
    }),
    { numRuns: 400 },
  );
});

Deno.test("[G5] who learns at any time of every local day they live keeps the streak and spends no freeze, anywhere", () => {
  const stays = fc.array(
    fc.record({
      zone: anyZone,
      parts: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(anyTime, stays, (fromMs, drawn) => {
      let [streak, nowMs] = [NO_STREAK, fromMs];
      for (const { zone, parts } of drawn) {
        for (const part of parts) {
          const was = runOf(streak);
          const { endMs } = localDaySpan(nowMs, zone);
          streak = learnt(streak, { atMs: Math.floor(nowMs + part * (endMs - nowMs)), zone });
          const { length, freezes } = runOf(streak);
          assert.ok(length >= was.length && freezes >= was.freezes, `${zone} at ${new Date(nowMs).toISOString()}`);
          nowMs = endMs;
        }
      }
    }),
    { numRuns: 400 },
  );
});

Deno.test("[G6] seven days in a row earn a freeze, two are kept; missed days are frozen if there are enough", () => {
  const zone = "Asia/Kolkata";
  const days = noons(zone, "2026-02-02", 40);
  const learn = (dates: readonly number[]) => after(...dates.flatMap((date) => days[date] ?? []));
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
  assert.equal(learn(upTo(FREEZE_EVERY_DAYS - 1)).freezes, 0);
  assert.equal(learn(upTo(FREEZE_EVERY_DAYS)).freezes, 1);
  assert.equal(learn(upTo(5 * FREEZE_EVERY_DAYS)).freezes, FREEZES_MAX);
  const bridged = learn([...upTo(7), 8]);
  assert.deepEqual([bridged.length, bridged.freezes], [8, 0]);
  const tooFew = learn([...upTo(7), 9]);
  assert.deepEqual([tooFew.length, tooFew.freezes, tooFew.best], [1, 1, 7], "a freeze that cannot help is kept");
  const two = learn([...upTo(14), 16]);
  assert.deepEqual([two.length, two.freezes], [15, 0]);
});

Deno.test("[G6] how a streak stands: open today, frozen, broken; nothing is spent before the learner is back", () => {
  const zone = "Europe/Lisbon";
  const days = noons(zone, "2026-02-02", 7);
  const streak = days.reduce(learnt, NO_STREAK);
  const lastMs = days.at(-1)?.atMs ?? 0;
  const told = [0, 1, 2, 3].map((later) => {
    const { status, length, freezes, freezesDue } = streakAt(streak, lastMs + later * DAY_MS, zone);
    return [status, length, freezes, freezesDue];
  });
  assert.deepEqual(told, [["done_today", 7, 1, 0], ["open_today", 7, 1, 0], ["frozen", 7, 1, 1], ["broken", 0, 1, 0]]);
  assert.equal(streakAt(NO_STREAK, lastMs, zone).status, "none");
});

Deno.test("[G6] an answer that arrives late counts for its day and closes the gap, in whatever order days arrive", () => {
  const days = noons("America/New_York", "2026-10-25", DAYS_KEPT_MAX);
  const arbitrary = fc.tuple(fc.subarray(days), fc.array(fc.nat(), { minLength: 40, maxLength: 40 }));
  fc.assert(fc.property(arbitrary, ([chosen, keys]) => {
    const shuffled = chosen.map((day, i) => ({ day, key: keys[i] ?? 0 })).sort((a, b) => a.key - b.key);
    assert.deepEqual(after(...shuffled.map(({ day }) => day)), after(...chosen));
  }));
});

Deno.test("[B3] a streak of years keeps fourteen days, and goes on as if it kept all", () => {
  const streak = noons("Pacific/Chatham", "2023-01-01", 1_000).reduce(learnt, NO_STREAK);
  assert.equal(streak.latest.length, DAYS_KEPT_MAX);
  assert.deepEqual([runOf(streak).length, runOf(streak).days], [1_000, 1_000]);
});
