/** Who is in a class: put on its roster by those who teach it, or joining by its code (A9). */
import type { ClassPart } from "../domain/classroom/roster.ts";
import type { Principal } from "../domain/principal.ts";
import {
  CLASS_MEMBERS_MAX,
  type ClassMember,
  mayTeach,
  type MemberChange,
  type Membership,
  type NewClassMember,
  NO_ARRANGEMENTS,
} from "../domain/school/class_member.ts";
import { readJoinCode } from "../domain/school/join_code.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
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
  readonly hooks: Pick<EdgeHooks, "onRosterChanged">;
  readonly clock: { nowMs(): number };
}

export class ClassRosters {
  constructor(private readonly parts: ClassRosterParts, private readonly taught: Pick<SchoolClasses, "byId">) {}

  async page(principal: Principal, classId: string, cursor: string | null, limit: number): Promise<Page<ClassMember>> {
    await this.taught.byId(principal, classId);
    return await this.parts.rosters.page(classId, cursor, limit);
  }

  /** Puts an account on the roster, named by username or email. */
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
    const added = await this.#enter({ classId, userId: user.id, part, isAdmitted: true, addedBy: principal.userId });
    if (added === "present") throw problem("already_member", "This account is in the class, or waits to be admitted.");
    return await this.#member(classId, user.id);
  }

  async change(principal: Principal, classId: string, userId: string, wanted: MemberChange): Promise<ClassMember> {
    const { ownerId } = await this.taught.byId(principal, classId);
    const member = await this.#member(classId, userId);
    if (wanted.part !== null && userId === ownerId) throw ownerStays();
    if (wanted.part === "co_teacher" && member.part !== "co_teacher") {
      requireTeacher(await this.parts.users.byId(userId));
    }
    const changed = await this.parts.rosters.change(classId, userId, wanted);
    if (changed === null) throw notFound();
    await this.#changed(classId, userId);
    return changed;
  }

  async remove(principal: Principal, classId: string, userId: string): Promise<void> {
    const { ownerId } = await this.taught.byId(principal, classId);
    if (userId === ownerId) throw ownerStays();
    await this.#leave(classId, userId);
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
    return { membership: { ...await this.#member(classId, userId), title }, isNew: entered === "added" };
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
  ): Promise<"added" | "present"> {
    const { rosters, clock } = this.parts;
    const outcome = await rosters.add({ ...member, ...NO_ARRANGEMENTS, joinedAtMs: clock.nowMs() });
    if (outcome === "full") throw problem("class_full", `A class holds ${CLASS_MEMBERS_MAX} people.`);
    if (outcome === "added") await this.#changed(member.classId, member.userId);
    return outcome;
  }

  async #leave(classId: string, userId: string): Promise<void> {
    if (!await this.parts.rosters.remove(classId, userId)) throw notFound();
    await this.parts.partnerSearches.endFor(classId, userId);
    await this.#changed(classId, userId);
  }

  async #changed(classId: string, userId: string): Promise<void> {
    this.parts.hooks.onRosterChanged(classId, [userId]);
    await this.parts.lessonRosters.tell(classId, [userId]);
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
