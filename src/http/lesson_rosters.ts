/** What a class's lessons and debates know of its roster: the whole when they open, then each change (A11, V8). */
import { type Address, keyOf, parseActorId } from "../domain/address.ts";
import { classroom } from "../domain/classroom/aggregate.ts";
import { LESSON_REOPEN_MS_MAX } from "../domain/classroom/limits.ts";
import { classroomAddress } from "../domain/classroom/messages.ts";
import type { RosterEntry } from "../domain/classroom/roster.ts";
import { debate } from "../domain/debate/aggregate.ts";
import { debateAddress } from "../domain/debate/messages.ts";
import { ENGINE } from "../domain/engine.ts";
import type { ClassMember, Membership } from "../domain/school/class_member.ts";
import type { SchoolClass } from "../domain/school/school_class.ts";
import { requireDone } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import type { Classes, ListedActor, Listings, Page, Rosters } from "./ports.ts";
import { type IdParts, sentBy } from "./rest_command.ts";
import { leaveRooms } from "./room_rosters.ts";

const PAGE_ROWS = 100;
/** Debates that ended so long ago are still told who comes into the class: they may be judged. */
const DEBATE_JUDGED_MS_MAX = 30 * 24 * 3_600_000;

export interface LessonRosterParts extends IdParts {
  readonly actors: Pick<ActorDoor, "tell">;
  readonly listings: Listings;
  readonly classes: Pick<Classes, "byId">;
  readonly rosters: Pick<Rosters, "all" | "member" | "ofUser">;
}

export class LessonRosters {
  constructor(private readonly parts: LessonRosterParts) {}

  /** Everybody who is part of the class now. */
  async entries(schoolClass: SchoolClass): Promise<readonly RosterEntry[]> {
    const members = await this.parts.rosters.all(schoolClass.id);
    return members.filter(({ isAdmitted }) => isAdmitted).map((member) => entryOf(member, schoolClass));
  }

  /** Tells the class's lessons and debates how these people stand in it now, and its rooms who has left. */
  async tell(classId: string, userIds: readonly string[]): Promise<void> {
    const schoolClass = await this.parts.classes.byId(classId);
    const members = await Promise.all(userIds.map((userId) => this.parts.rosters.member(classId, userId)));
    const upserted = members.flatMap((member) =>
      schoolClass !== null && member?.isAdmitted ? [entryOf(member, schoolClass)] : []
    );
    const removed = userIds.filter((userId) => !upserted.some((entry) => entry.userId === userId));
    for (const userId of removed) await leaveRooms(this.parts, classId, userId);
    const changed = { type: "roster_changed", upserted, removed } as const;
    for (const id of await this.#lessons(classId)) requireDone(await this.#send(classroomAddress(id), changed));
    for (const id of await this.#goingOn(classId, debate.kind, "ended", DEBATE_JUDGED_MS_MAX)) {
      requireDone(await this.#send(debateAddress(id), changed));
    }
  }

  /** This person wishes something else for themselves: the lessons of all their classes are told how they stand now. */
  async tellOf(userId: string): Promise<void> {
    let cursor: string | null = null;
    do {
      const page: Page<Membership> = await this.parts.rosters.ofUser(userId, cursor, PAGE_ROWS);
      for (const { classId } of page.rows) await this.tell(classId, [userId]);
      cursor = page.next;
    } while (cursor !== null);
  }

  /** The class is to go: its lessons end. One with an open question is left to end by itself, with nobody in it. */
  async end(classId: string): Promise<void> {
    for (const id of await this.#lessons(classId)) {
      await this.#send(classroomAddress(id), { type: "close_lesson", reason: null });
    }
  }

  #send<Command>(to: Address<Command>, command: Command) {
    return this.parts.actors.tell(to, command, sentBy(ENGINE, this.parts));
  }

  /** Ids of the lessons that are open or may be opened again. */
  #lessons(classId: string): Promise<readonly string[]> {
    return this.#goingOn(classId, classroom.kind, "closed", LESSON_REOPEN_MS_MAX);
  }

  /** Ids of the class's actors of this kind that are not over, which `over` says, or not for longer than `overMs`. */
  async #goingOn(classId: string, kind: string, over: "closed" | "ended", overMs: number): Promise<readonly string[]> {
    const { listings, clock } = this.parts;
    const overAfterMs = clock.nowMs() - overMs;
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { readonly rows: readonly ListedActor[]; readonly next: string | null } = await listings
        .list(classId, kind, null, cursor, PAGE_ROWS);
      for (const { actor, status, updatedAtMs } of page.rows) {
        const id = parseActorId(actor);
        if (id !== null && (status !== over || updatedAtMs >= overAfterMs)) ids.push(keyOf(id));
      }
      cursor = page.next;
    } while (cursor !== null);
    return ids;
  }
}

function entryOf(member: ClassMember, schoolClass: SchoolClass): RosterEntry {
  const { userId, username, part, timeMultiplier, leaderboardsAllowed, asksForLeaderboards } = member;
  const onLeaderboards = schoolClass.leaderboardsAllowed && leaderboardsAllowed && asksForLeaderboards;
  return { userId, name: username, part, timeMultiplier, onLeaderboards };
}
