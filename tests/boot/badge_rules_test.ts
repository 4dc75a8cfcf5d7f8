/** The shipped badges, and what becomes of a file that holds none. */
import assert from "node:assert/strict";
import { readBadgeRules } from "../../src/boot/badge_rules.ts";

Deno.test("[G3] the shipped badges: at least fifteen, each with a title, a sentence and an id of its own", async () => {
  const rules = await readBadgeRules();
  assert.ok(rules.length >= 15);
  for (const key of ["id", "title", "description"] as const) {
    assert.equal(new Set(rules.map((rule) => rule[key])).size, rules.length, key);
  }
  const kinds = new Set(rules.map(({ criterion }) => criterion.kind === "quest" ? "quest" : criterion.figure));
  for (const kind of ["quest", "quests", "streak_best", "skills_mastered", "right_answers", "sessions"] as const) {
    assert.ok(kinds.has(kind), `none for ${kind}`);
  }
});

Deno.test("[G3] [K3] a file with faults is refused, the fault named", async () => {
  const badge = {
    id: "a",
    title: "A",
    description: "Do a.",
    points: 1,
    criterion: { kind: "reach", figure: "answers", atLeast: 1 },
  };
  const faulty: readonly (readonly [string, RegExp])[] = [
    ["{", /JSON/],
    [JSON.stringify({ badges: [badge, badge] }), /two badges/],
    [JSON.stringify({ badges: [{ ...badge, points: 1.5 }] }), /points/],
    [JSON.stringify({ badges: [{ ...badge, criterion: { kind: "reach", figure: "joy", atLeast: 1 } }] }), /figure/],
    [
      JSON.stringify({ badges: [{ ...badge, criterion: { kind: "reach", figure: "answers", atLeast: 0 } }] }),
      /atLeast/,
    ],
    [JSON.stringify({ badges: [{ ...badge, emotion: "happy" }] }), /emotion/],
  ];
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    for (const [text, fault] of faulty) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(readBadgeRules(new URL(`file://${path}`)), (error: Error) => {
        assert.equal(error.name, "BadBadgesError");
        assert.match(error.message, fault);
        return true;
      });
    }
  } finally {
    await Deno.remove(path);
  }
});
