/** What is refused in an authored course, each fault with its path. */
import assert from "node:assert/strict";
import { checkCourse, FAULTS_MAX, ITEMS_MAX, SKILLS_MAX } from "../../../src/domain/curriculum/check_course.ts";
import type { AuthoredAnswer, Course, Item, Parameter, Skill } from "../../../src/domain/curriculum/course.ts";
import { COURSE, integer, NUMBER_ANSWER, SUM_ITEM, withItem } from "./sample_course.ts";

function skill(id: string, ...prerequisites: readonly string[]): Skill {
  return { id, title: id, description: id, prerequisites };
}

/** The course has exactly the faults at these paths. */
function assertFaults(course: Course, ...paths: readonly string[]): void {
  const faults = checkCourse(course);
  assert.deepEqual(faults.map((fault) => fault.path), paths, JSON.stringify(faults, null, 1));
  for (const fault of faults) assert(fault.message.length > 5, fault.message);
}

function right(id: string, text: string) {
  return { id, text, correct: true };
}

function wrong(id: string, text: string) {
  return { id, text, correct: false };
}

Deno.test("[C1] a sound course has no fault", () => {
  assertFaults(COURSE);
});

Deno.test("[C1] a cycle of prerequisites is refused and named", () => {
  const items = ["a", "b", "c", "d"].map((id) => ({ ...SUM_ITEM, id, skills: [id] }));
  const course = {
    ...COURSE,
    items,
    skills: [skill("a", "c"), skill("b", "a"), skill("c", "b"), skill("d", "d", "a")],
  };
  const messages = checkCourse(course).map((fault) => fault.message);
  assert.deepEqual(messages, [
    "prerequisites go in a circle: a → c → b → a",
    "prerequisites go in a circle: d → d",
  ]);
});

Deno.test("[C1] dangling, repeated and unpractised skills are refused", () => {
  const skills = [skill("adding", "nowhere"), skill("idle", "adding", "adding"), skill("adding")];
  assertFaults(
    { ...withItem({ skills: ["adding", "elsewhere", "adding"] }), skills },
    "skills[2].id",
    "skills[0].prerequisites[0]",
    "skills[1].prerequisites[1]",
    "items[0].skills[1]",
    "items[0].skills[2]",
    "skills[1]",
  );
  assertFaults(withItem({ skills: [] }), "items[0].skills", "skills[0]");
});

Deno.test("[C1] ids, language and empty or oversized texts are refused", () => {
  assertFaults({ ...COURSE, id: "Sums!", title: " ", language: "English" }, "id", "title", "language");
  assertFaults({ ...COURSE, items: [SUM_ITEM, SUM_ITEM] }, "items[1].id");
  assertFaults(withItem({ id: "../x", prompt: "x".repeat(5_000), explanation: "" }), ...[
    "items[0].id",
    "items[0].prompt",
    "items[0].explanation",
  ]);
  assertFaults(withItem({ hints: ["One.", " ", "Three."] }), "items[0].hints[1]");
  assertFaults({ ...COURSE, items: [] }, "items", "skills[0]");
});

Deno.test("[C1] parameters that cannot be drawn are refused", () => {
  const drawn = (parameter: Parameter) => withItem({ parameters: [integer("a", 1, 9), parameter], constraints: [] });
  const step = { kind: "integer", name: "b", exclude: [] } as const;
  assertFaults(drawn({ ...step, min: 3, max: 1, step: 1 }), "items[0].parameters[1]");
  assertFaults(drawn({ ...step, min: 0, max: 1, step: 0 }), "items[0].parameters[1]");
  assertFaults(drawn({ ...step, min: 0, max: 1e9, step: 1 }), "items[0].parameters[1]");
  assertFaults(drawn({ ...step, min: 0, max: Infinity, step: 1 }), "items[0].parameters[1]");
  assertFaults(drawn(integer("b", 1, 2, [1, 2])), "items[0].parameters[1].exclude");
  assertFaults(drawn({ kind: "pick", name: "b", from: [] }), "items[0].parameters[1].from");
  assertFaults(drawn({ kind: "pick", name: "b", from: [1, "two"] }), "items[0].parameters[1].from");
  assertFaults(drawn({ kind: "computed", name: "b", expression: "c + 1" }), "items[0].parameters[1].expression");
  assertFaults(drawn({ kind: "computed", name: "b", expression: "a +" }), "items[0].parameters[1].expression");
  const named = (name: string) => withItem({ parameters: [...SUM_ITEM.parameters, integer(name, 1, 2)] });
  for (const name of ["a", "and", "gcd", "2x", ""]) assertFaults(named(name), "items[0].parameters[2].name");
});

Deno.test("[C1] constraints and texts with unknown names are refused, unsatisfiable ones too", () => {
  assertFaults(withItem({ constraints: ["c > 0", "a >"] }), "items[0].constraints[0]", "items[0].constraints[1]");
  assertFaults(withItem({ constraints: ["a > 9"] }), "items[0].constraints");
  assertFaults(
    withItem({ prompt: "{c}", hints: ["{= d}", "{? e; yes; no}", "{= a"], explanation: "{a:loud}" }),
    "items[0].prompt",
    "items[0].hints[0]",
    "items[0].hints[1]",
    "items[0].hints[2]",
    "items[0].explanation",
  );
});

Deno.test("[C1] what only drawing can show is refused: no value, texts as numbers, clashing signs", () => {
  assertFaults(withItem({ explanation: "{= 1 / (a - a)}" }), "items[0].constraints");
  assertFaults(withItem({ explanation: "{= sqrt(2):frac}" }), "items[0].constraints");
  const who: Parameter = { kind: "pick", name: "who", from: ["Mei", "Ivan"] };
  assertFaults(withItem({ parameters: [...SUM_ITEM.parameters, who], prompt: "{+who}" }), "items[0]");
  assertFaults(withItem({ prompt: "Work out {a} + {b}." }), "items[0]");
});

Deno.test("[C1] unanswerable answers of every kind are refused", () => {
  const cases: readonly (readonly [AuthoredAnswer, ...string[]])[] = [
    [{ kind: "choice", shuffle: true, options: [right("x", "1"), right("y", "2")] }, "options"],
    [{ kind: "choice", shuffle: true, options: [wrong("x", "1"), wrong("y", "2")] }, "options"],
    [{ kind: "choice", shuffle: true, options: [right("x", "1"), wrong("x", "1")] }, ...[
      "options[1].id",
      "options[1].text",
    ]],
    [{ kind: "choices", shuffle: true, options: [wrong("x", "1"), wrong("y", "2")] }, "options"],
    [{ kind: "choices", shuffle: true, options: [right("x", "1")] }, "options"],
    [{ kind: "number", value: "z", tolerance: -1, unit: null, factors: { cm: 1 } }, "value", "tolerance", "factors"],
    [{ kind: "number", value: "a", tolerance: 0, unit: "2m", factors: { "": 1, cm: 0 } }, ...[
      `factors[""]`,
      `factors["cm"]`,
      "unit",
    ]],
    [{ kind: "text", accepted: [] }, "accepted"],
    [{ kind: "text", accepted: ["{z}", ""] }, "accepted[0]", "accepted[1]"],
    [{ kind: "ordering", entries: [{ id: "x", text: "1" }] }, "entries"],
    [{ kind: "ordering", entries: [{ id: "x", text: "1" }, { id: "x", text: "{z}" }] }, ...[
      "entries[1].text",
      "entries[1].id",
    ]],
    [{ kind: "matching", pairs: [{ left: "1", right: "2" }, { left: "1", right: "" }] }, ...[
      "pairs[1].right",
      "pairs[1].left",
    ]],
  ];
  for (const [answer, ...paths] of cases) {
    assertFaults(withItem({ answer }), ...paths.map((path) => `items[0].answer.${path}`));
  }
  assertFaults(withItem({ answer: { kind: "text", accepted: ["{a}"] } }));
  assertFaults(withItem({ answer: NUMBER_ANSWER, difficulty: 6 as Item["difficulty"] }), "items[0].difficulty");
});

Deno.test("[C1] options that always come out alike are refused", () => {
  const options = [right("x", "{a}"), wrong("y", "{= a + 0}")];
  assertFaults(withItem({ answer: { kind: "choice", shuffle: true, options } }), "items[0].constraints");
});

Deno.test("[C1] an item whose numbers rarely fit is refused with the share that does; one in ten is enough", () => {
  const among = (count: number): Item => ({
    ...SUM_ITEM,
    parameters: [integer("a", 1, count), integer("b", 0, 9)],
    constraints: ["a < 2"],
  });
  assertFaults(withItem(among(100)), "items[0].constraints");
  assertFaults(withItem(among(60)), "items[0].constraints");
  assertFaults(withItem(among(10)));
});

Deno.test("[C1] skills, items and faults are bounded", () => {
  const skills = Array.from({ length: SKILLS_MAX + 1 }, (_, index) => skill(`s${index}`));
  assertFaults({ ...COURSE, skills }, "skills");
  const items = Array.from({ length: ITEMS_MAX + 1 }, (_, index) => ({ ...SUM_ITEM, id: `i${index}`, prompt: "" }));
  const faults = checkCourse({ ...COURSE, items });
  assert.equal(faults.length, FAULTS_MAX);
  assert(faults.some((fault) => fault.path === "items"));
});
