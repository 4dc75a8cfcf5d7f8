/** Reads a judgement that a language model drafted: all of it holds, or it is none. */
import { isCivil } from "../civility/civility.ts";
import { isPlainLine } from "../plain_line.ts";
import { CRITERIA, type Criterion, type CriterionScore, isScore, type Quote, type Rubric, rubricOf } from "./rubric.ts";
import type { Statement } from "./state.ts";

const WHY_LENGTH_MAX = 300;
const QUOTES_MAX = 3;

export type DraftReading =
  | { readonly kind: "rubric"; readonly rubric: Rubric }
  | { readonly kind: "faulty"; readonly reason: string };

type Fields = { readonly [name: string]: unknown };

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Where the learner said it, letter for letter; null when they never did. */
function found(quote: unknown, own: readonly Statement[]): Quote | null {
  if (typeof quote !== "string" || quote.trim() === "") return null;
  const statement = own.find(({ text }) => text.includes(quote));
  return statement === undefined ? null : { statement: statement.number, quote };
}

function scoreOf(criterion: Criterion, drafted: unknown, own: readonly Statement[]): CriterionScore | string {
  if (!isFields(drafted)) return `${criterion} is not judged`;
  const { score, quotes, why } = drafted;
  if (!isScore(score)) return `the score of ${criterion} is none of 0 to 4`;
  if (!Array.isArray(quotes) || quotes.length > QUOTES_MAX) return `${criterion} has no list of at most 3 quotes`;
  const grounds = quotes.map((quote) => found(quote, own));
  const sound = grounds.filter((one) => one !== null);
  if (sound.length < grounds.length) return `${criterion} quotes what the learner did not say`;
  if (score > 0 && sound.length === 0) return `${criterion} is judged without a quote`;
  const isTold = typeof why === "string" && why.length <= WHY_LENGTH_MAX && isPlainLine(why) && isCivil(why);
  return isTold ? { score, grounds: sound, why } : `${criterion} says no reason that can be shown`;
}

/** @param own the learner's statements, from which every quote must come */
export function readDraft(text: string, own: readonly Statement[]): DraftReading {
  const drafted = parsed(text);
  if (!isFields(drafted)) return { kind: "faulty", reason: "it is no JSON object" };
  const scores = new Map<Criterion, CriterionScore>();
  for (const criterion of CRITERIA) {
    const score = scoreOf(criterion, Object.hasOwn(drafted, criterion) ? drafted[criterion] : null, own);
    if (typeof score === "string") return { kind: "faulty", reason: score };
    scores.set(criterion, score);
  }
  const missing: CriterionScore = { score: 0, grounds: [], why: "" };
  return { kind: "rubric", rubric: rubricOf((criterion) => scores.get(criterion) ?? missing) };
}
