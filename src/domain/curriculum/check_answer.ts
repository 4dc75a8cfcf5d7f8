/** Checks that an authored answer has a key, and only one reading. */
import { assertNever } from "../assert_never.ts";
import { checkExpression } from "./check_parameters.ts";
import { checkTemplate } from "./check_template.ts";
import type { AuthoredAnswer, AuthoredOption, CourseFault } from "./course.ts";
import { OPTIONS_MAX } from "./render_answer.ts";

const ACCEPTED_MAX = 50;
const UNITS_MAX = 10;

export function checkAnswer(
  answer: AuthoredAnswer,
  known: ReadonlySet<string>,
  path: string,
): readonly CourseFault[] {
  switch (answer.kind) {
    case "choice":
    case "choices":
      return checkOptions(answer.kind, answer.options, known, `${path}.options`);
    case "number":
      return [...checkExpression(answer.value, known, `${path}.value`), ...checkUnits(answer, path)];
    case "text":
      return [
        ...checkCount(answer.accepted.length, 1, ACCEPTED_MAX, `${path}.accepted`),
        ...checkTemplates(answer.accepted, known, `${path}.accepted`, ""),
      ];
    case "ordering":
      return [
        ...checkCount(answer.entries.length, 2, OPTIONS_MAX, `${path}.entries`),
        ...checkTemplates(answer.entries.map((entry) => entry.text), known, `${path}.entries`, ".text"),
        ...repeats(answer.entries.map((entry) => entry.id), `${path}.entries`, ".id"),
        ...repeats(answer.entries.map((entry) => entry.text), `${path}.entries`, ".text"),
      ];
    case "matching":
      return [
        ...checkCount(answer.pairs.length, 2, OPTIONS_MAX, `${path}.pairs`),
        ...checkTemplates(answer.pairs.map((pair) => pair.left), known, `${path}.pairs`, ".left"),
        ...checkTemplates(answer.pairs.map((pair) => pair.right), known, `${path}.pairs`, ".right"),
        ...repeats(answer.pairs.map((pair) => pair.left), `${path}.pairs`, ".left"),
      ];
    default:
      return assertNever(answer);
  }
}

function checkOptions(
  kind: "choice" | "choices",
  options: readonly AuthoredOption[],
  known: ReadonlySet<string>,
  path: string,
): readonly CourseFault[] {
  const right = options.filter((option) => option.correct).length;
  const faults = [
    ...checkCount(options.length, 2, OPTIONS_MAX, path),
    ...checkTemplates(options.map((option) => option.text), known, path, ".text"),
    ...repeats(options.map((option) => option.id), path, ".id"),
    ...repeats(options.map((option) => option.text), path, ".text"),
  ];
  if (kind === "choice" && right !== 1) faults.push({ path, message: `has ${right} right options; a choice has one` });
  if (kind === "choices" && right === 0) faults.push({ path, message: "has no right option" });
  return faults;
}

function checkUnits(answer: Extract<AuthoredAnswer, { kind: "number" }>, path: string): readonly CourseFault[] {
  const factors = Object.entries(answer.factors);
  const faults = factors.flatMap(([unit, factor]) => {
    const sound = isUnit(unit) && unit !== answer.unit && Number.isFinite(factor) && factor > 0;
    const message = "needs a unit of its own, up to 32 characters beginning with no digit, and a factor above 0";
    return sound ? [] : [{ path: `${path}.factors[${JSON.stringify(unit.slice(0, 32))}]`, message }];
  });
  if (!Number.isFinite(answer.tolerance) || answer.tolerance < 0) {
    faults.push({ path: `${path}.tolerance`, message: "is not a finite number of at least 0" });
  }
  if (answer.unit !== null && !isUnit(answer.unit)) {
    faults.push({ path: `${path}.unit`, message: "is no unit; begin with no digit, up to 32 characters" });
  }
  if (answer.unit === null && factors.length > 0) {
    faults.push({ path: `${path}.factors`, message: "turn units into none; name the unit of the value" });
  }
  return [...faults, ...checkCount(factors.length, 0, UNITS_MAX, `${path}.factors`)];
}

/** What `parseNumber` can tell from the digits before it. */
function isUnit(unit: string): boolean {
  return /^[^\d\s.,/].{0,31}$/u.test(unit) && unit.trim() === unit;
}

function checkCount(count: number, least: number, most: number, path: string): readonly CourseFault[] {
  if (count >= least && count <= most) return [];
  return [{ path, message: `has ${count} entries; ${least} to ${most} are allowed` }];
}

function checkTemplates(
  texts: readonly string[],
  known: ReadonlySet<string>,
  path: string,
  field: string,
): readonly CourseFault[] {
  return texts.flatMap((text, index) => checkTemplate(text, known, `${path}[${index}]${field}`));
}

function repeats(values: readonly string[], path: string, field: string): readonly CourseFault[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [{ path: `${path}[${index}]${field}`, message: `repeats ${path}[${values.indexOf(value)}]${field}` }]
      : []
  );
}
