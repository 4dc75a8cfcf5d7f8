/** Why an item is recommended, in plain words for the learner. */
import { assertNever } from "../assert_never.ts";
import type { Item } from "../curriculum/course.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import { interestTerm } from "./preference_terms.ts";
import type { RecommendationKind } from "./recommend.ts";

interface Recommended {
  readonly item: Item;
  /** Of its skills. */
  readonly titles: readonly string[];
  readonly kind: RecommendationKind;
  readonly probability: number;
  /** The prediction was the stated prior: see `Prediction`. */
  readonly prior: boolean;
}

function mainReason({ kind, titles }: Recommended): string {
  const skills = titles.join(", ");
  switch (kind) {
    case "new":
      return `Starts something new: ${skills}.`;
    case "practice":
      return `Goes on with ${skills}, which you have begun.`;
    case "review":
      return `You learnt ${skills} a while ago: a quick check keeps it.`;
    case "challenge":
      return `A challenge in ${skills}: harder than most of what suits you now.`;
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
    mainReason(recommended),
    goalReason(situation, recommended),
    presentationReason(situation, recommended),
    interestTerm(item, situation.preferences) > 0 ? "It is about something that interests you." : null,
    prior ? `By a first estimate it is answered right ${times}.` : `We expect a right answer from you ${times}.`,
  ];
  return reasons.filter((reason) => reason !== null);
}
