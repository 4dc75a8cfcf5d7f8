/** Finds what makes an authored item unanswerable, first by reading it, then by drawing it. */
import { checkAnswer } from "./check_answer.ts";
import { checkParameters } from "./check_parameters.ts";
import { checkTemplate } from "./check_template.ts";
import { checkId } from "./check_text.ts";
import type { CourseFault, Item } from "./course.ts";
import { ExpressionSyntaxError, ExpressionTypeError, UnknownNameError } from "./expression_errors.ts";
import { randomFrom } from "../random.ts";
import { itemDraw, NoDrawError, renderItem } from "./render_item.ts";
import type { RenderedItem } from "./rendered_item.ts";

/** Seeds that each item is drawn from; an item that lacks a draw on one of them will fail some learner. */
const SEEDS_CHECKED: readonly number[] = [0, 1, 2, 3, 5, 8, 13, 21];
/**
 * Single draws, one a seed, by which the share of good draws is judged; an item that draws well is done after
 * {@link GOOD_DRAWS_MIN}. One item in a million with 2 % good draws passes, and one in sixty with 3 %; at that share
 * `renderItem` still finds a draw for all but one in 4 million seeds.
 */
const DRAWS_JUDGED = 1_500;
const GOOD_DRAWS_MIN = 60;
const PRESENTATIONS_MAX = 8;

/** Every fault of one item; it is drawn only when it reads well. */
export function checkItem(item: Item, path: string, skills: ReadonlySet<string>): readonly CourseFault[] {
  const known = new Set(item.parameters.map((parameter) => parameter.name));
  const faults = [
    ...checkId(item.id, `${path}.id`),
    ...checkPlace(item, path, skills),
    ...checkParameters(item, path),
    ...checkAnswer(item.answer, known, `${path}.answer`),
    ...textsOf(item, path).flatMap(([at, text]) => checkTemplate(text, known, at)),
  ];
  return faults.length > 0 ? faults : checkDraws(item, path);
}

function checkPlace(item: Item, path: string, skills: ReadonlySet<string>): readonly CourseFault[] {
  const faults: CourseFault[] = [];
  if (item.skills.length === 0) faults.push({ path: `${path}.skills`, message: "names no skill" });
  for (const [index, id] of item.skills.entries()) {
    const at = `${path}.skills[${index}]`;
    if (!skills.has(id)) faults.push({ path: at, message: `there is no skill "${id}"` });
    if (item.skills.indexOf(id) < index) faults.push({ path: at, message: `"${id}" is named twice` });
  }
  if (![1, 2, 3, 4, 5].includes(item.difficulty)) {
    faults.push({ path: `${path}.difficulty`, message: "is not a whole number from 1 to 5" });
  }
  if (item.hints.length !== 3) {
    faults.push({ path: `${path}.hints`, message: "are not three: a nudge, the method, nearly the answer" });
  }
  if (item.presentations.length > PRESENTATIONS_MAX) {
    faults.push({ path: `${path}.presentations`, message: `are more than ${PRESENTATIONS_MAX}` });
  }
  return faults;
}

function textsOf(item: Item, path: string): readonly (readonly [string, string])[] {
  return [
    [`${path}.prompt`, item.prompt],
    ...item.hints.map((hint, index) => [`${path}.hints[${index}]`, hint] as const),
    [`${path}.explanation`, item.explanation],
    ...item.presentations.flatMap(({ title, body }, index) =>
      [
        [`${path}.presentations[${index}].title`, title],
        [`${path}.presentations[${index}].body`, body],
      ] as const
    ),
  ];
}

function checkDraws(item: Item, path: string): readonly CourseFault[] {
  for (const seed of SEEDS_CHECKED) {
    const faults = faultsOfDraw(path, seed, () => checkSigns(renderItem(item, seed), path));
    // One seed's faults are most likely the next one's too.
    if (faults.length > 0) return faults;
  }
  return checkShare(item, path);
}

/** Refuses an item whose numbers rarely fit: for some learner none would be found. */
function checkShare(item: Item, path: string): readonly CourseFault[] {
  const draw = itemDraw(item);
  let good = 0;
  for (let seed = 0; seed < DRAWS_JUDGED && good < GOOD_DRAWS_MIN; seed += 1) {
    const faults = faultsOfDraw(path, seed, () => {
      if (typeof draw(seed, randomFrom(seed)) !== "string") good += 1;
      return [];
    });
    if (faults.length > 0) return faults;
  }
  if (good >= GOOD_DRAWS_MIN) return [];
  const message = `only ${good} of ${DRAWS_JUDGED} draws fit; choose parameters of which 10 in 100 do, ` +
    "for instance by computing one from the others";
  return [{ path: `${path}.constraints`, message }];
}

/** What `draw` finds, or the fault of the item's that stopped it. */
function faultsOfDraw(path: string, seed: number, draw: () => readonly CourseFault[]): readonly CourseFault[] {
  try {
    return draw();
  } catch (error) {
    if (error instanceof NoDrawError) {
      return [{ path: `${path}.constraints`, message: `${error.message} (seed ${seed})` }];
    }
    const authored = error instanceof ExpressionTypeError || error instanceof UnknownNameError ||
      error instanceof ExpressionSyntaxError;
    if (authored) return [{ path, message: `${error.message} (seed ${seed})` }];
    throw error;
  }
}

/** `x + -3` slips in wherever an author forgot that a parameter can be negative. */
function checkSigns(drawn: RenderedItem, path: string): readonly CourseFault[] {
  const texts = [drawn.prompt, ...drawn.hints, drawn.explanation, ...drawn.presentations.map((one) => one.body)];
  const clash = texts.map((text) => /[^\n]{0,20}[-+] ?-\d/.exec(text)?.[0]).find((found) => found !== undefined);
  return clash === undefined ? [] : [{
    path,
    message: `drawn from seed ${drawn.seed} it reads "${clash}"; write {+b} for a signed term or {b:paren}`,
  }];
}
