/** A team's quest as the runtime knows it: it alone decides when the team has done enough, and tells each member once. */
import { keyOf, kindOf } from "../address.ts";
import type { Aggregate, Listing } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { accept, type Decision, type Message, reject, tell, type TurnContext } from "../decision.ts";
import { isEngine } from "../engine.ts";
import type { Json } from "../json.ts";
import { learnerAddress } from "../learner/messages.ts";
import { LATE_MS_MAX } from "../quests/deadline.ts";
import { requireVersion } from "../schema_version.ts";
import type { TeamQuestCommand, TeamQuestEvent } from "./messages.ts";
import { contributors, evolve, type FoundedTeam, isMember, standing, type TeamQuestState } from "./state.ts";

const SCHEMA_VERSION = 1;
const DEADLINE: TeamQuestCommand = { type: "team_deadline" };

type TeamDecision = Decision<TeamQuestState, TeamQuestEvent, never>;
type Command<Type extends TeamQuestCommand["type"]> = Extract<TeamQuestCommand, { type: Type }>;

function found(
  { status }: TeamQuestState,
  { draft, deadlineMs }: Command<"found_team">,
  founderId: string,
): TeamDecision {
  if (status !== "not_founded") return reject("already_founded", "This team has been founded.");
  return accept([{ type: "team_founded", founderId, draft, deadlineMs }], {
    timers: [{ kind: "set", name: "deadline", dueMs: deadlineMs + LATE_MS_MAX, command: DEADLINE }],
  });
}

function refusalOf(team: TeamQuestState, learnerId: string, nowMs: number): string | null {
  if (team.status === "not_founded") return "There is no such team.";
  if (team.status !== "open" || nowMs > team.deadlineMs) return "This team's quest is over.";
  if (team.members.some((member) => member.learnerId === learnerId)) return "You are, or were, in this team.";
  const sizeMax = team.draft.team?.sizeMax ?? 1;
  return team.members.filter(({ hasLeft }) => !hasLeft).length >= sizeMax ? "This team is full." : null;
}

/** A refusal is an event too: the answer goes with it. */
function join(team: TeamQuestState, learnerId: string, { nowMs }: TurnContext): TeamDecision {
  const reason = refusalOf(team, learnerId, nowMs);
  const { teamId } = team;
  if (reason !== null || team.status === "not_founded") {
    const told = tell(learnerAddress(learnerId), { type: "team_refused", teamId, reason: reason ?? "" });
    return accept([{ type: "member_refused", learnerId, reason: reason ?? "" }], { messages: [told] });
  }
  const { draft, deadlineMs } = team;
  return accept([{ type: "member_joined", learnerId }], {
    messages: [tell(learnerAddress(learnerId), { type: "team_joined", teamId, draft, deadlineMs })],
  });
}

function endTold(team: FoundedTeam, outcome: "completed" | "expired"): readonly Message[] {
  const contributed = contributors(team);
  return team.members.filter(({ hasLeft }) => !hasLeft).map(({ learnerId }) =>
    tell(learnerAddress(learnerId), {
      type: "team_finished",
      teamId: team.teamId,
      outcome,
      hasContributed: contributed.includes(learnerId),
    })
  );
}

/** Enough members have had a part in it, and every criterion is met in full. */
function isComplete(team: FoundedTeam): boolean {
  return standing(team).progress >= 1 && contributors(team).length >= (team.draft.team?.sizeMin ?? 1);
}

function contribute(team: FoundedTeam, { amounts }: Command<"contribute">, learnerId: string): TeamDecision {
  const told: TeamQuestEvent = { type: "team_progressed", learnerId, amounts, totals: {}, progress: 0 };
  const after = evolve(team, told);
  if (after.status === "not_founded") return reject("unknown_team", "There is no such team.");
  const progressed = { ...told, ...standing(after) };
  if (!isComplete(after)) return accept([progressed]);
  return accept([progressed, { type: "team_completed", contributors: contributors(after) }], {
    messages: endTold(after, "completed"),
    timers: [{ kind: "clear", name: "deadline" }],
  });
}

function expire(team: FoundedTeam, { origin, nowMs }: TurnContext): TeamDecision {
  if (origin.kind !== "timer") return reject("forbidden", "Only the engine's clock ends a team's quest.");
  if (nowMs < team.deadlineMs) return reject("too_soon", "The quest's time is not over.");
  return accept([{ type: "team_expired" }], { messages: endTold(team, "expired") });
}

function decide(team: TeamQuestState, command: TeamQuestCommand, context: TurnContext): TeamDecision {
  const { origin } = context;
  const learnerId = origin.kind === "actor" && kindOf(origin.sender) === "learner" ? keyOf(origin.sender) : null;
  if (command.type !== "team_deadline" && learnerId === null) {
    return reject("forbidden", "Only its members' own records tell a team what they do.");
  }
  if (command.type === "found_team") return found(team, command, learnerId ?? "");
  if (command.type === "join_team") return join(team, learnerId ?? "", context);
  if (team.status !== "open") return reject("team_over", "This team's quest is not under way.");
  if (command.type === "team_deadline") return expire(team, context);
  if (learnerId === null || !isMember(team, learnerId)) return reject("forbidden", "You are not in this team.");
  switch (command.type) {
    case "contribute":
      return contribute(team, command, learnerId);
    case "leave_team":
      return accept([{ type: "member_left", learnerId }]);
    default:
      return assertNever(command);
  }
}

function view(team: TeamQuestState): Json {
  if (team.status === "not_founded") return { status: "not_founded" };
  const { status, teamId, draft, deadlineMs, members } = team;
  return {
    team_id: teamId,
    status,
    title: draft.title,
    story: draft.story,
    deadline: new Date(deadlineMs).toISOString(),
    criteria: draft.criteria.map(({ id, text, evidence }) => ({
      criterion_id: id,
      text,
      count: evidence.kind === "automatic" ? evidence.count : null,
    })),
    members: members.map(({ learnerId, amounts, hasLeft }) => ({ learner_id: learnerId, amounts, has_left: hasLeft })),
    ...standing(team),
  };
}

/** Who is in it, for the board of teams: a member who has left is none. */
function listing(team: TeamQuestState): Listing | null {
  if (team.status === "not_founded") return null;
  const { status, teamId, draft, members } = team;
  const present = members.filter(({ hasLeft }) => !hasLeft).map(({ learnerId }) => learnerId);
  return { ownerId: teamId, status, body: { title: draft.title, members: present } };
}

function eventData(event: TeamQuestEvent): Json {
  switch (event.type) {
    case "team_founded":
      return { founder_id: event.founderId };
    case "member_joined":
    case "member_refused":
    case "member_left":
      return { learner_id: event.learnerId };
    case "team_progressed": {
      const { learnerId, amounts, totals, progress } = event;
      return { learner_id: learnerId, amounts, totals, progress };
    }
    case "team_completed":
      return { contributors: event.contributors };
    case "team_expired":
      return {};
    default:
      return assertNever(event);
  }
}

export const teamQuest: Aggregate<TeamQuestState, TeamQuestCommand, TeamQuestEvent, never> = {
  kind: "teamquest",
  schemaVersion: SCHEMA_VERSION,
  initial: (key) => ({ status: "not_founded", teamId: key }),
  decide,
  evolve,
  upcastState(version, stored) {
    requireVersion("team quest state", version, SCHEMA_VERSION);
    return stored as TeamQuestState;
  },
  upcastEvent(version, type, stored) {
    requireVersion(`team quest event ${type}`, version, SCHEMA_VERSION);
    return stored as TeamQuestEvent;
  },
  priorityOf: () => "event",
  pendingEffects: () => [],
  effectFailed: (effect) => assertNever(effect),
  audienceOf(state, principal) {
    if (state.status === "not_founded") return null;
    if (isEngine(principal) || isMember(state, principal.userId)) return "team";
    return principal.role === "student" ? null : "team";
  },
  view,
  project: (event) => event.type === "member_refused" ? null : { type: event.type, data: eventData(event) },
  listing,
};
