/** Why somebody was put into a group, in words that rest on nothing but themselves. */
import type { SkillStanding } from "./search.ts";
import type { Wish } from "./messages.ts";

/** A skill known surely enough to explain it to others. */
const BRINGS_PROBABILITY_MIN = 0.75;
const NAMED_MAX = 2;

function listed(titles: readonly string[]): string {
  return titles.length < 2 ? titles.join("") : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
}

/** What they know best, as far as that is sure. */
function strengths(standing: readonly SkillStanding[]): readonly string[] {
  return standing
    .filter(({ probability, error }) => probability - error >= BRINGS_PROBABILITY_MIN)
    .sort((a, b) => b.probability - b.error - (a.probability - a.error) || (a.title < b.title ? -1 : 1))
    .slice(0, NAMED_MAX)
    .map(({ title }) => title);
}

/**
 * To one member. Nothing about another goes in but that they are there, so nobody can read another's mastery out of it;
 * which of them knows what, they find out by talking.
 */
export function explainMatch(
  { wish, standing }: { readonly wish: Pick<Wish, "skills">; readonly standing: readonly SkillStanding[] },
  size: number,
): string {
  const wished = standing.filter(({ skillId }) => wish.skills.includes(skillId)).map(({ title }) => title);
  const brought = strengths(standing);
  const asked = wished.length === 0
    ? "You asked for somebody to learn with."
    : `You asked to work on ${listed(wished.slice(0, NAMED_MAX))}.`;
  const brings = brought.length === 0 ? "" : ` You can help others with ${listed(brought)}.`;
  const who = size === 2 ? "The two of you" : `The ${size} of you`;
  return `${asked}${brings} ${who} were put together so that, where one is still learning, another may be able to explain.`;
}
