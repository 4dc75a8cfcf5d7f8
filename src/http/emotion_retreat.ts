/** Lets go of what sessions hold in memory of a face: when its consent ends, and where a class forbids it. */
import { keyOf, parseActorId } from "../domain/address.ts";
import { session } from "../domain/session/aggregate.ts";
import { sessionAddress } from "../domain/session/messages.ts";
import type { Reply } from "../actors/envelope.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { EmotionGates } from "./emotion_gates.ts";
import { type RandomBytes, uuidV7 } from "./identifiers.ts";
import type { Classes, ListedActor, Listings, Page } from "./ports.ts";

export interface EmotionRetreatParts {
  readonly actors: Pick<ActorDoor, "tell">;
  readonly listings: Pick<Listings, "list">;
  readonly classes: Pick<Classes, "learnersAtWork">;
  readonly gates: EmotionGates;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
}

const SESSIONS_PAGE = 100;
const LEARNERS_PAGE = 50;

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

  /** Before a learner begins a session of a class: one that forbids emotion forbids it in their other sessions too. */
  async enter(learnerId: string, classId: string): Promise<void> {
    const { gates } = this.parts;
    if (await gates.learnerAllows(learnerId) && !await gates.classAllows(classId)) await this.forget(learnerId);
  }

  /** The class forbids emotion from now on: all who are at work in it are seen to; then throws as {@link forget} does. */
  async leaveClass(classId: string): Promise<void> {
    const { classes, gates } = this.parts;
    const failures: unknown[] = [];
    let learnerIds: readonly string[];
    let after = "";
    do {
      learnerIds = await classes.learnersAtWork(classId, after, LEARNERS_PAGE);
      const outcomes = await Promise.allSettled(learnerIds.map(async (learnerId) => {
        if (await gates.learnerAllows(learnerId)) await this.forget(learnerId);
      }));
      failures.push(...outcomes.flatMap((outcome) => outcome.status === "rejected" ? [outcome.reason] : []));
      after = learnerIds.at(-1) ?? after;
    } while (learnerIds.length === LEARNERS_PAGE);
    if (failures.length > 0) throw failures[0];
  }

  #tell(learnerId: string, actor: string): Promise<Reply> {
    const { actors, clock, randomBytes } = this.parts;
    const id = parseActorId(actor);
    const commandId = `rest-${uuidV7(clock.nowMs(), randomBytes)}`;
    // A session asks whose it is; the role of that person is nothing to it.
    const origin = { kind: "client", principal: { userId: learnerId, role: "student" } } as const;
    const to = sessionAddress(id === null ? actor : keyOf(id));
    return actors.tell(to, { type: "forget_emotion" }, { commandId, origin });
  }
}
