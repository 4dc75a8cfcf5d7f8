/** A quest that a team shares: who is in it, what each has done, and whether that is enough. */
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import type { QuestDraft } from "../quests/quest.ts";
import { roundShare } from "../session/tally.ts";
import type { Amounts, TeamQuestEvent } from "./messages.ts";

export interface TeamMember {
  readonly learnerId: string;
  /** All told. */
  readonly amounts: Amounts;
  /** What they did still counts; they get nothing for it any more. */
  readonly hasLeft: boolean;
}

export interface FoundedTeam {
  readonly status: "open" | "completed" | "expired";
  readonly teamId: string;
  readonly draft: QuestDraft;
  readonly deadlineMs: number;
  readonly members: readonly TeamMember[];
}

export type TeamQuestState = { readonly status: "not_founded"; readonly teamId: string } | FoundedTeam;

export function isMember({ members }: FoundedTeam, learnerId: string): boolean {
  return members.some((member) => member.learnerId === learnerId && !member.hasLeft);
}

/** What the whole team has done by criterion, and how much of the quest that is, 0 to 1. */
export function standing({ draft, members }: FoundedTeam): { readonly totals: Amounts; readonly progress: number } {
  const counted = draft.criteria.flatMap(({ id, weight, evidence }) => {
    if (evidence.kind !== "automatic") return [];
    const total = members.reduce((sum, { amounts }) => sum + (entryOf(amounts, id) ?? 0), 0);
    return [{ id, weight, total, share: Math.min(1, total / evidence.count) }];
  });
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
  const progress = counted.reduce((sum, { weight, share }) => sum + weight * share, 0) / weights;
  return { totals: Object.fromEntries(counted.map(({ id, total }) => [id, total])), progress: roundShare(progress) };
}

/** Members who are still there and have had a part in it. */
export function contributors({ members }: FoundedTeam): readonly string[] {
  return members.filter(({ amounts, hasLeft }) => !hasLeft && Object.values(amounts).some((amount) => amount > 0))
    .map(({ learnerId }) => learnerId);
}

function withMember(team: FoundedTeam, learnerId: string, change: (member: TeamMember) => TeamMember): FoundedTeam {
  return { ...team, members: team.members.map((one) => one.learnerId === learnerId ? change(one) : one) };
}

/** Counts only rise, so a contribution told late or twice changes nothing. */
function withAmounts(team: FoundedTeam, learnerId: string, told: Amounts): FoundedTeam {
  return withMember(team, learnerId, (member) => {
    const raised = Object.entries(told).map(([id, amount]) => [id, Math.max(amount, entryOf(member.amounts, id) ?? 0)]);
    return { ...member, amounts: { ...member.amounts, ...Object.fromEntries(raised) } };
  });
}

/** The state after one more event; but for its founding, a team that is not there has none. */
export function evolve(state: TeamQuestState, event: TeamQuestEvent): TeamQuestState {
  if (event.type === "team_founded") {
    const { founderId, draft, deadlineMs } = event;
    const founder = { learnerId: founderId, amounts: {}, hasLeft: false };
    return { status: "open", teamId: state.teamId, draft, deadlineMs, members: [founder] };
  }
  if (state.status === "not_founded") return state;
  switch (event.type) {
    case "member_joined":
      return { ...state, members: [...state.members, { learnerId: event.learnerId, amounts: {}, hasLeft: false }] };
    case "member_refused":
      return state;
    case "team_progressed":
      return withAmounts(state, event.learnerId, event.amounts);
    case "member_left":
      return withMember(state, event.learnerId, (member) => ({ ...member, hasLeft: true }));
    case "team_completed":
      return { ...state, status: "completed" };
    case "team_expired":
      return { ...state, status: "expired" };
    default:
      return assertNever(event);
  }
}
