/** Whether language models may be used in a class: said by those who manage it; an administrator's no is theirs to lift. */
import type { Principal } from "../domain/principal.ts";
import type { ClassLlmPolicies, ClassLlmPolicy } from "../domain/llm/call_records.ts";
import { problem } from "./problem.ts";
import type { SchoolClasses } from "./school_classes.ts";

export interface ClassLanguageModelParts {
  readonly classes: Pick<SchoolClasses, "byId">;
  readonly classLlmPolicies: ClassLlmPolicies;
  readonly clock: { nowMs(): number };
}

export class ClassLanguageModel {
  constructor(private readonly parts: ClassLanguageModelParts) {}

  /** Null until somebody has decided. Throws 404 for a class that is not the caller's to manage. */
  async current(principal: Principal, classId: string): Promise<ClassLlmPolicy | null> {
    await this.parts.classes.byId(principal, classId);
    return await this.parts.classLlmPolicies.current(classId);
  }

  /** Holds from the next question on. */
  async decide(principal: Principal, classId: string, allowed: boolean): Promise<ClassLlmPolicy> {
    const { classLlmPolicies, clock } = this.parts;
    const latest = await this.current(principal, classId);
    if (principal.role !== "admin" && latest?.byRole === "admin" && !latest.allowed && allowed) {
      throw problem("forbidden", "An administrator has switched language models off in this class.");
    }
    const policy = { allowed, byUserId: principal.userId, byRole: principal.role, atMs: clock.nowMs() };
    await classLlmPolicies.record(classId, policy);
    return policy;
  }
}
