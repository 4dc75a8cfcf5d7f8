/** Learners' profiles as the edge reads and changes them. */
import { ENGINE } from "../domain/engine.ts";
import type { Json } from "../domain/json.ts";
import { learnerFromView, type LearnerState } from "../domain/learner/knowledge.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import { type CourseSkill, isSameSkill, type ProfileDraft } from "../domain/learner/profile.ts";
import type { Principal } from "../domain/principal.ts";
import { requireDone, requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { assessedSkills } from "./assessed_skills.ts";
import { draftOf, profileJson, type WishesJson, wishesJson, wishesSchema } from "./documents/profile_schemas.ts";
import { expectedVersion } from "./expected_version.ts";
import { uuidFromText } from "./identifiers.ts";
import type { LessonRosters } from "./lesson_rosters.ts";
import type { Courses } from "./ports.ts";
import { notFound, problem, type ProblemError } from "./problem.ts";
import { ProfileCache, type ProfileDocument } from "./profile_cache.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

export interface LearnerProfileParts extends IdParts {
  readonly actors: ActorDoor;
  readonly courses: Courses;
  readonly lessonRosters: Pick<LessonRosters, "tellOf">;
}

/** The learner as the engine sees them. Throws 404 when `view` is no learner's. */
export function requireLearner(view: Json): LearnerState {
  const learner = learnerFromView(view);
  if (learner === null) throw notFound();
  return learner;
}

export class LearnerProfiles {
  readonly #parts: LearnerProfileParts;
  readonly #cache: ProfileCache;

  constructor(parts: LearnerProfileParts) {
    this.#parts = parts;
    this.#cache = new ProfileCache(parts.actors, parts.clock, (view) => this.#describe(requireLearner(view)));
  }

  read(learnerId: string): Promise<ProfileDocument> {
    return this.#cache.read(learnerId);
  }

  /** The profile where it is in memory; null: {@link read} has to say. */
  recall(learnerId: string): ProfileDocument | null {
    return this.#cache.recall(learnerId);
  }

  /** Sets one's own profile whole, on top of the version named by `ifMatch`. */
  async replace(principal: Principal, wishes: WishesJson, ifMatch: string | undefined): Promise<ProfileDocument> {
    return await this.#change(principal, ifMatch, () => wishes);
  }

  /** Sets the members that `patch` names; the others stay as they are. */
  async amend(
    principal: Principal,
    patch: { readonly [Member in keyof WishesJson]?: WishesJson[Member] | undefined },
    ifMatch: string | undefined,
  ): Promise<ProfileDocument> {
    return await this.#change(principal, ifMatch, (wishes) => wishesSchema.parse({ ...wishes, ...patch }));
  }

  async #change(
    principal: Principal,
    ifMatch: string | undefined,
    change: (wishes: WishesJson) => WishesJson,
  ): Promise<ProfileDocument> {
    const { actors } = this.#parts;
    // What is computed may have changed since: that is nobody's edit.
    const asked = expectedVersion(ifMatch, "profile");
    const address = learnerAddress(principal.userId);
    const { profile } = requireLearner(requireRead(await actors.read(address, ENGINE)));
    if (profile.version !== asked) throw mismatch();
    const draft = draftOf(change(wishesJson(profile)), profile);
    await this.#requireSkills(draft, profile);
    const from = sentBy(principal, this.#parts);
    const reply = await actors.tell(address, { type: "set_profile", expectedVersion: asked, draft }, from);
    if (reply.kind === "rejected" && reply.code === "version_mismatch") throw mismatch();
    requireDone(reply);
    if (draft.onLeaderboards !== profile.onLeaderboards) await this.#parts.lessonRosters.tellOf(principal.userId);
    return await this.read(principal.userId);
  }

  /** Refuses skills that are not there; those named before may stay, whatever has become of their course. */
  async #requireSkills(draft: ProfileDraft, before: ProfileDraft): Promise<void> {
    const named = [...before.goals, ...before.ownWords];
    for (const part of ["goals", "ownWords"] as const) {
      for (const [i, skill] of draft[part].entries()) {
        if (named.some((known) => isSameSkill(known, skill))) continue;
        await this.#requireSkill(skill, `${part === "goals" ? "goals" : "own_words"}[${i}]`);
      }
    }
  }

  async #requireSkill({ courseId, skillId }: CourseSkill, path: string): Promise<void> {
    const stored = await this.#parts.courses.byId(courseId);
    if (stored === null) {
      throw problem("course_unknown", `There is no course "${courseId}".`, {
        errors: [{ path: `${path}.course_id`, message: "names no course" }],
      });
    }
    if (stored.course.skills.some(({ id }) => id === skillId)) return;
    throw problem("skill_unknown", `The course "${courseId}" has no skill "${skillId}".`, {
      errors: [{ path: `${path}.skill_id`, message: "names no skill of the course" }],
    });
  }

  async #describe(learner: LearnerState): Promise<ProfileDocument> {
    const assessed = await assessedSkills(this.#parts.actors, learner);
    const body = profileJson(learner, assessed);
    const text = JSON.stringify(body);
    return { body, text, etag: `"${learner.profile.version}-${await uuidFromText(text)}"` };
  }
}

function mismatch(): ProblemError {
  return problem("version_mismatch", "The profile has changed since; read it again and repeat the change.");
}
