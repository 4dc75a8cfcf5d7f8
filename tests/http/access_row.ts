/** Rows of the table of who may use which route. */
import type { Asked, Edge, SignedUp } from "./edge_world.ts";

export const API = "/api/v1";
export const CALLERS = ["anonymous", "student", "teacher", "admin", "owner", "class_teacher"] as const;
export type Caller = typeof CALLERS[number];

export interface Request extends Pick<Asked, "body" | "headers"> {
  readonly path: string;
}

export interface Row {
  /**
   * Status for each caller; `student` and `teacher` own nothing of what is asked for and teach nobody, `class_teacher`
   * teaches a class that the owner is in.
   */
  readonly expects:
    & Readonly<Record<Exclude<Caller, "owner" | "class_teacher">, number>>
    & { readonly owner?: number; readonly class_teacher?: number };
  /** What the owner reads here is the same after anybody else has asked. */
  readonly keeps?: string;
  /** The role that owns a session or a course; where there is nothing to own, a student. */
  readonly ownerRole: "student" | "teacher";
  /** Makes what is asked for, fresh, as `owner`, and the request for it. */
  readonly prepare: (edge: Edge, owner: SignedUp) => Promise<Request> | Request;
}

export function openTo(status: number, prepare: Row["prepare"]): Row {
  return {
    expects: { anonymous: status, student: status, teacher: status, admin: status },
    ownerRole: "student",
    prepare,
  };
}

export function everyone(status: number, prepare: Row["prepare"]): Row {
  return {
    expects: { anonymous: 401, student: status, teacher: status, admin: status },
    ownerRole: "student",
    prepare,
  };
}

export function admins(status: number, prepare: Row["prepare"]): Row {
  return { expects: { anonymous: 401, student: 403, teacher: 403, admin: status }, ownerRole: "student", prepare };
}

export function staff(status: number, prepare: Row["prepare"]): Row {
  return { expects: { anonymous: 401, student: 403, teacher: status, admin: status }, ownerRole: "student", prepare };
}

/** A learner's figures: theirs, their teachers' and administrators'. */
export function ownFigures(status: number, path: string): Row {
  return {
    expects: { anonymous: 401, student: 403, teacher: 404, admin: status, owner: status, class_teacher: status },
    ownerRole: "student",
    prepare: (_edge, owner) => ({ path: `${API}/learning-dna${path}?learner_id=${owner.id}` }),
  };
}
