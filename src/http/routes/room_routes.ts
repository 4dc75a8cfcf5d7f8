/** `/rooms`: co-learning rooms opened, found, joined, left, and what was written and reported in them. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import { json, jsonBody, pageQuerySchema, pageSchema, personIdSchema } from "../documents/json_content.ts";
import {
  newRoomSchema,
  roomDocumentParam,
  roomDocumentSchema,
  roomMemberParam,
  roomMessageSchema,
  roomParam,
  roomReportSchema,
  roomRowSchema,
  roomSchema,
  roomsQuerySchema,
} from "../documents/room_schemas.ts";
import { idempotencyHeaders } from "../documents/session_schemas.ts";
import type { Guard } from "../guard.ts";
import type { ActorDoor } from "../actor_door.ts";
import type { History, Listings } from "../ports.ts";
import type { OpenEnv } from "../request_env.ts";
import { RoomMessages } from "../room_messages.ts";
import { type RoomParts, Rooms } from "../rooms.ts";
import { refuseInvalid } from "../validation.ts";
import { WordErasure, type WordErasureParts } from "../word_erasure.ts";

const tags = ["rooms"];
const room = json(roomSchema, "The room as the caller may see it");

const open = createRoute({
  method: "post",
  path: "/rooms",
  tags,
  summary: "Open a room of a class",
  description: "A student is in the room that they open; those who teach the class may put students in. What is said " +
    "and done there goes over the channel `room/ID`.",
  ...only(EVERYONE_SIGNED_IN),
  request: { headers: idempotencyHeaders, body: jsonBody(newRoomSchema) },
  responses: { 201: room },
});

const list = createRoute({
  method: "get",
  path: "/rooms",
  tags,
  summary: "One's own rooms, or those of a class, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: roomsQuerySchema },
  responses: { 200: json(pageSchema(roomRowSchema), "A page of them") },
});

const get = createRoute({
  method: "get",
  path: "/rooms/{room_id}",
  tags,
  summary: "One room as it is now",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: roomParam },
  responses: { 200: room },
});

const join = createRoute({
  method: "put",
  path: "/rooms/{room_id}/members/{user_id}",
  tags,
  summary: "Come in, or put a student of the class in",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: roomMemberParam },
  responses: { 200: room },
});

const leave = createRoute({
  method: "delete",
  path: "/rooms/{room_id}/members/{user_id}",
  tags,
  summary: "Leave a room; there is a way back while it goes on",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: roomMemberParam },
  responses: { 204: { description: "Left" } },
});

const messages = createRoute({
  method: "get",
  path: "/rooms/{room_id}/messages",
  tags,
  summary: "All that was written, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: {
    params: roomParam,
    query: pageQuerySchema.extend({ cursor: z.coerce.number().int().min(1).optional() }),
  },
  responses: { 200: json(pageSchema(roomMessageSchema), "A page of it") },
});

const written = createRoute({
  method: "get",
  path: "/rooms/{room_id}/documents/{document}",
  tags,
  summary: "What members have written into the notes, or drawn on the board",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: roomDocumentParam },
  responses: { 200: json(roomDocumentSchema, "The notes' text, or the board's shapes by their ids") },
});

const reports = createRoute({
  method: "get",
  path: "/rooms/{room_id}/reports",
  tags,
  summary: "Messages that members have reported, with what was said around them",
  description: "They are settled on the channel, by `settle_report`; `hide_message` and `mute_member` act on them.",
  ...only(STAFF),
  request: { params: roomParam },
  responses: { 200: json(pageSchema(roomReportSchema), "All of them") },
});

const erase = createRoute({
  method: "delete",
  path: "/users/{user_id}/words",
  tags,
  summary: "Erase all that one has written in rooms",
  description: "Messages, explanations and texts held back are gone from the rooms and from what is stored of them. " +
    "Answers to tasks stay, and so do shared notes and boards. Administrators erase anybody's.",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: z.object({ user_id: personIdSchema }) },
  responses: { 204: { description: "Erased" } },
});

export interface RoomRouteParts extends RoomParts, WordErasureParts {
  readonly actors: ActorDoor;
  readonly listings: Listings;
  readonly history: History;
}

export function roomRoutes(parts: RoomRouteParts, guard: Guard): OpenAPIHono<OpenEnv> {
  const rooms = new Rooms(parts);
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...open, middleware: guard.signedIn(open) }, async (c) => {
    const key = c.req.valid("header")["idempotency-key"] ?? null;
    return c.json(await rooms.open(c.var.principal, c.req.valid("json"), key), 201);
  });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { class_id, status, cursor, limit } = c.req.valid("query");
    const page = await rooms.list(c.var.principal, class_id ?? null, status ?? null, cursor ?? null, limit);
    return c.json({ rows: [...page.rows], next: page.next }, 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(await rooms.read(c.var.principal, c.req.valid("param").room_id), 200);
  });

  app.openapi({ ...join, middleware: guard.signedIn(join) }, async (c) => {
    const { room_id, user_id } = c.req.valid("param");
    return c.json(await rooms.admit(c.var.principal, room_id, user_id), 200);
  });

  app.openapi({ ...leave, middleware: guard.signedIn(leave) }, async (c) => {
    const { room_id, user_id } = c.req.valid("param");
    await rooms.leave(c.var.principal, room_id, user_id);
    return c.body(null, 204);
  });

  addReadings(app, rooms, new RoomMessages(rooms, parts.history), guard);
  const erasure = new WordErasure(parts);
  app.openapi({ ...erase, middleware: guard.signedIn(erase) }, async (c) => {
    await erasure.erase(c.var.principal, c.req.valid("param").user_id);
    return c.body(null, 204);
  });

  return app;
}

/** What was written and reported. */
function addReadings(app: OpenAPIHono<OpenEnv>, rooms: Rooms, chat: RoomMessages, guard: Guard): void {
  app.openapi({ ...messages, middleware: guard.signedIn(messages) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await chat.page(c.var.principal, c.req.valid("param").room_id, cursor ?? null, limit);
    return c.json({ rows: [...page.rows], next: page.next }, 200);
  });

  app.openapi({ ...written, middleware: guard.signedIn(written) }, async (c) => {
    const { room_id, document } = c.req.valid("param");
    return c.json(await rooms.document(c.var.principal, room_id, document), 200);
  });

  app.openapi({ ...reports, middleware: guard.signedIn(reports) }, async (c) => {
    const { reports: rows } = await rooms.read(c.var.principal, c.req.valid("param").room_id);
    return c.json({ rows, next: null }, 200);
  });
}
