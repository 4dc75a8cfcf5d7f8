/** A learner's goals, which their profile holds, each with how far it is by what they answered. */
import { isMasteredSkill } from "../domain/adaptive/mastered_skills.ts";
import { type CourseSkill, GOALS_MAX, isSameSkill } from "../domain/learner/profile.ts";
import type { Principal } from "../domain/principal.ts";
import type { ActorDoor } from "./actor_door.ts";
import { assessedSkills } from "./assessed_skills.ts";
import type { WishesJson } from "./documents/profile_schemas.ts";
import type { LearnerProfiles } from "./learner_profiles.ts";
import type { LearnerRecords } from "./learner_records.ts";
import { problem, ProblemError } from "./problem.ts";

/** Somebody else, such as the learner on another device, may set the profile between reading and writing it. */
const TRIES_MAX = 3;

export interface GoalStanding extends CourseSkill {
  /** Chance of a right answer on an average item of the skill, with its 90% interval; null before any answer. */
  readonly mastery: { readonly probability: number; readonly low: number; readonly high: number } | null;
  readonly answers: number;
  readonly isReached: boolean;
}

type GoalJson = WishesJson["goals"][number];

export class LearnerGoals {
  constructor(
    private readonly actors: ActorDoor,
    private readonly records: LearnerRecords,
    private readonly profiles: LearnerProfiles,
  ) {}

  /** In the order that the learner gave them. */
  async list(learnerId: string): Promise<readonly GoalStanding[]> {
    const learner = await this.records.state(learnerId);
    const assessed = await assessedSkills(this.actors, learner);
    return learner.profile.goals.map((goal) => {
      const mastery = assessed.find((skill) => isSameSkill(skill, goal))?.mastery;
      if (mastery === undefined || mastery.answers === 0) {
        return { ...goal, mastery: null, answers: 0, isReached: false };
      }
      const { probability, low, high, answers } = mastery;
      return { ...goal, mastery: { probability, low, high }, answers, isReached: isMasteredSkill(mastery) };
    });
  }

  /** Adds the goal as the last; one that is there stays where it is. Throws 422 for a skill that is not there. */
  async add(principal: Principal, goal: GoalJson): Promise<void> {
    await this.#change(principal, (goals) => {
      if (goals.some((one) => isSameGoal(one, goal))) return goals;
      if (goals.length >= GOALS_MAX) throw problem("conflict", `There are ${GOALS_MAX} goals at most.`);
      return [...goals, goal];
    });
  }

  async remove(principal: Principal, goal: GoalJson): Promise<void> {
    await this.#change(principal, (goals) => goals.filter((one) => !isSameGoal(one, goal)));
  }

  async #change(principal: Principal, change: (goals: readonly GoalJson[]) => readonly GoalJson[]): Promise<void> {
    for (let tries = 1;; tries++) {
      const { body, etag } = await this.profiles.read(principal.userId);
      const goals = change(body.goals);
      if (goals.length === body.goals.length) return;
      try {
        await this.profiles.amend(principal, { goals: [...goals] }, etag);
        return;
      } catch (error) {
        const isRace = error instanceof ProblemError && error.problem.code === "version_mismatch";
        if (!isRace || tries === TRIES_MAX) throw error;
      }
    }
  }
}

function isSameGoal(a: GoalJson, b: GoalJson): boolean {
  return a.course_id === b.course_id && a.skill_id === b.skill_id;
}
