/** The elementary algebra course as learners meet it: every item on two hundred seeds. */
import assert from "node:assert/strict";
import { answerInWords } from "../../src/domain/curriculum/answer_in_words.ts";
import { checkCourse } from "../../src/domain/curriculum/check_course.ts";
import { grade } from "../../src/domain/curriculum/grade.ts";
import { formatNumber } from "../../src/domain/curriculum/number_text.ts";
import type { AnswerKey, RenderedItem, Response } from "../../src/domain/curriculum/rendered_item.ts";
import { WAYS_TO_WRITE } from "../domain/curriculum/ways_to_write.ts";
import { COURSE, drawn, placeOf, textsOf } from "./elementary_algebra.ts";

const EVERY = () => true;

Deno.test("[C1] elementary algebra has no fault", () => {
  assert.deepEqual(checkCourse(COURSE), []);
});

Deno.test("[C1] elementary algebra offers each skill at every difficulty, and every kind of answer", () => {
  for (const { id } of COURSE.skills) {
    const items = COURSE.items.filter((item) => item.skills.includes(id));
    assert(items.length >= 6, `${id} has ${items.length} items`);
    assert(new Set(items.map((item) => item.difficulty)).size >= 4, `${id} leaps between difficulties`);
    assert(items.some((item) => item.difficulty === 1) && items.some((item) => item.difficulty === 5), id);
    assert(items.some((item) => item.presentations.length > 0), `${id} is shown in one way only`);
  }
  const kinds = new Set(COURSE.items.map((item) => item.answer.kind));
  assert.deepEqual([...kinds].sort(), ["choice", "choices", "matching", "number", "ordering", "text"]);
  const modalities = new Set(COURSE.items.flatMap((item) => item.presentations.map((one) => one.modality)));
  assert.deepEqual([...modalities].sort(), ["auditory", "kinesthetic", "text", "visual"]);
});

/** What no drawn text may hold, whatever its numbers. */
const BLOTS: { readonly [blot: string]: RegExp } = {
  "clashing signs": /[-+] ?-\d|--\d/,
  "a coefficient of one": /(?<![\d.^}])1[a-z](?![a-z])/,
  "a coefficient of zero": /(?<![\d.,])0[a-z](?![a-z])/,
  "a sum with zero": /[-+] 0(?![\d.])/,
  "endless decimals": /\d\.\d{5}/,
  "a denominator of one": /\\frac\{[^{}]*\}\{1\}/,
  "one of many": /(?<![\d.,\/] ?)\b1 (coins|steps|cards|envelopes|points|metres|hours|days|weeks)\b/,
  "an unfilled placeholder": /NaN|Infinity|undefined|\{=|\{\?|\{\+/,
  "stray spaces": / {2}| [.,;!?]( |$)/,
};

Deno.test("[C2] every drawn text of elementary algebra is neatly written", () => {
  const faults = new Map<string, string>();
  for (const item of drawn(EVERY)) {
    for (const text of textsOf(item)) {
      const prose = text.replace(/```[\s\S]*?```/g, "");
      const blot = Object.keys(BLOTS).find((name) => BLOTS[name]?.test(prose)) ??
        (oddDollars(text) || !balanced(text) ? "unpaired $ or braces" : undefined);
      if (blot !== undefined) faults.set(`${item.itemId}: ${blot}`, `seed ${item.seed}: ${text}`);
    }
  }
  assert.deepEqual([...faults], []);
});

Deno.test("[C3] every key of elementary algebra grades right, every other option wrong", () => {
  for (const item of drawn(EVERY)) {
    assert.deepEqual(
      grade(item.key, item.form, rightResponse(item.key)),
      { kind: "graded", correct: true, score: 1 },
      placeOf(item),
    );
    for (const response of wrongResponses(item)) {
      const graded = grade(item.key, item.form, response);
      assert(graded.kind === "graded" && !graded.correct && graded.score < 1, placeOf(item));
    }
  }
});

Deno.test("[C3] every typed answer of elementary algebra is right in every usual way to write it", () => {
  const seen = new Set<string>();
  for (const item of drawn((authored) => authored.answer.kind === "text")) {
    if (item.key.kind !== "text") continue;
    seen.add(item.itemId);
    for (const accepted of item.key.accepted) {
      for (const way of WAYS_TO_WRITE) {
        const graded = grade(item.key, item.form, { kind: "text", text: way(accepted) });
        assert(graded.kind === "graded" && graded.correct, `${way(accepted)}, ${placeOf(item)}`);
      }
    }
  }
  assert(seen.size >= 9, [...seen].join(", "));
});

Deno.test("[C3] where elementary algebra asks for a fraction, the answer shown and the explanation are one", () => {
  const seen = new Set<string>();
  for (const item of drawn((authored) => /a fraction|fraction of/.test(authored.prompt))) {
    if (item.key.kind !== "number") continue;
    seen.add(item.itemId);
    const shown = answerInWords(item.key, item.form);
    assert.match(shown, /^-?\d+(\/\d+)?$/, placeOf(item));
    const inTex = shown.replace(/(\d+)\/(\d+)/, "\\frac{$1}{$2}");
    const { explanation } = item;
    assert(explanation.includes(inTex) || /\d\\frac/.test(explanation), `${shown}: ${explanation}, ${placeOf(item)}`);
  }
  assert(seen.size >= 7, [...seen].join(", "));
});

Deno.test("[E3] the first two hints of elementary algebra do not give the number away", () => {
  const given = new Map<string, string>();
  for (const item of drawn((authored) => authored.answer.kind === "number")) {
    if (item.key.kind !== "number") continue;
    const answer = formatNumber(item.key.value);
    if (answer.replace(/\D/g, "").length < 2) continue;
    for (const hint of item.hints.slice(0, 2)) {
      const numbers: readonly string[] = hint.match(/(?<![\d.])-?\d+(\.\d+)?/g) ?? [];
      if (numbers.includes(answer)) given.set(item.itemId, `seed ${item.seed}, answer ${answer}: ${hint}`);
    }
  }
  assert.deepEqual([...given], []);
});

function oddDollars(text: string): boolean {
  return (text.match(/\$/g) ?? []).length % 2 === 1;
}

function balanced(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === "{") open += 1;
    if (character === "}") open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}

function rightResponse(key: AnswerKey): Response {
  switch (key.kind) {
    case "number":
      return { kind: "number", value: key.value, unit: key.unit };
    case "text":
      return { kind: "text", text: ` ${(key.accepted[0] ?? "").toUpperCase().replaceAll(" ", "")} ` };
    case "choice":
    case "choices":
    case "ordering":
    case "matching":
      return key;
  }
}

function wrongResponses(item: RenderedItem): readonly Response[] {
  const { key, form } = item;
  if (key.kind === "choice" && form.kind === "choice") {
    return form.options.filter((option) => option.id !== key.option)
      .map((option) => ({ kind: "choice", option: option.id }));
  }
  if (key.kind === "choices" && form.kind === "choices") {
    return form.options.filter((option) => !key.options.includes(option.id))
      .map((option) => ({ kind: "choices", options: [...key.options, option.id] }));
  }
  if (key.kind === "ordering") return [{ kind: "ordering", order: key.order.toReversed() }];
  if (key.kind === "number") {
    return [key.value + 1, key.value - 1, key.value + 100]
      .map((value) => ({ kind: "number", value, unit: key.unit }));
  }
  if (key.kind === "text") return [{ kind: "text", text: `${key.accepted[0] ?? ""} 7` }];
  return [];
}
