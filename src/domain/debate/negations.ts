/** Whether two texts deny the same: the same negating words, each of the same thing. */
import { stemsOf } from "./words.ts";

const NEGATION =
  /\b(?:not|no|never|none|nobody|nothing|nowhere|nor|neither|cannot|nope|without|hardly|scarcely|barely|seldom|rarely|little|few|zero|lack\w*|missing|stop(?:s|ped|ping)?|ceas(?:e|es|ed|ing)|avoid\w*|prevent\w*|quit(?:s|ting)?)\b|n't\b/g;
/** What ends the part of a sentence that a negation denies. */
const SCOPE_END = /[,;:.!?()]|\b(?:because|since|while|whereas|when|if|so|therefore)\b/;
/** Forms of one word. */
const SAME: { readonly [word: string]: string } = { "n't": "not", cannot: "not", none: "no" };

interface Negation {
  readonly word: string;
  /** Stems of what it denies, in order. */
  readonly denied: readonly string[];
}

/** @param plain in lower case, with straight apostrophes */
function negationsIn(plain: string): readonly Negation[] {
  const found = [...plain.matchAll(NEGATION)];
  return found.map(({ 0: word, index }, i) => {
    const behind = plain.slice(index + word.length, found[i + 1]?.index);
    const [scope = ""] = behind.split(SCOPE_END);
    return { word: SAME[word] ?? word, denied: stemsOf(scope) };
  });
}

/** What of its scope a negation is sure to deny: its beginning, where it stands right before that, or its end. */
const POINTS: { readonly [word: string]: (denied: readonly string[]) => readonly (string | undefined)[] } = {
  without: ([first]) => [first],
  not: (denied) => [denied[0], denied.at(-1)],
  no: (denied) => [denied[0], denied.at(-1)],
};

function denies(said: Negation, { word, denied }: Negation): boolean {
  if (said.word !== word) return false;
  const points = POINTS[word]?.(denied) ?? [denied.at(-1)];
  const told = word === "without" ? said.denied.slice(0, 1) : said.denied;
  return points.some((point) => point === undefined || told.includes(point));
}

function wordsOf(negations: readonly Negation[]): string {
  return negations.map(({ word }) => word).sort().join(" ");
}

/** Whether both texts, in lower case, have the same negations, in whatever order, and each has one for each of the other. */
export function deniesTheSame(said: string, meant: string): boolean {
  const [told, authored] = [negationsIn(said), negationsIn(meant)];
  return wordsOf(told) === wordsOf(authored) &&
    authored.every((negation) => told.some((other) => denies(other, negation)));
}
