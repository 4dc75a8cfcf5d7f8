/** What watchers are told about each event of a room; what members do comes to the others as `peer_activity`. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { publicItem } from "../curriculum/public_item.ts";
import { type Json, plainJson } from "../json.ts";
import { isTaskEvent, type RoomEvent, type TaskEvent, type Written } from "./events.ts";
import type { RoomAudience } from "./permission.ts";
import { answersJson, outcomeJson } from "./task_view.ts";

type EventOf<Type extends RoomEvent["type"]> = Extract<RoomEvent, { type: Type }>;

function writtenData({ number, userId, kind, text, task }: Written): Json {
  return { message: number, user_id: userId, kind, text, task };
}

/** What a member has done, for all who are in the room. */
function activity(userId: string, did: string, more: { readonly [key: string]: Json } = {}): Projection {
  return { type: "peer_activity", data: { user_id: userId, activity: did, ...more } };
}

/** What is for those who teach and, of it, for whom it concerns. */
function projectModeration(
  event: EventOf<"text_held" | "message_reported" | "report_settled" | "message_hidden" | "member_muted">,
  audience: RoomAudience,
): Projection | null {
  const isStaff = audience.kind === "staff";
  const { type } = event;
  switch (type) {
    case "text_held": {
      const { userId, text, document } = event;
      if (document !== undefined) return isStaff ? { type, data: { user_id: userId, text, document } } : null;
      const isTheirs = audience.kind === "member" && audience.userId === userId;
      return isStaff || isTheirs ? { type, data: { user_id: userId, text } } : null;
    }
    case "message_reported": {
      const { report, message, by, reason, context } = event;
      const around = context.map((one) => ({ ...Object(writtenData(one)), at: new Date(one.atMs).toISOString() }));
      return isStaff ? { type, data: { report, message, by, reason, context: around } } : null;
    }
    case "report_settled": {
      const { report, by, note } = event;
      return isStaff ? { type, data: { report, by, note } } : null;
    }
    case "message_hidden": {
      const { message, by, reason } = event;
      return { type, data: isStaff ? { message, by, reason } : { message, reason } };
    }
    case "member_muted": {
      const { userId, muted, by, reason } = event;
      const isTheirs = audience.kind === "member" && audience.userId === userId;
      if (isStaff) return { type, data: { user_id: userId, muted, by, reason } };
      return isTheirs ? { type, data: { user_id: userId, muted, reason } } : null;
    }
    default:
      return assertNever(event);
  }
}

/** The key stays here while a task is open, and so does what somebody has answered alone. */
function projectTask(event: TaskEvent, audience: RoomAudience): Projection | null {
  switch (event.type) {
    case "task_asked":
      return activity(event.by, "asked_for_a_task", { mode: event.mode });
    case "task_failed":
      return { type: "task_failed", data: { code: event.code, says: event.says } };
    case "task_opened": {
      const { number, item, mode, graded, first, userId, dueMs } = event;
      const data = { mode, graded, step: first, turn_of: first === "turns" ? userId : null, due_at_ms: dueMs };
      return { type: "task", data: { task: number, item: publicItem(item), ...data } };
    }
    case "task_answered": {
      const { task, userId, response } = event;
      const isTold = audience.kind === "staff" || audience.userId === userId;
      return activity(userId, "answered", { task, ...isTold ? { response: plainJson(response) } : {} });
    }
    case "answers_shown": {
      const { task, answers, userId, dueMs } = event;
      const turn = { turn: 1, turn_of: userId, due_at_ms: dueMs };
      return { type: "answers_shown", data: { task, answers: answersJson(answers), ...turn } };
    }
    case "turn_passed": {
      const { task, turn, userId, dueMs, cause } = event;
      return { type: "turn", data: { task, turn, turn_of: userId, due_at_ms: dueMs, cause } };
    }
    case "answer_proposed": {
      const { task, userId, response, dueMs } = event;
      return activity(userId, "proposed", { task, response: plainJson(response), due_at_ms: dueMs });
    }
    case "proposal_judged":
      return activity(event.userId, event.agrees ? "agreed" : "objected", { task: event.task });
    case "task_closed":
      return { type: "task_closed", data: { task: event.task, ...outcomeJson(event.outcome) } };
    case "task_closing":
    case "answers_told":
      return null;
    default:
      return assertNever(event);
  }
}

/** The event's wire name and data for one audience; null when it is not for them. */
export function project(event: RoomEvent, audience: RoomAudience): Projection | null {
  if (isTaskEvent(event)) return projectTask(event, audience);
  switch (event.type) {
    case "room_opened":
    case "lesson_informed":
      return null;
    case "member_joined": {
      const { member: { userId, name }, cause } = event;
      return activity(userId, cause, { name });
    }
    case "member_left":
      return activity(event.userId, event.cause);
    case "said":
      return { type: "message", data: writtenData(event.message) };
    case "explanation_rated": {
      const { message, by, stars } = event;
      return activity(by, "rated", { message, stars });
    }
    case "text_held":
    case "message_reported":
    case "report_settled":
    case "message_hidden":
    case "member_muted":
      return projectModeration(event, audience);
    case "help_asked":
      return activity(event.userId, event.asked ? "asks_help" : "asks_no_help");
    case "document_updated": {
      const { document, update, by } = event;
      return { type: "document_update", data: { document, update, by } };
    }
    case "roles_rotated":
      return activity(event.by, "rotated_roles");
    case "words_erased":
      return { type: "words_erased", data: { user_id: event.userId } };
    case "room_recalled":
      return { type: "recalled", data: { ends_at_ms: event.endsAtMs } };
    case "room_ended": {
      const { cause, by, reason } = event;
      return { type: "room_ended", data: audience.kind === "staff" ? { cause, by, reason } : { cause, reason } };
    }
    default:
      return assertNever(event);
  }
}
