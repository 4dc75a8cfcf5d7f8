/** What each audience is told of an event of a debate. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import type { Json } from "../json.ts";
import type { DebateEvent } from "./messages.ts";
import type { DebateAudience } from "./permission.ts";
import { heldJson, rubricJson, scoresJson, speakerJson, statementJson } from "./statement_json.ts";

type Personal = Extract<
  DebateEvent,
  {
    type:
      | "statement_held"
      | "judged_by_rules"
      | "judgement_drafted"
      | "judgement_not_drafted"
      | "judgement_confirmed";
  }
>;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function personalData(event: Personal): Json {
  const { userId } = event;
  switch (event.type) {
    case "statement_held":
      return heldJson(event);
    case "judged_by_rules":
      return { user_id: userId, criteria: rubricJson(event.rubric) };
    case "judgement_drafted":
      return { user_id: userId, by: speakerJson({ kind: "ai" }), criteria: rubricJson(event.rubric) };
    case "judgement_not_drafted":
      return { user_id: userId, reason: event.reason };
    case "judgement_confirmed":
      return { user_id: userId, by: event.by, criteria: scoresJson(event.scores), comment: event.comment };
    default:
      return assertNever(event);
  }
}

function commonData(event: Exclude<DebateEvent, Personal | { type: "roster_changed" }>): Json {
  switch (event.type) {
    case "debate_opened":
    case "debate_started":
      return { by: event.by };
    case "turn_started": {
      const { turn, speaker, dueMs } = event;
      return { turn, speaker: speakerJson(speaker), due_at: iso(dueMs) };
    }
    case "statement_made":
      return statementJson(event.number, event.statement);
    case "turn_ended":
      return { turn: event.turn, cause: event.cause };
    case "debate_paused":
      return { by: event.by, reason: event.reason, remaining_ms: event.remainingMs };
    case "debate_resumed":
      return { by: event.by, reason: event.reason, due_at: iso(event.dueMs) };
    case "turn_extended":
      return { by: event.by, reason: event.reason, by_ms: event.byMs, due_at: iso(event.dueMs) };
    case "debate_ended":
      return { cause: event.cause };
    case "debate_stopped":
      return { by: event.by, reason: event.reason };
    default:
      return assertNever(event);
  }
}

/** What is about one person is for them and for those who lead; a draft is for these alone. */
export function project(event: DebateEvent, audience: DebateAudience): Projection | null {
  const { type } = event;
  switch (type) {
    case "statement_held":
    case "judged_by_rules":
    case "judgement_confirmed": {
      const isTheirs = audience.kind === "speaker" && audience.userId === event.userId;
      return isTheirs || audience.kind === "host" ? { type, data: personalData(event) } : null;
    }
    case "judgement_drafted":
    case "judgement_not_drafted":
      return audience.kind === "host" ? { type, data: personalData(event) } : null;
    case "roster_changed":
      return null;
    case "debate_opened":
    case "debate_started":
    case "turn_started":
    case "statement_made":
    case "turn_ended":
    case "debate_paused":
    case "debate_resumed":
    case "turn_extended":
    case "debate_ended":
    case "debate_stopped":
      return { type, data: commonData(event) };
    default:
      return assertNever(event);
  }
}
