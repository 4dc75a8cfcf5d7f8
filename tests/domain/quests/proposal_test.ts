/** Proposing quests: the shipped templates, for any learner; the ranking, and what its receipt holds. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { readContent } from "../../../src/boot/content.ts";
import { readRatings } from "../../../src/domain/adaptive/ratings_reading.ts";
import { isMasteredSkill } from "../../../src/domain/adaptive/mastered_skills.ts";
import { checkTemplates } from "../../../src/domain/quests/check_templates.ts";
import { applicableQuests } from "../../../src/domain/quests/applicable.ts";
import { type EngagementBoard, engagementOf, withEngagement } from "../../../src/domain/quests/engagement.ts";
import { levelBandOf } from "../../../src/domain/quests/level_band.ts";
import { personalise } from "../../../src/domain/quests/personalise.ts";
import { proposeQuests } from "../../../src/domain/quests/propose.ts";
import { rankQuests } from "../../../src/domain/quests/rank.ts";
import type { QuestSituation } from "../../../src/domain/quests/situation.ts";
import { ACTIVE_MAX, OFFERS_MAX } from "../../../src/domain/quests/state.ts";
import { LEVEL_BANDS, QUEST_KINDS, type QuestTemplate } from "../../../src/domain/quests/template.ts";
import { COURSE } from "../../content/elementary_algebra.ts";

const { questTemplates: TEMPLATES } = await readContent();
const SKILLS = COURSE.skills.map(({ id }) => id);
const NOW_MS = 1_760_000_000_000;
const DAY_MS = 86_400_000;

const situations: fc.Arbitrary<QuestSituation> = fc.record({
  band: fc.constantFrom(...LEVEL_BANDS),
  pace: fc.constantFrom(null, "unhurried" as const, "steady" as const, "brisk" as const),
  interests: fc.subarray(["teaching", "chess", "Fractions", "debate"]),
  overall: fc.record({ ability: fc.double({ min: -4, max: 4, noNaN: true }), answers: fc.nat(500) }),
  practised: fc.dictionary(
    fc.constantFrom(...SKILLS),
    fc.record({ ability: fc.double({ min: -4, max: 4, noNaN: true }), answers: fc.integer({ min: 1, max: 40 }) }),
  ),
  due: fc.subarray(SKILLS),
  goals: fc.subarray(SKILLS, { maxLength: 4 }),
  hasCourse: fc.boolean(),
  isTaught: fc.boolean(),
  taken: fc.subarray(TEMPLATES.map(({ id }) => id), { maxLength: ACTIVE_MAX + OFFERS_MAX - 1 }),
  ended: fc.subarray(TEMPLATES.map(({ id }) => id)),
}).map(({ band, pace, interests, overall, practised, due, goals, hasCourse, isTaught, taken, ended }) => ({
  band,
  pace,
  interests,
  courses: hasCourse
    ? [{ course: COURSE, reading: readRatings({ overall, skills: practised, lastAnswerAtMs: NOW_MS }, []), due, goals }]
    : [],
  taken: new Set(taken),
  endedAtMs: new Map(ended.map((id) => [id, NOW_MS - DAY_MS])),
  isTaught,
  nowMs: NOW_MS,
}));

const NUMBERS = ["None", "One", "Two", "Three", "Four", "Five"];

function plain(templateId: string) {
  return { templateId, kind: "mastery", fit: 1 } as const;
}

Deno.test("[Q9] the shipped templates are at least twenty, of every kind, and without a fault", () => {
  assert.ok(TEMPLATES.length >= 20);
  assert.deepEqual([...new Set(TEMPLATES.map(({ kind }) => kind))].toSorted(), [...QUEST_KINDS].toSorted());
  assert.deepEqual(checkTemplates(TEMPLATES), []);
});

Deno.test("[Q9] every fault of a set of templates is named with its place", () => {
  const [first] = TEMPLATES;
  assert.ok(first);
  const broken: QuestTemplate = {
    ...first,
    id: "broken",
    title: "{skil} with a slip",
    subject: { kind: "anything" },
    team: { sizeMin: 2, sizeMax: 3 },
    retries: 2,
    days: 3,
    criteria: [
      {
        id: "a",
        text: "{skill}",
        weight: 1,
        evidence: { kind: "automatic", measure: { kind: "each_skill" }, count: 2 },
      },
      {
        id: "a",
        text: "days",
        weight: 1,
        evidence: { kind: "automatic", measure: { kind: "days", answersMin: 1 }, count: 9 },
      },
      { id: "b", text: "question", weight: 1, evidence: { kind: "keyed" } },
    ],
  };
  const faults = checkTemplates([...TEMPLATES, broken, broken]).map(({ path, message }) => `${path}: ${message}`);
  for (
    const expected of [
      /^broken: is the id of two templates/,
      /^broken: two criteria are called a/,
      /^broken\/title: "skil" is not/,
      /^broken\/criteria\/a: asks for each skill of a quest without skills/,
      /^broken\/criteria\/a: asks for 9 days of 3/,
      /^broken\/criteria\/a: is no count that a team can add up/,
      /^broken\/criteria\/b: cannot be judged for a team/,
    ]
  ) assert.ok(faults.some((fault) => expected.test(fault)), `${expected}\n${faults.join("\n")}`);
  const few = checkTemplates(TEMPLATES.filter(({ kind }) => kind !== "streak"));
  assert.ok(few.some(({ path, message }) => path === "newcomer" && /anyone can take up alone/.test(message)));
});

Deno.test("[Q4] whoever the learner is, whatever they have done and have under way, there is a quest for them", () => {
  fc.assert(
    fc.property(situations, fc.nat(), (situation, seed) => {
      assert.ok(applicableQuests(TEMPLATES, situation).length > 0);
      const { drafts } = proposeQuests(TEMPLATES, situation, {}, { seed, limit: OFFERS_MAX });
      assert.ok(drafts.length > 0);
      for (const draft of drafts) {
        assert.ok(!situation.taken.has(draft.templateId));
        const texts = [draft.title, draft.story, ...draft.criteria.map(({ text }) => text)];
        assert.doesNotMatch(texts.join(" "), /[{}]/, "every placeholder is filled");
        for (const { evidence } of draft.criteria) {
          if (evidence.kind === "automatic") assert.ok(Number.isInteger(evidence.count) && evidence.count >= 1);
          if (evidence.kind === "keyed") {
            const item = COURSE.items.find(({ id }) => id === evidence.question.itemId);
            assert.ok(
              item?.skills.some((skill) => draft.subject.skills.includes(skill)),
              "a question of the quest's skill",
            );
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});

Deno.test("[Q4] a review quest names skills that are due, an exploration skills that are new, a mastery quest one not mastered", () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(situations, (situation) => {
      const [known] = situation.courses;
      for (const { template, subject } of applicableQuests(TEMPLATES, situation)) {
        const ids = subject.skills.map(({ id }) => id);
        if (template.subject.kind === "skills_due") {
          assert.ok(ids.every((id) => known?.due.includes(id)));
        }
        if ("skillsMin" in template.subject) {
          const { skillsMin, skillsMax } = template.subject;
          assert.ok(ids.length >= skillsMin && ids.length <= skillsMax);
          const { story } = personalise({ template, subject, fit: 1 }, situation, () => 0.5);
          const [, told] = story.match(/(\d+|Two|Three|Four|Five) skills/) ?? [];
          assert.ok(told === undefined || [`${ids.length}`, NUMBERS[ids.length]].includes(told), story);
        }
        if (template.subject.kind === "skills_new") {
          assert.ok(ids.every((id) => known?.reading.masteryOf(id).answers === 0));
        }
        if (template.subject.kind === "skill_in_zone") {
          assert.ok(ids.every((id) => known !== undefined && !isMasteredSkill(known.reading.masteryOf(id))));
        }
        met.add(template.id);
      }
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
  const never = TEMPLATES.filter((template) => !met.has(template.id));
  assert.deepEqual(never.map(({ id }) => id), [], "each template suits somebody");
});

Deno.test("[Q12] nobody outside a class is offered what only a teacher judges or only a room brings; debates are for all", () => {
  const outside = new Set<string>();
  fc.assert(
    fc.property(situations, (situation) => {
      const applicable = applicableQuests(TEMPLATES, { ...situation, isTaught: false });
      for (const { template } of applicable) outside.add(template.id);
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
  const withTeacher = [
    "explanation-teach-back",
    "explanation-typical-mistake",
    "explanation-own-item",
    "debate-two-ways",
  ];
  const inRooms = ["collaboration-rooms", "explanation-to-peers"];
  const missing = TEMPLATES.map(({ id }) => id).filter((id) => !outside.has(id));
  assert.deepEqual(missing.toSorted(), [...withTeacher, ...inRooms].toSorted());
});

Deno.test("[Q5] the same seed ranks the same; propensities add up to the number offered and agree with what is drawn", () => {
  const candidates = ["a", "b", "c", "d"].map(plain);
  const board: EngagementBoard = { "a:secure": { accepted: 30, passed: 10, completed: 25, dropped: 5 } };
  const rank = (seed: number) => rankQuests(candidates, board, { band: "secure", seed, limit: 2 });
  const { chosen, considered } = rank(5);
  assert.deepEqual(rank(5), { chosen, considered });
  const sum = considered.reduce((total, { propensity }) => total + propensity, 0);
  assert.ok(Math.abs(sum - 2) < 0.001, `${sum}`);
  assert.ok(chosen.every((place) => (considered[place]?.propensity ?? 0) > 0));
  const rankings = Array.from({ length: 400 }, (_, seed) => rank(seed));
  candidates.forEach((_, place) => {
    const share = rankings.filter((one) => one.chosen.includes(place)).length / rankings.length;
    const told = rankings.reduce((total, one) => total + (one.considered[place]?.propensity ?? 0), 0) / rankings.length;
    assert.ok(Math.abs(share - told) < 0.08, `${place}: ${share} of rankings, told ${told}`);
  });
});

Deno.test("[Q5] what learners take up and complete comes up more; what one band shows informs the others, less than its own", () => {
  let board: EngagementBoard = {};
  for (let i = 0; i < 40; i++) {
    for (const outcome of ["accepted", "completed"] as const) {
      board = withEngagement(board, { templateId: "liked", band: "secure", outcome });
    }
    board = withEngagement(board, { templateId: "passed", band: "secure", outcome: "passed" });
  }
  const mean = (templateId: string, band: "secure" | "newcomer") => {
    const { accept } = engagementOf(board, templateId, band);
    return accept.alpha / (accept.alpha + accept.beta);
  };
  assert.ok(mean("liked", "secure") > 0.9 && mean("passed", "secure") < 0.1);
  assert.ok(mean("liked", "newcomer") > 0.8 && mean("liked", "newcomer") > mean("unknown", "newcomer"));
  const certainty = (band: "secure" | "newcomer") => {
    const { accept } = engagementOf(board, "liked", band);
    return accept.alpha + accept.beta;
  };
  assert.ok(certainty("newcomer") < certainty("secure"), "another band's record weighs as the prior does");
  const rankings = Array.from(
    { length: 200 },
    (_, seed) =>
      rankQuests(["passed", "liked", "unknown"].map(plain), board, { band: "secure", seed, limit: 1 }).chosen[0],
  );
  const times = (place: number) => rankings.filter((chosen) => chosen === place).length;
  assert.ok(times(1) > 150 && times(0) < 10, `liked ${times(1)}, unknown ${times(2)}, passed ${times(0)} of 200`);
});

Deno.test("[Q4] level bands follow from answers given and ability", () => {
  const bands = [[5, 3], [40, -1], [40, 0.5], [40, 2]].map(([answers = 0, ability = 0]) =>
    levelBandOf({ answers, ability })
  );
  assert.deepEqual(bands, ["newcomer", "developing", "secure", "advanced"]);
});
