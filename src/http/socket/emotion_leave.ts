/** Leave to read a learner's face in a session: their own consent, and the policy of the session's class. */
import { z } from "zod";
import type { ActorId } from "../../domain/address.ts";
import type { Principal } from "../../domain/principal.ts";
import type { ClosedGate } from "../emotion_gates.ts";
import type { Clock } from "./clock.ts";
import { ConsentCache, type MayInfer, type Standing } from "./consent_cache.ts";
import type { Door } from "./door.ts";

export interface EmotionLeaveParts {
  readonly door: Pick<Door, "read">;
  readonly learnerAllows: MayInfer;
  readonly classAllows: MayInfer;
  readonly clock: Clock;
  readonly cacheMs: number;
}

const sessionSchema = z.looseObject({ class_id: z.string().nullable() });

/** The session could not be read, so nobody knows whose policy holds in it. */
class SessionUnreadError extends Error {
  override readonly name = "SessionUnreadError";
}

export class EmotionLeave {
  readonly #door: Pick<Door, "read">;
  readonly #learners: ConsentCache;
  readonly #classes: ConsentCache;
  /** The session each learner was last seen in, and its class, which never changes. */
  readonly #classOf = new Map<string, { readonly session: ActorId; readonly classId: string | null }>();

  constructor({ door, learnerAllows, classAllows, clock, cacheMs }: EmotionLeaveParts) {
    this.#door = door;
    this.#learners = new ConsentCache(learnerAllows, clock, cacheMs);
    this.#classes = new ConsentCache(classAllows, clock, cacheMs);
  }

  /** Which gate is closed now, or null. Rejects when nobody can tell: then nothing may be read. */
  async closedGate(learner: Principal, session: ActorId): Promise<ClosedGate | null> {
    if (!await this.#learners.given(learner.userId)) return "no_consent";
    const classId = await this.#classIdOf(learner, session);
    return classId === null || await this.#classes.given(classId) ? null : "class_policy";
  }

  /** To be shown to {@link EmotionLeave.stands} later: whether the learner's word may have changed since. */
  standing(learnerId: string): Standing {
    return this.#learners.standing(learnerId);
  }

  stands(learnerId: string, standing: Standing): boolean {
    return this.#learners.stands(learnerId, standing);
  }

  consentChanged(learnerId: string): void {
    this.#learners.forget(learnerId);
  }

  classPolicyChanged(classId: string): void {
    this.#classes.forget(classId);
  }

  /** The person has no socket any more. */
  forget(learnerId: string): void {
    this.#learners.forget(learnerId);
    this.#classOf.delete(learnerId);
  }

  async #classIdOf(learner: Principal, session: ActorId): Promise<string | null> {
    const known = this.#classOf.get(learner.userId);
    if (known?.session === session) return known.classId;
    const outcome = await this.#door.read(session, learner);
    if (outcome.kind !== "read") throw new SessionUnreadError(`${session} could not be read: ${outcome.kind}`);
    const { class_id: classId } = sessionSchema.parse(outcome.state);
    this.#classOf.set(learner.userId, { session, classId });
    return classId;
  }
}
