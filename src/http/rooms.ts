/** Co-learning rooms as the edge opens, lists and reads them, and lets people in (I1–I3). */
import type { z } from "@hono/zod-openapi";
import { ENGINE } from "../domain/engine.ts";
import type { Principal } from "../domain/principal.ts";
import { ROOMS_OPEN_MAX } from "../domain/room/limits.ts";
import { roomAddress, type RoomCommand } from "../domain/room/messages.ts";
import type { RoomPerson, RoomPlan } from "../domain/room/plan.ts";
import type { ClassMember } from "../domain/school/class_member.ts";
import { type DocumentName, emptyDocument } from "../domain/shared_document/document.ts";
import { plainDocument } from "../domain/shared_document/read_document.ts";
import { requireDone, requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import {
  documentDifferenceSchema,
  type newRoomSchema,
  roomDocumentSchema,
  roomRowJson,
  type roomRowSchema,
  roomSchema,
} from "./documents/room_schemas.ts";
import { idUnderKey, keyReused, openOnce } from "./open_once.ts";
import type { Courses, Listings, Page, Rosters } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import { type IdParts, sentBy } from "./rest_command.ts";
import { requireTopic } from "./require_topic.ts";

export interface RoomParts extends IdParts {
  readonly actors: ActorDoor;
  readonly listings: Listings;
  readonly rosters: Pick<Rosters, "all" | "member">;
  readonly courses: Courses;
}

export type RoomJson = z.infer<typeof roomSchema>;
type RoomDocumentJson = z.infer<typeof roomDocumentSchema>;
type RoomRow = z.infer<typeof roomRowSchema>;
type NewRoom = z.infer<typeof newRoomSchema>;

export class Rooms {
  constructor(private readonly parts: RoomParts) {}

  /** Opens a room of a class that the caller is in. The same `key` again finds the one it opened (X1). */
  async open(principal: Principal, wanted: NewRoom, key: string | null): Promise<RoomJson> {
    const members = await this.#people(principal, wanted);
    const plan = await this.#plan(wanted);
    const roomId = await idUnderKey(`room ${principal.userId}`, key, this.parts);
    const isOpeners = members.some(({ userId }) => userId === principal.userId);
    if (isOpeners && !await this.#isThere(principal, roomId)) await this.#requireFewRooms(principal);
    await openOnce(this.parts.actors, principal, roomAddress(roomId), { type: "open_room", plan, members });
    const opened = await this.read(principal, roomId);
    if (opened.class_id === plan.classId && opened.title === plan.title) return opened;
    throw keyReused("room");
  }

  /** For those who are in it, and those who teach its class. Throws 404 for others. */
  async read(principal: Principal, roomId: string): Promise<RoomJson> {
    return roomSchema.parse(requireRead(await this.parts.actors.read(roomAddress(roomId), principal)));
  }

  /** Of a class, what its staff watches or its student may come into; else (null) one's own. Newest first. */
  async list(
    principal: Principal,
    classId: string | null,
    status: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<RoomRow>> {
    const { listings } = this.parts;
    const { userId } = principal;
    const reader = classId === null ? "student" : await this.#standing(principal, classId);
    const page = reader === "staff" && classId !== null
      ? await listings.list(classId, "room", status, cursor, limit)
      : await listings.rooms(
        { classId, userId, which: classId === null ? "theirs" : "open_to", status },
        cursor,
        limit,
      );
    return { rows: page.rows.map((row) => roomRowJson(row, userId, reader)), next: page.next };
  }

  /** A student of the class comes in, or is put there by those who teach it. */
  async admit(principal: Principal, roomId: string, userId: string): Promise<RoomJson> {
    const { class_id: classId } = await this.read(ENGINE, roomId);
    const by = userId === principal.userId ? "themself" : "staff";
    if (by === "staff" && await this.#standing(principal, classId) !== "staff") throw notFound();
    const member = await this.parts.rosters.member(classId, userId);
    if (member === null || !member.isAdmitted || member.part !== "student") throw notFound();
    await this.#tell(ENGINE, roomId, { type: "admit_member", member: personOf(member), by });
    return await this.read(principal, roomId);
  }

  /** One's own place is given up; there is a way back while the room goes on. */
  async leave(principal: Principal, roomId: string, userId: string): Promise<void> {
    if (userId !== principal.userId) throw notFound();
    await this.#tell(principal, roomId, { type: "leave" });
  }

  /** What is in the notes or on the board, for those who may read the room. Throws 404 for others. */
  async document(principal: Principal, roomId: string, name: DocumentName): Promise<RoomDocumentJson> {
    const { body } = await this.#tell(principal, roomId, { type: "document_sync", document: name, stateVector: "" });
    const { update } = documentDifferenceSchema.parse(body);
    return roomDocumentSchema.parse(plainDocument({ ...emptyDocument(name), merged: update }));
  }

  async #tell(principal: Principal, roomId: string, command: RoomCommand) {
    const from = sentBy(principal, this.parts);
    return requireDone(await this.parts.actors.tell(roomAddress(roomId), command, from));
  }

  async #plan(wanted: NewRoom): Promise<RoomPlan> {
    const { course_id: courseId, skills } = wanted;
    if (courseId === null && skills.length > 0) throw problem("topic_unknown", "Skills are those of a course.");
    if (courseId !== null) {
      await requireTopic(this.parts.courses, courseId, null);
      for (const skill of skills) await requireTopic(this.parts.courses, courseId, skill);
    }
    return {
      title: wanted.title.trim(),
      purpose: "study",
      classId: wanted.class_id,
      courseId,
      skills,
      sizeMax: wanted.size_max,
      admission: wanted.admission,
      roles: wanted.roles,
      turnMs: Math.round(wanted.turn_seconds * 1000),
      lessonId: null,
    };
  }

  /** Who teaches puts students of the class in; a student is in the room that they open. */
  async #people(principal: Principal, { class_id: classId, members }: NewRoom): Promise<readonly RoomPerson[]> {
    const standing = await this.#standing(principal, classId);
    const wanted = standing === "staff" ? members : [...new Set([principal.userId, ...members])];
    if (standing === "student" && wanted.length > 1) {
      throw problem("forbidden", "Those who teach the class put others into a room.");
    }
    const people = await Promise.all(wanted.map((userId) => this.parts.rosters.member(classId, userId)));
    return people.map((member) => {
      if (member === null || !member.isAdmitted || member.part !== "student") {
        throw problem("member_unknown", "Those in a room are students of its class.");
      }
      return personOf(member);
    });
  }

  async #isThere(principal: Principal, roomId: string): Promise<boolean> {
    return (await this.parts.actors.read(roomAddress(roomId), principal)).kind === "read";
  }

  /** So that nobody fills the class's list. */
  async #requireFewRooms({ userId }: Principal): Promise<void> {
    const search = { classId: null, userId, which: "theirs", status: "open" } as const;
    const { rows } = await this.parts.listings.rooms(search, null, ROOMS_OPEN_MAX);
    if (rows.length < ROOMS_OPEN_MAX) return;
    throw problem("too_many_rooms", `You are in ${ROOMS_OPEN_MAX} open rooms; leave one or let it end.`);
  }

  /** What the caller is in the class; throws 404 for others and for those who still wait. */
  async #standing({ userId, role }: Principal, classId: string): Promise<"staff" | "student"> {
    const { rosters } = this.parts;
    const member = await rosters.member(classId, userId);
    if (member !== null && member.isAdmitted) return member.part === "student" ? "student" : "staff";
    // A class always has its owner on the roster; without one there is no such class.
    if (role === "admin" && (await rosters.all(classId)).length > 0) return "staff";
    throw notFound();
  }
}

function personOf({ userId, username }: ClassMember): RoomPerson {
  return { userId, name: username };
}
