/** Peer instruction: what talking it over brought, in the class and in each room. */
import { entryOf } from "../entry_of.ts";
import { roundShare } from "../session/tally.ts";
import type { RoomGain, VoteGain } from "./events.ts";
import type { Answers, Breakouts, Question } from "./state.ts";

/** Among those of `people` who voted both times; null without a second vote, or a common voter. */
function gainAmong({ firstVotes, answers }: Question, people: readonly string[]): VoteGain | null {
  if (firstVotes === null) return null;
  const both = people.filter((userId) => Object.hasOwn(firstVotes, userId) && Object.hasOwn(answers, userId));
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

/** In the class as a whole. */
export function gainOf(question: Question): VoteGain | null {
  return gainAmong(question, Object.keys(question.answers));
}

/** In each room in which the question was talked over; empty unless it was, and then voted on again. */
export function roomGainsOf(question: Question, breakouts: Breakouts | null): readonly RoomGain[] {
  if (question.firstVotes === null || breakouts?.question !== question.number) return [];
  return breakouts.rooms.map(({ roomId, number, members }) => ({
    roomId,
    number,
    gain: gainAmong(question, members),
  }));
}
