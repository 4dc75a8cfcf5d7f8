/** Peer instruction: who talks it over with whom, and what it brought. */
import { entryOf } from "../entry_of.ts";
import { roundShare } from "../session/tally.ts";
import { answerGroup } from "./answer_group.ts";
import type { VoteGain } from "./events.ts";
import type { Answers, Question } from "./state.ts";

/** One of those left in the fullest pile other than `taken`; piles and learners in a stable order. */
function drawApart(piles: Map<string, string[]>, taken: ReadonlySet<string>): string | null {
  const sorted = [...piles].filter(([, pile]) => pile.length > 0)
    .sort(([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1));
  const pick = sorted.find(([answer]) => !taken.has(answer)) ?? sorted[0];
  const learner = pick?.[1].shift();
  if (pick === undefined || learner === undefined) return null;
  return learner;
}

/**
 * Groups of `size` whose members voted apart as far as the votes allow: each takes from the fullest piles of equal
 * answers first. One learner too many joins the last group.
 */
export function groupsApart(votes: Answers, size: number): readonly (readonly string[])[] {
  const piles = new Map<string, string[]>();
  for (const [userId, { response }] of Object.entries(votes)) {
    const answer = answerGroup(response);
    piles.set(answer, [...piles.get(answer) ?? [], userId]);
  }
  const groups: string[][] = [];
  for (let left = Object.keys(votes).length; left > 0;) {
    const group: string[] = [];
    const answers = new Set<string>();
    while (group.length < size && left > 0) {
      const learner = drawApart(piles, answers);
      if (learner === null) break;
      const vote = entryOf(votes, learner);
      if (vote !== null) answers.add(answerGroup(vote.response));
      group.push(learner);
      left -= 1;
    }
    const last = groups.at(-1);
    if (group.length === 1 && last !== undefined) last.push(...group);
    else groups.push(group);
  }
  return groups;
}

/** What the discussion brought, among those who voted both times; null without a second vote, or a common voter. */
export function gainOf({ firstVotes, answers }: Question): VoteGain | null {
  if (firstVotes === null) return null;
  const both = Object.keys(firstVotes).filter((userId) => Object.hasOwn(answers, userId));
  if (both.length === 0) return null;
  const share = (votes: Answers) =>
    both.filter((userId) => entryOf(votes, userId)?.correct === true).length / both.length;
  const [before, after] = [share(firstVotes), share(answers)];
  return {
    voters: both.length,
    before: roundShare(before),
    after: roundShare(after),
    normalised: before === 1 ? null : roundShare((after - before) / (1 - before)),
  };
}
