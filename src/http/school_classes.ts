/** What teachers do with classes of their own, and who allows emotion to be inferred in one (M1). */
import type { Principal } from "../domain/principal.ts";
import type { SchoolClass } from "../domain/school/school_class.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import type { EmotionRetreat } from "./emotion_retreat.ts";
import { type RandomBytes, uuidV7 } from "./identifiers.ts";
import type { LessonRosters } from "./lesson_rosters.ts";
import type { Classes, Page, Rosters } from "./ports.ts";
import { notFound, problem } from "./problem.ts";

export interface SchoolClassParts {
  readonly classes: Classes;
  readonly rosters: Rosters;
  readonly emotionRetreat: Pick<EmotionRetreat, "leaveClass">;
  readonly lessonRosters: Pick<LessonRosters, "tell" | "end">;
  readonly hooks: Pick<EdgeHooks, "onClassPolicyChanged" | "onRosterChanged">;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
}

/** What may be changed of a class; null leaves it as it is. */
export interface ClassChange {
  readonly title: string | null;
  readonly emotionAllowed: boolean | null;
  readonly leaderboardsAllowed: boolean | null;
  readonly joinNeedsApproval: boolean | null;
}

export class SchoolClasses {
  constructor(private readonly parts: SchoolClassParts) {}

  /** A class of the caller's own; nobody has allowed anything in it yet. */
  async create(owner: Principal, title: string): Promise<SchoolClass> {
    const { classes, clock, randomBytes } = this.parts;
    const createdAtMs = clock.nowMs();
    const schoolClass = { id: uuidV7(createdAtMs, randomBytes), title, ownerId: owner.userId, createdAtMs };
    await classes.create(schoolClass);
    return { ...schoolClass, emotionPolicy: null, leaderboardsAllowed: true, joinNeedsApproval: false };
  }

  /** A class that the caller teaches or helps to teach; throws 404 for any other and for one that is not there (A8). */
  async byId(principal: Principal, id: string): Promise<SchoolClass> {
    const stored = await this.parts.classes.byId(id);
    if (stored === null || !await this.#teachesIn(principal, stored)) throw notFound();
    return stored;
  }

  /** Classes that one teaches or helps to teach; an administrator's list holds all. */
  list(principal: Principal, cursor: string | null, limit: number): Promise<Page<SchoolClass>> {
    return this.parts.classes.list(principal.role === "admin" ? null : principal.userId, cursor, limit);
  }

  /**
   * Changes what is named. A changed policy holds from the next frame on, and what sessions hold in memory is deleted
   * where emotion is forbidden; when one of them cannot be reached, asking again deletes the rest.
   */
  async change(principal: Principal, id: string, wanted: ClassChange): Promise<SchoolClass> {
    const { title, emotionAllowed, leaderboardsAllowed, joinNeedsApproval } = wanted;
    const { classes, rosters, lessonRosters, emotionRetreat, hooks, clock } = this.parts;
    await this.byId(principal, id);
    if (title !== null) await classes.rename(id, title);
    if (leaderboardsAllowed !== null) {
      await classes.setLeaderboardPolicy(id, { allowed: leaderboardsAllowed });
      await lessonRosters.tell(id, (await rosters.all(id)).map(({ userId }) => userId));
    }
    if (joinNeedsApproval !== null) await classes.setJoinPolicy(id, { needsApproval: joinNeedsApproval });
    if (emotionAllowed !== null) {
      const policy = { allowed: emotionAllowed, byUserId: principal.userId, atMs: clock.nowMs() };
      await classes.setEmotionPolicy(id, policy);
      hooks.onClassPolicyChanged(id);
      if (!emotionAllowed) await emotionRetreat.leaveClass((await rosters.all(id)).map(({ userId }) => userId));
    }
    return await this.byId(principal, id);
  }

  /** Deletes the class with its roster; for its owner and administrators, not for those who help to teach it. */
  async remove(principal: Principal, id: string): Promise<void> {
    const { ownerId } = await this.byId(principal, id);
    if (principal.role !== "admin" && principal.userId !== ownerId) {
      throw problem("forbidden", "The owner of a class deletes it.");
    }
    const { classes, rosters, lessonRosters, emotionRetreat, hooks } = this.parts;
    const members = (await rosters.all(id)).map(({ userId }) => userId);
    await classes.remove(id);
    hooks.onRosterChanged(id, members);
    await lessonRosters.tell(id, members);
    await lessonRosters.end(id);
    // A class that is not there allows nothing.
    hooks.onClassPolicyChanged(id);
    await emotionRetreat.leaveClass(members);
  }

  async #teachesIn({ userId, role }: Principal, { id, ownerId }: SchoolClass): Promise<boolean> {
    if (role === "admin") return true;
    if (role === "student") return false;
    if (userId === ownerId) return true;
    const member = await this.parts.rosters.member(id, userId);
    return member !== null && member.isAdmitted && member.part !== "student";
  }
}
