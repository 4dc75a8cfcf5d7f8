/** Makes a concrete item of an authored one: draws its parameters, works out its key, fills in its texts. */
import type { Item } from "./course.ts";
import { parameterDraw } from "./draw_parameters.ts";
import type { ParameterValues } from "./evaluate_expression.ts";
import { NoValueError } from "./expression_errors.ts";
import { randomFrom } from "../random.ts";
import { renderAnswer, type RenderedAnswer } from "./render_answer.ts";
import type { RenderedItem } from "./rendered_item.ts";
import { fillTemplate } from "./template.ts";

/** How often parameters are drawn before an item is given up; a share of 3 % good draws fails once in 4 million seeds. */
const REDRAWS_MAX = 500;

/** No draw satisfied the item's constraints and kept its options apart. `checkCourse` finds such items beforehand. */
export class NoDrawError extends Error {
  override readonly name = "NoDrawError";

  constructor(readonly itemId: string, reason: string) {
    super(`item "${itemId}" could not be drawn in ${REDRAWS_MAX} tries; at last: ${reason}`);
  }
}

/**
 * The item as one learner meets it; the same item and seed always give the same.
 * @param seed an unsigned 32-bit number
 * @throws NoDrawError, and what expressions throw when the item was never checked
 */
export function renderItem(item: Item, seed: number): RenderedItem {
  const random = randomFrom(seed);
  const attempt = itemDraw(item);
  let reason = "";
  for (let redraw = 0; redraw < REDRAWS_MAX; redraw += 1) {
    const drawn = attempt(seed, random);
    if (typeof drawn !== "string") return drawn;
    reason = drawn;
  }
  throw new NoDrawError(item.id, reason);
}

/** One try at an item: the item, or why these numbers will not do. */
type ItemDraw = (seed: number, random: () => number) => RenderedItem | string;

/** Prepares the tries at an item, so that trying again costs no parsing of its parameters. */
export function itemDraw(item: Item): ItemDraw {
  const draw = parameterDraw(item.parameters, item.constraints);
  return (seed, random) => {
    try {
      const values = draw(random);
      if (values === null) return "a constraint does not hold";
      const answer = renderAnswer(item.answer, values, random);
      return answer === null ? "two options are alike" : fillItem(item, seed, values, answer);
    } catch (error) {
      // A division by zero is these numbers' fault, not the item's: other numbers may do.
      if (!(error instanceof NoValueError)) throw error;
      return error.message;
    }
  };
}

function fillItem(item: Item, seed: number, values: ParameterValues, answer: RenderedAnswer): RenderedItem {
  const fill = (text: string) => fillTemplate(text, values);
  const [nudge, method, nearly] = item.hints;
  return {
    itemId: item.id,
    skills: item.skills,
    difficulty: item.difficulty,
    seed,
    prompt: fill(item.prompt),
    form: answer.form,
    key: answer.key,
    hints: [fill(nudge), fill(method), fill(nearly)],
    explanation: fill(item.explanation),
    presentations: item.presentations.map(({ modality, title, body }) => ({
      modality,
      title: fill(title),
      body: fill(body),
    })),
  };
}
