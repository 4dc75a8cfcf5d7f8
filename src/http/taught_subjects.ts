/** Whose record an actor is: the learners it tells of, or the class it belongs to. */
import { z } from "zod";
import { type ActorId, keyOf, kindOf } from "../domain/address.ts";
import { classroom } from "../domain/classroom/aggregate.ts";
import { debate } from "../domain/debate/aggregate.ts";
import { ENGINE } from "../domain/engine.ts";
import type { Json } from "../domain/json.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import type { Principal } from "../domain/principal.ts";
import { room } from "../domain/room/aggregate.ts";
import { session } from "../domain/session/aggregate.ts";
import { submission } from "../domain/submission/aggregate.ts";
import { teamQuest } from "../domain/team_quest/aggregate.ts";
import type { ReadOutcome } from "../actors/envelope.ts";
import type { ActorDoor } from "./actor_door.ts";

export type Subject =
  | { readonly kind: "learners"; readonly ids: readonly string[] }
  | { readonly kind: "class"; readonly id: string }
  /** What those in it see, and those who teach its class. */
  | { readonly kind: "room"; readonly classId: string; readonly ids: readonly string[] }
  /** There is no such actor. */
  | { readonly kind: "nobody" };

type Unreadable = Extract<ReadOutcome, { kind: "refused" }>;

const REMEMBERED_MAX = 10_000;
const NOBODY: Subject = { kind: "nobody" };
const LEARNER = kindOf(learnerAddress("any"));

const ofLearner = z.looseObject({ learner_id: z.string() });
const ofMembers = z.looseObject({ members: z.array(z.looseObject({ learner_id: z.string() })) });
const ofRoom = z.looseObject({
  class_id: z.string(),
  members: z.array(z.looseObject({ user_id: z.string() })),
});
const ofClass = z.looseObject({ class_id: z.string() });
const practised = z.looseObject({ class_id: z.null(), opened_by: z.string() });

function oneLearner(view: Json): Subject {
  const told = ofLearner.safeParse(view);
  return told.success ? { kind: "learners", ids: [told.data.learner_id] } : NOBODY;
}

function members(view: Json): Subject {
  const told = ofMembers.safeParse(view);
  return told.success ? { kind: "learners", ids: told.data.members.map((member) => member.learner_id) } : NOBODY;
}

function itsRoom(view: Json): Subject {
  const told = ofRoom.safeParse(view);
  if (!told.success) return NOBODY;
  const { class_id: classId, members } = told.data;
  return { kind: "room", classId, ids: members.map((member) => member.user_id) };
}

function itsClass(view: Json): Subject {
  const told = ofClass.safeParse(view);
  return told.success ? { kind: "class", id: told.data.class_id } : NOBODY;
}

/** Outside any class, whoever opened it practises. */
function itsDebate(view: Json): Subject {
  const told = practised.safeParse(view);
  return told.success ? { kind: "learners", ids: [told.data.opened_by] } : itsClass(view);
}

interface KindRule {
  /** Who the actor tells of, by its view as the engine sees it. */
  readonly subject: (view: Json) => Subject;
  readonly changes: "never" | "often";
  /** Of whom rosters are asked; for all others, and for administrators, the actor's own rules say all. */
  readonly asked: "teachers" | "everybody";
}

const KINDS: ReadonlyMap<string, KindRule> = new Map([
  [session.kind, { subject: oneLearner, changes: "never", asked: "teachers" }],
  [submission.kind, { subject: oneLearner, changes: "never", asked: "teachers" }],
  [teamQuest.kind, { subject: members, changes: "often", asked: "teachers" }],
  [room.kind, { subject: itsRoom, changes: "often", asked: "teachers" }],
  [classroom.kind, { subject: itsClass, changes: "never", asked: "teachers" }],
  // Those that ended long ago are not told who leaves the class.
  [debate.kind, { subject: itsDebate, changes: "never", asked: "everybody" }],
]);

export class TaughtSubjects {
  readonly #known = new Map<ActorId, Subject>();

  constructor(private readonly actors: Pick<ActorDoor, "read">) {}

  /** Whether rosters say what this person may see of actors of this kind. */
  concerns(actor: ActorId, { role }: Principal): boolean {
    if (role === "admin") return false;
    const kind = kindOf(actor);
    const asked = kind === LEARNER ? "teachers" : KINDS.get(kind)?.asked;
    return asked === "everybody" || (asked === "teachers" && role === "teacher");
  }

  /** Who the actor tells of; the refusal when it cannot be asked now. */
  async of(actor: ActorId): Promise<Subject | Unreadable> {
    const kind = kindOf(actor);
    if (kind === LEARNER) return { kind: "learners", ids: [keyOf(actor)] };
    const known = this.#known.get(actor);
    const rule = KINDS.get(kind);
    if (known !== undefined || rule === undefined) return known ?? NOBODY;
    const outcome = await this.actors.read(actor, ENGINE);
    if (outcome.kind === "refused") return outcome;
    const subject = outcome.kind === "read" ? rule.subject(outcome.state) : NOBODY;
    if (rule.changes === "never" && subject.kind !== "nobody") this.#remember(actor, subject);
    return subject;
  }

  #remember(actor: ActorId, subject: Subject): void {
    this.#known.set(actor, subject);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > REMEMBERED_MAX) this.#known.delete(oldest);
  }
}
