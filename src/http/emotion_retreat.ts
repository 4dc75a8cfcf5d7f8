/** Lets go of what sessions hold in memory of a face: when its consent ends, and where a class forbids it. */
import { keyOf, parseActorId } from "../domain/address.ts";
import { session } from "../domain/session/aggregate.ts";
import { sessionAddress } from "../domain/session/messages.ts";
import type { Reply } from "../actors/envelope.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { EmotionGates } from "./emotion_gates.ts";
import type { ListedActor, Listings, Page } from "./ports.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

export interface EmotionRetreatParts extends IdParts {
  readonly actors: Pick<ActorDoor, "tell">;
  readonly listings: Pick<Listings, "list">;
  readonly gates: EmotionGates;
}

const SESSIONS_PAGE = 100;
const LEARNERS_AT_ONCE_MAX = 50;

export class EmotionRetreat {
  constructor(private readonly parts: EmotionRetreatParts) {}

  /**
   * Has every session of the learner that is not complete delete its readings. All are told, whatever becomes of the
   * others; then throws the problem that says why one could not be.
   */
  async forget(learnerId: string): Promise<void> {
    const replies: Reply[] = [];
    let cursor: string | null = null;
    do {
      // Of any status: a session that pauses or resumes meanwhile is on no page less and on none twice.
      const page: Page<ListedActor> = await this.parts.listings.list(
        learnerId,
        session.kind,
        null,
        cursor,
        SESSIONS_PAGE,
      );
      const open = page.rows.filter(({ status }) => status !== "completed");
      replies.push(...await Promise.all(open.map(({ actor }) => this.#tell(learnerId, actor))));
      cursor = page.next;
    } while (cursor !== null);
    for (const reply of replies) requireDone(reply);
  }

  /** A learner comes into a class or begins a session of it: where it forbids emotion, it does in all their sessions. */
  async enter(learnerId: string, classId: string): Promise<void> {
    const { gates } = this.parts;
    if (await gates.learnerAllows(learnerId) && !await gates.classAllows(classId)) await this.forget(learnerId);
  }

  /** A class of these people forbids emotion from now on: all are seen to; then throws as {@link forget} does. */
  async leaveClass(memberIds: readonly string[]): Promise<void> {
    const { gates } = this.parts;
    const failures: unknown[] = [];
    for (let first = 0; first < memberIds.length; first += LEARNERS_AT_ONCE_MAX) {
      const some = memberIds.slice(first, first + LEARNERS_AT_ONCE_MAX);
      const outcomes = await Promise.allSettled(some.map(async (learnerId) => {
        if (await gates.learnerAllows(learnerId)) await this.forget(learnerId);
      }));
      failures.push(...outcomes.flatMap((outcome) => outcome.status === "rejected" ? [outcome.reason] : []));
    }
    if (failures.length > 0) throw failures[0];
  }

  #tell(learnerId: string, actor: string): Promise<Reply> {
    const id = parseActorId(actor);
    // A session asks whose it is; the role of that person is nothing to it.
    const from = sentBy({ userId: learnerId, role: "student" }, this.parts);
    const to = sessionAddress(id === null ? actor : keyOf(id));
    return this.parts.actors.tell(to, { type: "forget_emotion" }, from);
  }
}
