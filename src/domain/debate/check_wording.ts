/** Whether a language model's words may stand in for an authored argument: they say no more than it does. */
import { isCivil } from "../civility/civility.ts";
import { STATEMENT_LENGTH_MAX } from "./limits.ts";
import { sharedStems } from "./words.ts";

const SHARED_STEMS_MIN = 3;
const LINK = /https?:|www\.|@\w/i;
const UNSEEN = /[^\P{C}\n]/u;
/** Claims to be a person. */
const HUMAN = /\b(?:i am|i'm) (?:a |an )?(?:human|person|student|teacher|learner)\b|\bas a (?:human|fellow)\b/i;

function figuresOf(text: string): readonly string[] {
  return text.match(/\p{N}+(?:[.,]\p{N}+)*/gu) ?? [];
}

/** @param answers what the other side said, null when nothing is answered; figures may come from there or the authored text */
export function isFitWording(worded: string, authored: string, answers: string | null): boolean {
  const text = worded.trim();
  const known = new Set([...figuresOf(authored), ...figuresOf(answers ?? "")]);
  return text.length > 0 && text.length <= STATEMENT_LENGTH_MAX && isCivil(text) &&
    !LINK.test(text) && !UNSEEN.test(text) && !HUMAN.test(text) &&
    figuresOf(text).every((figure) => known.has(figure)) &&
    sharedStems(text, authored) >= SHARED_STEMS_MIN;
}
