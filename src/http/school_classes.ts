/** What teachers do with classes of their own, and who allows emotion to be inferred in one (M1). */
import type { Principal } from "../domain/principal.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import type { EmotionRetreat } from "./emotion_retreat.ts";
import { type RandomBytes, uuidV7 } from "./identifiers.ts";
import type { Classes, Page, SchoolClass } from "./ports.ts";
import { notFound } from "./problem.ts";

export interface SchoolClassParts {
  readonly classes: Classes;
  readonly emotionRetreat: Pick<EmotionRetreat, "leaveClass">;
  readonly hooks: Pick<EdgeHooks, "onClassPolicyChanged">;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
}

/** What may be changed of a class; null leaves it as it is. */
export interface ClassChange {
  readonly title: string | null;
  readonly emotionAllowed: boolean | null;
  readonly leaderboardsAllowed: boolean | null;
}

export class SchoolClasses {
  constructor(private readonly parts: SchoolClassParts) {}

  /** A class of the caller's own; nobody has allowed anything in it yet. */
  async create(owner: Principal, title: string): Promise<SchoolClass> {
    const { classes, clock, randomBytes } = this.parts;
    const createdAtMs = clock.nowMs();
    const schoolClass = { id: uuidV7(createdAtMs, randomBytes), title, ownerId: owner.userId, createdAtMs };
    await classes.create(schoolClass);
    return { ...schoolClass, emotionPolicy: null, leaderboardsAllowed: true };
  }

  /** Throws 404 for a class that is not there and for one that is somebody else's. */
  async byId(principal: Principal, id: string): Promise<SchoolClass> {
    const stored = await this.parts.classes.byId(id);
    if (stored === null || !mayManage(principal, stored)) throw notFound();
    return stored;
  }

  /** One's own classes; an administrator's list holds all. */
  list(principal: Principal, cursor: string | null, limit: number): Promise<Page<SchoolClass>> {
    return this.parts.classes.list(principal.role === "admin" ? null : principal.userId, cursor, limit);
  }

  /**
   * Changes what is named. A changed policy holds from the next frame on, and what sessions hold in memory is deleted
   * where emotion is forbidden; when one of them cannot be reached, asking again deletes the rest.
   */
  async change(principal: Principal, id: string, wanted: ClassChange): Promise<SchoolClass> {
    const { title, emotionAllowed, leaderboardsAllowed } = wanted;
    const { classes, emotionRetreat, hooks, clock } = this.parts;
    await this.byId(principal, id);
    if (title !== null) await classes.rename(id, title);
    if (leaderboardsAllowed !== null) await classes.setLeaderboardPolicy(id, { allowed: leaderboardsAllowed });
    if (emotionAllowed !== null) {
      const policy = { allowed: emotionAllowed, byUserId: principal.userId, atMs: clock.nowMs() };
      await classes.setEmotionPolicy(id, policy);
      hooks.onClassPolicyChanged(id);
      if (!emotionAllowed) await emotionRetreat.leaveClass(id);
    }
    return await this.byId(principal, id);
  }
}

function mayManage(principal: Principal, { ownerId }: SchoolClass): boolean {
  return principal.role === "admin" || (principal.role === "teacher" && principal.userId === ownerId);
}
