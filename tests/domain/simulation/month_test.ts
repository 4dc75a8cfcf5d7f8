/** A month of a small class, played by the engine's own rules. */
import assert from "node:assert/strict";
import { readContent } from "../../../src/boot/content.ts";
import type { ActiveQuest } from "../../../src/domain/quests/quest.ts";
import { Agenda } from "../../../tools/month/agenda.ts";
import { completionCurves, faultsOf, quantilesOf, templateResults } from "../../../tools/month/month_figures.ts";
import { readMonthOptions } from "../../../tools/month/month_options.ts";
import { drawCompletionCurves, drawDays, drawPoints, drawTemplates } from "../../../tools/month/month_plots.ts";
import { MonthRecord } from "../../../tools/month/month_record.ts";
import { monthJson, monthTable } from "../../../tools/month/month_report.ts";
import { playMonth } from "../../../tools/month/play_month.ts";
import { chainCourse } from "../adaptive/practice_course.ts";

const { badges, questTemplates: templates } = await readContent();
const PARTS = { course: chainCourse(["a", "b", "c", "d"], 6, "fresh"), templates, badges };
const TEMPLATE_IDS = templates.map(({ id }) => id);
const DAY_MS = 86_400_000;

Deno.test("[P4] in a month nobody is without a quest, books balance, nothing is paid twice, and a seed says it all", async () => {
  const seed = 11;
  const [first, second] = [await playMonth({ ...PARTS, seed }, 4), await playMonth({ ...PARTS, seed }, 4)];
  assert.deepEqual(faultsOf(first), { withoutQuest: 0, unbalanced: 0, unaccounted: 0, paidTwice: 0 });
  const subject = { learners: 4, seed, templateIds: TEMPLATE_IDS };
  assert.equal(monthJson(subject, first), monthJson(subject, second));
  const worked = first.learners.filter(({ answers }) => answers > 0);
  assert.ok(worked.length > 0 && first.quests.some(({ end }) => end?.outcome === "completed"), `seed ${seed}`);
  assert.match(monthTable(subject, first), /without a quest to take up: 0; books unbalanced: 0/);
  const results = templateResults(first, TEMPLATE_IDS);
  for (const svg of [drawCompletionCurves(first), drawDays(first), drawPoints(first), drawTemplates(results)]) {
    assert.match(svg, /^<svg /);
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  }
});

Deno.test("[P4] learners meet others too: debates, rooms and explanations are offered as quests, and happen", async () => {
  const record = await playMonth({ ...PARTS, seed: 5 }, 12);
  const offered = templateResults(record, TEMPLATE_IDS).filter(({ offered }) => offered > 0).map((one) =>
    one.templateId
  );
  for (const id of ["debate-first-word", "collaboration-rooms", "explanation-to-peers"]) {
    assert.ok(offered.includes(id), id);
  }
  const held = new Set(record.learners.flatMap((learner) => learner.badges));
  assert.ok(held.has("first-debate") && held.has("side-by-side"), [...held].join());
});

Deno.test("[P4] what should never happen in a month is counted when it does", () => {
  const record = new MonthRecord(0);
  const paid = { type: "points_awarded", entryId: "quests.q1", account: "quests", cause: "q1", amount: 5 } as const;
  record.took("ada", { ...paid, balance: 5, level: 1 }, 0);
  record.took("ada", { ...paid, balance: 10, level: 1 }, 1);
  const figures = { points: 5, level: 1, badges: [], streakBest: 0, answers: 0, questsCompleted: 0, stateBytes: 2 };
  record.learners = [{ ...figures, pointsPaid: 10, imbalance: 5, applicableMin: 0 }];
  assert.deepEqual(faultsOf(record), { withoutQuest: 1, unbalanced: 1, unaccounted: 1, paidTwice: 1 });
});

function taken(id: string, acceptedAtMs: number): ActiveQuest {
  const quest = {
    id,
    templateId: "t",
    kind: "mastery",
    title: "",
    story: "",
    band: "newcomer",
    subject: { courseId: null, skills: [] },
    team: null,
    criteria: [],
    threshold: 1,
    points: 10,
    badges: [],
    lastsMs: 7 * DAY_MS,
    retries: 0,
    offerEndsAtMs: acceptedAtMs,
  } as const;
  const deadlineMs = acceptedAtMs + quest.lastsMs;
  return {
    quest,
    acceptedAtMs,
    deadlineMs,
    timeZone: null,
    teamId: null,
    phase: { kind: "open" },
    attempts: 0,
    tallies: {},
    keyed: {},
  };
}

Deno.test("[P4] completion curves hold only quests whose whole time lies within the month", () => {
  const record = new MonthRecord(0);
  for (const [id, day] of [["q1", 0], ["q2", 1], ["q3", 25]] as const) {
    record.took("ada", { type: "quest_accepted", accepted: taken(id, day * DAY_MS), by: "offer" }, day * DAY_MS);
  }
  const ended = { templateId: "t", questKind: "mastery", band: "newcomer", title: "", teamId: null } as const;
  const completed = { type: "quest_completed", score: 1, results: [], comment: "", points: 10, badges: [] } as const;
  record.took("ada", { ...completed, ...ended, questId: "q1", atMs: 3 * DAY_MS }, 3 * DAY_MS);
  record.took("ada", { ...completed, ...ended, questId: "q3", atMs: 26 * DAY_MS }, 26 * DAY_MS);
  record.close([], 30 * DAY_MS);
  const [curve] = completionCurves(record);
  assert.deepEqual(curve?.shares.slice(0, 5), [0, 0, 0, 0.5, 0.5]);
  assert.deepEqual(
    templateResults(record, ["t", "never"]).map(({ whole, completedShare }) => [whole, completedShare]),
    [
      [2, 0.5],
      [0, null],
    ],
  );
});

Deno.test("[P4] an agenda keeps to time, and at one time to the order of asking", async () => {
  const agenda = new Agenda(0);
  const seen: string[] = [];
  const note = (name: string) => () => {
    seen.push(`${name} ${agenda.nowMs}`);
    return Promise.resolve();
  };
  agenda.at(20, note("c"));
  agenda.at(10, note("a"));
  agenda.at(10, async () => {
    await note("b")();
    agenda.at(5, note("late"));
  });
  agenda.at(30, note("beyond"));
  await agenda.run(30);
  assert.deepEqual(seen, ["a 10", "b 10", "late 10", "c 20"]);
});

Deno.test("[P4] quantiles run from the least to the most", () => {
  assert.deepEqual(quantilesOf([5, 1, 3, 4, 2]), [1, 1, 2, 3, 4, 5, 5]);
});

Deno.test("[P4] an option of the month that cannot be followed is refused in words", () => {
  const { learners, seed, out, output } = readMonthOptions(["--learners", "7", "--json"]);
  assert.deepEqual({ learners, seed, out, output }, { learners: 7, seed: 2026, out: null, output: "json" });
  for (const args of [["--learners", "0"], ["--seed", "1.5"], ["--unknown"]]) {
    assert.throws(() => readMonthOptions(args), { name: "MonthUsageError" });
  }
});
