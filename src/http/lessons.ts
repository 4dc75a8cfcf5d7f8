/** Live lessons as the edge opens, reads and lists them; everything else is said on their channel. */
import { keyOf, parseActorId } from "../domain/address.ts";
import { classroom } from "../domain/classroom/aggregate.ts";
import { classroomAddress } from "../domain/classroom/messages.ts";
import type { LessonPlan } from "../domain/classroom/plan.ts";
import type { Principal } from "../domain/principal.ts";
import { requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { type LessonJson, type LessonRow, lessonRowBodySchema, lessonViewSchema } from "./documents/lesson_schemas.ts";
import { isoTime } from "./documents/json_content.ts";
import type { LessonRosters } from "./lesson_rosters.ts";
import type { ListedActor, Listings, Page } from "./ports.ts";
import { notFound } from "./problem.ts";
import { idUnderKey, keyReused, openOnce } from "./open_once.ts";
import type { IdParts } from "./rest_command.ts";
import type { SchoolClasses } from "./school_classes.ts";

export interface LessonParts extends IdParts {
  readonly actors: Pick<ActorDoor, "tell" | "read">;
  readonly listings: Listings;
  readonly classes: Pick<SchoolClasses, "byId">;
  readonly lessonRosters: Pick<LessonRosters, "entries">;
}

/** In the words of the lesson's own listing. */
const NOT_CLOSED = ["open", "running", "paused"];

export class Lessons {
  constructor(private readonly parts: LessonParts) {}

  /** Opens a lesson of a class that the caller teaches. A `key` names it: the same key again finds it as it is. */
  async open(principal: Principal, wanted: LessonPlan, key: string | null): Promise<LessonJson> {
    const { actors, classes, lessonRosters } = this.parts;
    const schoolClass = await classes.byId(principal, wanted.classId);
    const id = await idUnderKey(`lesson ${principal.userId} ${wanted.classId}`, key, this.parts);
    const plan = { ...wanted, leaderboard: wanted.leaderboard && schoolClass.leaderboardsAllowed };
    const command = { type: "open_lesson", plan, roster: await lessonRosters.entries(schoolClass) } as const;
    await openOnce(actors, principal, classroomAddress(id), command);
    const lesson = await this.read(principal, id);
    if (lesson.course_id === plan.courseId && lesson.mode === plan.mode && lesson.title === plan.title) return lesson;
    throw keyReused("lesson");
  }

  /** The lesson as the caller may see it. */
  async read(principal: Principal, lessonId: string): Promise<LessonJson> {
    const view = lessonViewSchema.parse(
      requireRead(await this.parts.actors.read(classroomAddress(lessonId), principal)),
    );
    return { id: view.lesson_id, ...view };
  }

  /** All lessons of a class that the caller teaches, newest first. */
  async ofClass(
    principal: Principal,
    classId: string,
    cursor: string | null,
    limit: number,
  ): Promise<Page<LessonRow>> {
    await this.parts.classes.byId(principal, classId);
    const page = await this.parts.listings.list(classId, classroom.kind, null, cursor, limit);
    return { rows: page.rows.map(rowJson), next: page.next };
  }

  /** Lessons that are not closed, of all classes that the caller is in, newest first. */
  async mine({ userId }: Principal, cursor: string | null, limit: number): Promise<Page<LessonRow>> {
    const page = await this.parts.listings.ofMember(userId, classroom.kind, NOT_CLOSED, cursor, limit);
    return { rows: page.rows.map(rowJson), next: page.next };
  }
}

function rowJson({ actor, ownerId, status, body, updatedAtMs }: ListedActor): LessonRow {
  const id = parseActorId(actor);
  if (id === null) throw notFound();
  const listed = lessonRowBodySchema.parse({ ...Object(body), status });
  return { id: keyOf(id), class_id: ownerId, ...listed, updated_at: isoTime(updatedAtMs) };
}
