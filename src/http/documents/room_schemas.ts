/** Co-learning rooms as JSON. */
import { z } from "@hono/zod-openapi";
import { keyOf, parseActorId } from "../../domain/address.ts";
import {
  SIZE_MAX,
  SIZE_MIN,
  SKILLS_MAX,
  TITLE_LENGTH_MAX,
  TURN_MS_DEFAULT,
  TURN_MS_MAX,
  TURN_MS_MIN,
} from "../../domain/room/limits.ts";
import { DOCUMENT_NAMES } from "../../domain/shared_document/document.ts";
import { SHAPE_KINDS } from "../../domain/shared_document/board_shape.ts";
import type { ListedActor } from "../ports.ts";
import { idSchema, isoTime, pageQuerySchema, personIdSchema, timeSchema } from "./json_content.ts";

const roomIdSchema = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, "is 1 to 64 letters, digits, dots, - or _");

export const roomParam = z.object({ room_id: roomIdSchema });
export const roomDocumentParam = roomParam.extend({ document: z.enum(DOCUMENT_NAMES) });
export const roomMemberParam = roomParam.extend({ user_id: personIdSchema });

const statusSchema = z.enum(["open", "ended"]);
const admissionSchema = z.enum(["class", "invited"]).openapi({
  description: "`class`: any student of the class comes in while there is a place; `invited`: who was put there",
});
const purposeSchema = z.enum(["study", "matched", "discussion", "group_work"]);

export const newRoomSchema = z.strictObject({
  class_id: personIdSchema.openapi({ description: "Its students may be in the room, those who teach it watch" }),
  title: z.string().min(1).max(TITLE_LENGTH_MAX),
  course_id: idSchema.nullable().default(null).openapi({ description: "Tasks are items of it; null: no tasks" }),
  skills: z.array(idSchema).max(SKILLS_MAX).default([]).openapi({ description: "Tasks are on these; empty: on all" }),
  size_max: z.int().min(SIZE_MIN).max(SIZE_MAX).default(4),
  admission: admissionSchema.default("class"),
  roles: z.enum(["rotating", "none"]).default("none"),
  turn_seconds: z.number().min(TURN_MS_MIN / 1000).max(TURN_MS_MAX / 1000).default(TURN_MS_DEFAULT / 1000),
  members: z.array(personIdSchema).max(SIZE_MAX).default([]).openapi({
    description: "Students whom those who teach the class put into it; a student who opens a room is in it",
  }),
}).openapi("NewRoom");

const messageKindSchema = z.enum(["word", "explanation", "staff"]);

export const roomMessageSchema = z.object({
  message: z.int(),
  user_id: z.string(),
  kind: messageKindSchema,
  text: z.string().nullable().openapi({ description: "Null where it was hidden" }),
  task: z.int().nullable(),
  at: timeSchema,
  hidden: z.string().nullable().openapi({ description: "Why it was hidden" }),
}).openapi("RoomMessage");

export const roomReportSchema = z.object({
  report: z.int(),
  message: z.int(),
  by: z.string(),
  reason: z.string(),
  context: z.array(z.object({
    message: z.int(),
    user_id: z.string(),
    kind: messageKindSchema,
    text: z.string(),
    task: z.int().nullable(),
    at: timeSchema,
  })),
  at: timeSchema,
  settled: z.union([z.object({ by: z.string(), note: z.string() }), z.null()]),
}).openapi("RoomReport");

const shapeSchema = z.looseObject({ kind: z.enum(SHAPE_KINDS) });

/** What was written together, in plain data. */
export const roomDocumentSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("notes"), text: z.string() }),
  z.object({ kind: z.literal("board"), shapes: z.record(z.string(), shapeSchema) }),
]).openapi("RoomDocument");

/** What a room answers to `document_sync`. */
export const documentDifferenceSchema = z.object({ update: z.string() });

/** The room's own view; members that a later view adds come through. */
export const roomSchema = z.looseObject({
  room_id: z.string(),
  class_id: z.string(),
  lesson_id: z.string().nullable(),
  course_id: z.string().nullable(),
  title: z.string(),
  purpose: purposeSchema,
  size_max: z.int(),
  admission: admissionSchema,
  status: statusSchema,
  members: z.array(z.looseObject({
    user_id: z.string(),
    name: z.string(),
    standing: z.enum(["in", "left", "moved", "removed"]),
    here: z.boolean(),
    asks_help: z.boolean(),
  })),
  staff_here: z.boolean(),
  roles: z.array(z.object({ user_id: z.string(), role: z.string() })),
  messages: z.array(roomMessageSchema.extend({ ratings: z.array(z.object({ by: z.string(), stars: z.int() })) })),
  earlier_messages: z.int(),
  task: z.union([z.looseObject({ task: z.int(), mode: z.enum(["by_turn", "agreed"]), step: z.string() }), z.null()]),
  reports: z.array(roomReportSchema),
}).openapi("Room");

export const roomsQuerySchema = pageQuerySchema.extend({
  class_id: personIdSchema.optional().openapi({
    description: "All rooms of this class for those who teach it; for its students those that are open to them",
  }),
  status: statusSchema.optional(),
});

const rowBodySchema = z.object({
  lesson_id: z.string().nullable(),
  course_id: z.string().nullable(),
  title: z.string(),
  purpose: purposeSchema,
  admission: admissionSchema,
  size_max: z.int(),
  opened_at: timeSchema,
  members: z.array(z.string()),
  asks_help: z.boolean(),
  open_reports: z.int(),
});

export const roomRowSchema = rowBodySchema.extend({
  room_id: z.string(),
  class_id: z.string(),
  status: statusSchema,
  members: z.int().openapi({ description: "How many are in it" }),
  is_member: z.boolean(),
  asks_help: z.boolean().nullable().openapi({ description: "For those who teach" }),
  open_reports: z.int().nullable().openapi({ description: "For those who teach" }),
  updated_at: timeSchema,
}).openapi("RoomRow");

/** @param reader who else is in it, and what is for the staff alone, is told to the staff */
export function roomRowJson(
  row: ListedActor,
  userId: string,
  reader: "staff" | "student",
): z.infer<typeof roomRowSchema> {
  const address = parseActorId(row.actor);
  const { members, asks_help, open_reports, ...body } = rowBodySchema.parse(row.body);
  const isStaff = reader === "staff";
  return {
    ...body,
    room_id: address === null ? row.actor : keyOf(address),
    class_id: row.ownerId,
    status: statusSchema.parse(row.status),
    members: members.length,
    is_member: members.includes(userId),
    asks_help: isStaff ? asks_help : null,
    open_reports: isStaff ? open_reports : null,
    updated_at: isoTime(row.updatedAtMs),
  };
}
