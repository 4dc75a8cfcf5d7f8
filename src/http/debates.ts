/** Debates as the edge opens, reads, lists and judges them (V1–V8). */
import type { z } from "@hono/zod-openapi";
import { debate } from "../domain/debate/aggregate.ts";
import { debateAddress, type HostDebateCommand } from "../domain/debate/messages.ts";
import { type Motion, otherSide, SIDES } from "../domain/debate/motion.ts";
import type { DebatePlan } from "../domain/debate/plan.ts";
import type { Principal } from "../domain/principal.ts";
import type { ClassMember } from "../domain/school/class_member.ts";
import { requireDone, requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { debateRowJson, type debateRowSchema, debateSchema, type newDebateSchema } from "./documents/debate_schemas.ts";
import { idUnderKey, keyReused, openOnce } from "./open_once.ts";
import type { Listings, Page, Rosters } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

export interface DebateParts extends IdParts {
  readonly actors: ActorDoor;
  readonly listings: Listings;
  readonly rosters: Pick<Rosters, "all" | "member">;
  readonly debateMotions: readonly Motion[];
}

export type DebateJson = z.infer<typeof debateSchema>;
type DebateRow = z.infer<typeof debateRowSchema>;
type NewDebate = z.infer<typeof newDebateSchema>;
type People = Pick<DebatePlan, "speakers" | "hosts" | "spectators">;

export class Debates {
  constructor(private readonly parts: DebateParts) {}

  get motions(): readonly Motion[] {
    return this.parts.debateMotions;
  }

  /** Throws 404 where there is no such motion. */
  motion(id: string): Motion {
    const motion = this.motions.find((one) => one.id === id);
    if (motion === undefined) throw notFound();
    return motion;
  }

  /** Opens a debate, which waits to be started. The same `key` again finds the one it opened (X1). */
  async open(principal: Principal, wanted: NewDebate, key: string | null): Promise<DebateJson> {
    const plan = await this.#plan(principal, wanted);
    const debateId = await idUnderKey(`debate ${principal.userId}`, key, this.parts);
    await openOnce(this.parts.actors, principal, debateAddress(debateId), { type: "open_debate", plan });
    const opened = await this.read(principal, debateId);
    if (opened.motion.motion_id === wanted.motion_id && opened.class_id === wanted.class_id) return opened;
    throw keyReused("debate");
  }

  /** For those who lead it, speak in it or watch it. Throws 404 for others. */
  async read(principal: Principal, debateId: string): Promise<DebateJson> {
    return debateSchema.parse(requireRead(await this.parts.actors.read(debateAddress(debateId), principal)));
  }

  /**
   * A class's debates for its members, or (null) one's own practice; newest first. What classmates practise is left out
   * of a student's page, which may be the shorter for it.
   */
  async list(
    principal: Principal,
    classId: string | null,
    status: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<DebateRow>> {
    const isStudent = classId !== null && principal.role !== "admin" &&
      (await this.#place(principal, classId)).part === "student";
    const page = await this.parts.listings.list(classId ?? principal.userId, debate.kind, status, cursor, limit);
    const rows = page.rows.map(debateRowJson);
    const isTheirs = (row: DebateRow) => !row.practice || row.opened_by === principal.userId;
    return { rows: isStudent ? rows.filter(isTheirs) : rows, next: page.next };
  }

  async judge(
    principal: Principal,
    debateId: string,
    judgement: Pick<Extract<HostDebateCommand, { type: "judge" }>, "userId" | "scores" | "comment">,
  ): Promise<DebateJson> {
    await this.read(principal, debateId);
    const from = sentBy(principal, this.parts);
    requireDone(await this.parts.actors.tell(debateAddress(debateId), { type: "judge", ...judgement }, from));
    return await this.read(principal, debateId);
  }

  async #plan(principal: Principal, wanted: NewDebate): Promise<DebatePlan> {
    const motion = this.motions.find(({ id }) => id === wanted.motion_id);
    if (motion === undefined) throw problem("motion_unknown", `There is no motion "${wanted.motion_id}".`);
    return {
      motion,
      classId: wanted.class_id,
      aiSide: wanted.ai_side,
      rebuttalRounds: wanted.rebuttal_rounds,
      turnMs: {
        opening: Math.round(wanted.opening_seconds * 1000),
        rebuttal: Math.round(wanted.rebuttal_seconds * 1000),
        closing: Math.round(wanted.closing_seconds * 1000),
      },
      statementsATurn: wanted.statements_a_turn,
      ...await this.#people(principal, wanted),
    };
  }

  /** Who teaches the class puts its students on sides; everybody else debates alone with the AI. */
  async #people(principal: Principal, wanted: NewDebate): Promise<People> {
    const { class_id: classId, sides } = wanted;
    if (classId === null) return { ...practice(principal, wanted), hosts: [principal.userId] };
    const isAdmin = principal.role === "admin";
    const isTeacher = isAdmin || (await this.#place(principal, classId)).part !== "student";
    const members = (await this.parts.rosters.all(classId)).filter(({ isAdmitted }) => isAdmitted);
    if (members.length === 0) throw notFound();
    const teachers = members.filter(({ part }) => part !== "student").map(({ userId }) => userId);
    if (!isTeacher) return { ...practice(principal, wanted), hosts: [principal.userId, ...teachers] };
    const students = members.filter(({ part }) => part === "student").map(({ userId }) => userId);
    const speakers = SIDES.flatMap((side) => sides[side]);
    if (!speakers.every((userId) => students.includes(userId))) {
      throw problem("speaker_unknown", "Those who speak are students of the class.");
    }
    const hosts = isAdmin ? [...new Set([principal.userId, ...teachers])] : teachers;
    return { speakers: sides, hosts, spectators: students.filter((userId) => !speakers.includes(userId)) };
  }

  /** The caller's own place in the class; throws 404 for others and for those who still wait. */
  async #place({ userId }: Principal, classId: string): Promise<ClassMember> {
    const member = await this.parts.rosters.member(classId, userId);
    if (member === null || !member.isAdmitted) throw notFound();
    return member;
  }
}

/** The caller alone against the AI. */
function practice({ userId }: Principal, { sides, ai_side }: NewDebate): Pick<People, "speakers" | "spectators"> {
  const named = SIDES.flatMap((side) => sides[side].map((speaker) => ({ side, speaker })));
  const isAlone = named.every(({ side, speaker }) => speaker === userId && side !== ai_side);
  if (ai_side === null || !isAlone) {
    throw problem("speaker_unknown", "Practice is between the AI, on its `ai_side`, and yourself.");
  }
  const none = { for: [], against: [] };
  return { speakers: { ...none, [otherSide(ai_side)]: [userId] }, spectators: [] };
}
