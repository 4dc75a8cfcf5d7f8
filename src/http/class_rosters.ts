/** Who is in a class: asked in by those who teach it, or joining by its code (A9). */
import type { ClassPart } from "../domain/classroom/roster.ts";
import type { Principal } from "../domain/principal.ts";
import {
  CLASS_MEMBERS_MAX,
  type ClassMember,
  type Invitation,
  isInvited,
  mayTeach,
  type MemberChange,
  type Membership,
  type NewClassMember,
  NO_ARRANGEMENTS,
} from "../domain/school/class_member.ts";
import { readJoinCode } from "../domain/school/join_code.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import type { EmotionRetreat } from "./emotion_retreat.ts";
import type { LessonRosters } from "./lesson_rosters.ts";
import type { PartnerSearches } from "./partner_searches.ts";
import type { Classes, Page, Rosters, User, Users } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import type { SchoolClasses } from "./school_classes.ts";

export interface ClassRosterParts {
  readonly classes: Pick<Classes, "byId" | "byJoinCode">;
  readonly rosters: Rosters;
  readonly users: Pick<Users, "byId" | "byLogin">;
  readonly lessonRosters: Pick<LessonRosters, "tell">;
  readonly partnerSearches: Pick<PartnerSearches, "endFor">;
  readonly emotionRetreat: Pick<EmotionRetreat, "enter">;
  readonly hooks: Pick<EdgeHooks, "onRosterChanged">;
  readonly clock: { nowMs(): number };
}

export class ClassRosters {
  constructor(private readonly parts: ClassRosterParts, private readonly taught: Pick<SchoolClasses, "byId">) {}

  async page(principal: Principal, classId: string, cursor: string | null, limit: number): Promise<Page<ClassMember>> {
    await this.taught.byId(principal, classId);
    return await this.parts.rosters.page(classId, cursor, limit);
  }

  /**
   * Puts an account on the roster, named by username or email. Since teachers see what is kept of their students, nobody
   * becomes one without their own word: they are invited, unless they are in a class of the caller's own, not in one that
   * the caller helps in, and have never refused this one.
   */
  async add(
    principal: Principal,
    classId: string,
    login: string,
    part: Exclude<ClassPart, "teacher">,
  ): Promise<ClassMember> {
    await this.taught.byId(principal, classId);
    const { user } = await this.parts.users.byLogin(login) ?? { user: null };
    if (user === null || !user.isActive) {
      throw problem("account_unknown", "No account in use has this username or email address.");
    }
    if (part === "co_teacher") requireTeacher(user);
    const isAdmitted = part === "co_teacher" || await this.#mayTakeIn(principal, classId, user.id);
    const entry = { classId, userId: user.id, part, isAdmitted, addedBy: principal.userId };
    const added = await this.#enter(entry, isAdmitted ? undefined : login);
    if (added === "present") {
      throw problem("already_member", "This account is in the class, is invited, or waits to be admitted.");
    }
    return await this.#member(classId, user.id);
  }

  async change(principal: Principal, classId: string, userId: string, wanted: MemberChange): Promise<ClassMember> {
    const { ownerId } = await this.taught.byId(principal, classId);
    const member = await this.#member(classId, userId);
    if (wanted.part !== null && userId === ownerId) throw ownerStays();
    if (wanted.part === "co_teacher" && member.part !== "co_teacher") {
      requireTeacher(await this.parts.users.byId(userId));
    }
    if (wanted.part === "student" && member.part !== "student" && !await this.#mayTakeIn(principal, classId, userId)) {
      throw problem("must_be_asked", "Nobody is made a student unasked: remove them, and invite them as a student.");
    }
    if (wanted.admit !== null && isInvited(member)) {
      throw problem("must_be_asked", "They are invited and have not accepted.");
    }
    const changed = await this.parts.rosters.change(classId, userId, wanted);
    if (changed === null) throw notFound();
    await this.#changed(classId, userId);
    return changed;
  }

  async remove(principal: Principal, classId: string, userId: string): Promise<void> {
    const { ownerId } = await this.taught.byId(principal, classId);
    if (userId === ownerId) throw ownerStays();
    if (!await this.parts.rosters.remove(classId, userId)) throw notFound();
    await this.#gone(classId, userId);
  }

  /** The caller joins as a student; those who are in the class already find their place as it is. */
  async join(
    { userId }: Principal,
    typed: string,
  ): Promise<{ readonly membership: Membership; readonly isNew: boolean }> {
    const code = readJoinCode(typed);
    const found = code === null ? null : await this.parts.classes.byJoinCode(code);
    if (found === null) throw problem("join_code_unknown", "No class can be joined by this code.");
    const { id: classId, title, joinNeedsApproval } = found;
    const isAdmitted = !joinNeedsApproval;
    const entered = await this.#enter({ classId, userId, part: "student", isAdmitted, addedBy: null });
    const isNew = entered === "added" || await this.#accepts(classId, userId);
    // Where a session could not be reached before, joining again deletes the rest.
    if (!isNew) await this.#retreat(classId, userId);
    return { membership: { ...await this.#member(classId, userId), title }, isNew };
  }

  invitations({ userId }: Principal, cursor: string | null, limit: number): Promise<Page<Invitation>> {
    return this.parts.rosters.invitations(userId, cursor, limit);
  }

  /** The caller comes into a class that they were invited to. Throws 404 where they were not. */
  async accept({ userId }: Principal, classId: string): Promise<Membership> {
    const { classes } = this.parts;
    if (!await this.#accepts(classId, userId)) throw notFound();
    const [member, stored] = [await this.#member(classId, userId), await classes.byId(classId)];
    return { ...member, title: stored?.title ?? "" };
  }

  /** Declines an invitation. Throws 404 where there is none. */
  async decline({ userId }: Principal, classId: string): Promise<void> {
    if (!isInvited(await this.#member(classId, userId))) throw notFound();
    await this.#leave(classId, userId);
  }

  /** Leaves a class, or takes back the wish to join it. Its owner stays. */
  async leave({ userId }: Principal, classId: string): Promise<void> {
    const stored = await this.parts.classes.byId(classId);
    if (stored?.ownerId === userId) throw ownerStays();
    await this.#leave(classId, userId);
  }

  memberships({ userId }: Principal, cursor: string | null, limit: number): Promise<Page<Membership>> {
    return this.parts.rosters.ofUser(userId, cursor, limit);
  }

  async #enter(
    member: Pick<NewClassMember, "classId" | "userId" | "part" | "isAdmitted" | "addedBy">,
    invitedAs?: string,
  ): Promise<"added" | "present"> {
    const { rosters, clock } = this.parts;
    const outcome = await rosters.add({ ...member, ...NO_ARRANGEMENTS, joinedAtMs: clock.nowMs() }, invitedAs);
    if (outcome === "full") throw problem("class_full", `A class holds ${CLASS_MEMBERS_MAX} people.`);
    if (outcome === "added") await this.#changed(member.classId, member.userId);
    return outcome;
  }

  /** Whether the caller may make the person a student of theirs without asking. */
  async #mayTakeIn({ userId, role }: Principal, classId: string, personId: string): Promise<boolean> {
    return role === "admin" || await this.parts.rosters.mayTakeIn(userId, classId, personId);
  }

  async #accepts(classId: string, userId: string): Promise<boolean> {
    const { rosters, clock } = this.parts;
    const isAccepted = await rosters.accept(classId, userId, clock.nowMs());
    if (isAccepted) await this.#changed(classId, userId);
    return isAccepted;
  }

  async #leave(classId: string, userId: string): Promise<void> {
    if (!await this.parts.rosters.leave(classId, userId)) throw notFound();
    await this.#gone(classId, userId);
  }

  async #gone(classId: string, userId: string): Promise<void> {
    await this.parts.partnerSearches.endFor(classId, userId);
    await this.#changed(classId, userId);
  }

  async #changed(classId: string, userId: string): Promise<void> {
    this.parts.hooks.onRosterChanged(classId, [userId]);
    // Neither waits for the other: what was read is deleted even where a lesson cannot be told.
    await Promise.all([this.parts.lessonRosters.tell(classId, [userId]), this.#retreat(classId, userId)]);
  }

  /** Where the class forbids emotion, what was read of a student of it is deleted (M1). */
  async #retreat(classId: string, userId: string): Promise<void> {
    const member = await this.parts.rosters.member(classId, userId);
    if (member?.isAdmitted && member.part === "student") await this.parts.emotionRetreat.enter(userId, classId);
  }

  async #member(classId: string, userId: string): Promise<ClassMember> {
    const member = await this.parts.rosters.member(classId, userId);
    if (member === null) throw notFound();
    return member;
  }
}

function ownerStays() {
  return problem("class_owner", "The owner of a class stays its teacher; delete the class instead.");
}

function requireTeacher(user: User | null): void {
  if (user !== null && mayTeach(user.role)) return;
  throw problem("cannot_teach", "Only accounts of teachers and administrators help to teach a class.");
}
