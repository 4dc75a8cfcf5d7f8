/** Checks that a session may be part of the live lesson that it names. */
import { z } from "zod";
import { classroomAddress } from "../domain/classroom/messages.ts";
import type { Principal } from "../domain/principal.ts";
import type { SessionPlan } from "../domain/session/messages.ts";
import type { ActorDoor } from "./actor_door.ts";
import { requireRead } from "./actor_answers.ts";
import { problem } from "./problem.ts";

/** What a lesson's own view tells one who has been let in; others are told of no admission. */
const lessonSchema = z.looseObject({
  class_id: z.string(),
  course_id: z.string(),
  mode: z.enum(["self_paced", "teacher_paced", "mixed"]),
  status: z.enum(["open", "running", "paused", "closed"]),
  admission: z.string().nullable().default(null),
});

function faultOf(lesson: z.infer<typeof lessonSchema>, plan: SessionPlan): string | null {
  if (lesson.admission !== "admitted") return "you have not been let in";
  if (lesson.status === "closed") return "it is closed";
  if (lesson.mode === "teacher_paced") return "in it the teacher sets the pace";
  if (lesson.course_id !== plan.courseId) return `its course is "${lesson.course_id}"`;
  return lesson.class_id === plan.classId ? null : `its class is "${lesson.class_id}"`;
}

/** Throws 404 where there is no lesson for the caller to see, and 422 with the reason where it is none for this plan. */
export async function requireLesson(
  actors: Pick<ActorDoor, "read">,
  principal: Principal,
  plan: SessionPlan & { readonly lessonId: string },
): Promise<void> {
  const state = requireRead(await actors.read(classroomAddress(plan.lessonId), principal));
  const fault = faultOf(lessonSchema.parse(state), plan);
  if (fault === null) return;
  throw problem("lesson_unfit", `This session cannot be part of the lesson: ${fault}.`, {
    errors: [{ path: "lesson_id", message: fault }],
  });
}
