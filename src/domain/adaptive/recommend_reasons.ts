/** Why an item is recommended, in plain words for the learner. */
import { assertNever } from "../assert_never.ts";
import type { Item } from "../curriculum/course.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import { interestTerm } from "./preference_terms.ts";

/** What an item is to this learner now. */
export type RecommendationKind = "new" | "practice" | "review" | "challenge";

interface Recommended {
  readonly item: Item;
  /** Of its skills. */
  readonly titles: readonly string[];
  readonly kind: RecommendationKind;
  readonly probability: number;
  /** The prediction was the stated prior: see `Prediction`. */
  readonly prior: boolean;
}

function mainReason({ reading }: ChoiceSituation, { kind, item, titles }: Recommended): string {
  const skills = titles.join(", ");
  switch (kind) {
    case "new":
      return `Starts something new: ${
        titles.filter((_, i) => reading.masteryOf(item.skills[i] ?? "").answers === 0).join(", ")
      }.`;
    case "practice":
      return `Goes on with ${skills}, which you have begun.`;
    case "review":
      return `You learnt ${skills} a while ago: a quick check keeps it.`;
    case "challenge":
      return `A challenge in ${skills}: a wrong answer is about as likely as a right one, or likelier.`;
    default:
      return assertNever(kind);
  }
}

/** What the learner's own goals have to do with it; null when nothing. */
function goalReason({ preferences, byId, foundations }: ChoiceSituation, { item }: Recommended): string | null {
  const served = foundations.over(item.skills);
  const goal = preferences.goals.find((id) => served.has(id));
  if (goal === undefined) return null;
  const title = byId.get(goal)?.title ?? goal;
  return item.skills.includes(goal) ? `${title} is one of your goals.` : `It leads to your goal ${title}.`;
}

function presentationReason({ preferences }: ChoiceSituation, { item }: Recommended): string | null {
  const liked = preferences.presentations.find((one) => item.presentations.some(({ modality }) => modality === one));
  return liked === undefined ? null : `It has a ${liked} presentation, as you like.`;
}

/** The main reason first, then what else speaks for it, then what is expected. */
export function recommendationReasons(situation: ChoiceSituation, recommended: Recommended): readonly string[] {
  const { item, probability, prior } = recommended;
  const times = `about ${Math.round(probability * 100)} times in 100`;
  const reasons = [
    mainReason(situation, recommended),
    goalReason(situation, recommended),
    presentationReason(situation, recommended),
    interestTerm(item, situation.preferences) > 0 ? "It is about something that interests you." : null,
    prior || situation.reading.answers === 0
      ? `By a first estimate it is answered right ${times}.`
      : `We expect a right answer from you ${times}.`,
  ];
  return reasons.filter((reason) => reason !== null);
}
