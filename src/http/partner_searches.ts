/** Learners who look for partners in a class of theirs: one search a class, asked for, read and taken back (I13). */
import { ENGINE } from "../domain/engine.ts";
import { type EdgeMatchingCommand, matchingAddress, type Wish } from "../domain/matching/messages.ts";
import type { Principal } from "../domain/principal.ts";
import type { ClassMember } from "../domain/school/class_member.ts";
import type { Reply } from "../actors/envelope.ts";
import { requireDone, requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { type PartnerSearchJson, partnerSearchSchema } from "./documents/matching_schemas.ts";
import type { Courses, Rosters } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import { requireTopic } from "./require_topic.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

export interface PartnerSearchParts extends IdParts {
  readonly actors: Pick<ActorDoor, "tell" | "read">;
  readonly courses: Courses;
  readonly rosters: Pick<Rosters, "member">;
}

export class PartnerSearches {
  constructor(private readonly parts: PartnerSearchParts) {}

  /** Begins a search; who looks for partners in this course already goes on as before. Throws 404, 409 or 422. */
  async begin(principal: Principal, classId: string, wish: Wish): Promise<PartnerSearchJson> {
    const { userId, username: name } = await this.#student(principal, classId);
    await requireTopic(this.parts.courses, wish.courseId, null);
    await this.#requireSkills(wish);
    const reply = await this.#tell(classId, { type: "seek_partners", person: { userId, name }, wish });
    if (reply.kind !== "rejected" || reply.code !== "already_seeking") requireDone(reply);
    const search = await this.#read(principal, classId);
    // Matched between the two, it names no course any more.
    if (search.course_id === null || search.course_id === wish.courseId) return search;
    throw problem("conflict", "You look for partners in another course; take that search back first.");
  }

  async current(principal: Principal, classId: string): Promise<PartnerSearchJson> {
    await this.#student(principal, classId);
    return await this.#read(principal, classId);
  }

  /** Throws 409 where they look for no partners, as when they have just been matched. */
  async takeBack(principal: Principal, classId: string): Promise<void> {
    const { userId } = await this.#student(principal, classId);
    requireDone(await this.#tell(classId, { type: "withdraw", userId }));
  }

  /** They are no part of the class any more. */
  async endFor(classId: string, userId: string): Promise<void> {
    const reply = await this.#tell(classId, { type: "withdraw", userId });
    // Most look for nobody.
    if (reply.kind !== "rejected") requireDone(reply);
  }

  async #read(principal: Principal, classId: string): Promise<PartnerSearchJson> {
    const outcome = await this.parts.actors.read(matchingAddress(classId), principal);
    if (outcome.kind !== "forbidden") return partnerSearchSchema.parse(requireRead(outcome));
    const [since, expires_at, room_id, reason] = [null, null, null, null];
    return {
      class_id: classId,
      status: "none",
      course_id: null,
      seeking: 0,
      since,
      expires_at,
      room_id,
      members: [],
      reason,
    };
  }

  /** The caller as a student of the class; throws 404 for all others. */
  async #student({ userId }: Principal, classId: string): Promise<ClassMember> {
    const member = await this.parts.rosters.member(classId, userId);
    if (member === null || !member.isAdmitted || member.part !== "student") throw notFound();
    return member;
  }

  async #requireSkills({ courseId, skills }: Wish): Promise<void> {
    const stored = await this.parts.courses.byId(courseId);
    const missing = skills.filter((skill) => !stored?.course.skills.some(({ id }) => id === skill));
    if (missing.length === 0) return;
    throw problem("skill_unknown", `The course "${courseId}" has no skill "${missing[0]}".`, {
      errors: missing.map(() => ({ path: "skills", message: "names no skill of the course" })),
    });
  }

  #tell(classId: string, command: EdgeMatchingCommand): Promise<Reply> {
    return this.parts.actors.tell(matchingAddress(classId), command, sentBy(ENGINE, this.parts));
  }
}
