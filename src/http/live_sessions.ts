/** Learning sessions as the edge starts, steers, reads and lists them. */
import type { z } from "@hono/zod-openapi";
import { keyOf, parseActorId } from "../domain/address.ts";
import type { Json } from "../domain/json.ts";
import type { Principal } from "../domain/principal.ts";
import { session } from "../domain/session/aggregate.ts";
import {
  type LearnerSessionCommand,
  sessionAddress,
  type SessionEvent,
  type SessionPlan,
  type StaffSessionCommand,
} from "../domain/session/messages.ts";
import { requireDone, requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import {
  type interactionSchema,
  listingBodySchema,
  type sessionRowSchema,
  type sessionSchema,
  sessionStatusSchema,
  sessionViewSchema,
} from "./documents/session_schemas.ts";
import { isoTime } from "./documents/json_content.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import type { EmotionRetreat } from "./emotion_retreat.ts";
import { overrideReplySchema } from "./documents/override_schema.ts";
import type { History, ListedActor, Listings, Page } from "./ports.ts";
import { idUnderKey } from "./open_once.ts";
import { notFound, problem } from "./problem.ts";
import { freshCommandId, type IdParts } from "./rest_command.ts";

export interface LiveSessionParts extends IdParts {
  readonly actors: ActorDoor;
  readonly listings: Listings;
  readonly history: History;
  readonly emotionRetreat: Pick<EmotionRetreat, "enter">;
  readonly hooks: Pick<EdgeHooks, "onSessionsChanged">;
}

export type SessionJson = z.infer<typeof sessionSchema>;
type SessionRow = z.infer<typeof sessionRowSchema>;

/** Everything a session records; who may see which of it is the session's own rule. */
const INTERACTIONS = Object.keys(
  {
    created: null,
    item_served: null,
    answered: null,
    hint_given: null,
    skipped: null,
    override_asked: null,
    override_refused: null,
    choice_failed: null,
    paused: null,
    resumed: null,
    emotion_forgotten: null,
    idle_noticed: null,
    intervention: null,
    intervention_answered: null,
    suggestions_stopped: null,
    easier_asked: null,
    tutor_asked: null,
    tutor_said: null,
    tutor_paused: null,
    tutor_resumed: null,
    completed: null,
  } satisfies { readonly [type in SessionEvent["type"]]: null },
);

export class LiveSessions {
  constructor(private readonly parts: LiveSessionParts) {}

  /**
   * Starts a session of the caller's own. A `key` names the session among the caller's, so the same key again finds
   * the one it started, however long ago (X1).
   */
  async start(principal: Principal, plan: SessionPlan, key: string | null): Promise<SessionJson> {
    const { actors, emotionRetreat, hooks } = this.parts;
    if (plan.classId !== null) await emotionRetreat.enter(principal.userId, plan.classId);
    const sessionId = await idUnderKey(`session ${principal.userId}`, key, this.parts);
    const from = { commandId: "create", origin: { kind: "client", principal } } as const;
    const reply = await actors.tell(sessionAddress(sessionId), { type: "create", plan }, from);
    const isThereAlready = reply.kind === "rejected" && reply.code === "already_created";
    if (!isThereAlready) requireDone(reply);
    hooks.onSessionsChanged(principal.userId);
    return requirePlan(await this.read(principal, sessionId), plan);
  }

  /** The session that the caller's `key` has started, as it is now, whatever has become of its course; else null. */
  async startedUnder(principal: Principal, plan: SessionPlan, key: string): Promise<SessionJson | null> {
    const sessionId = await idUnderKey(`session ${principal.userId}`, key, this.parts);
    const outcome = await this.parts.actors.read(sessionAddress(sessionId), principal);
    // The id is made of the person's own, so only a session that never was is kept from them.
    return outcome.kind === "forbidden" ? null : requirePlan(sessionJson(requireRead(outcome)), plan);
  }

  /** Pauses, resumes, completes or overrides, and answers with the session as it then is; a repeated `key` changes nothing. */
  async steer(
    principal: Principal,
    sessionId: string,
    command: Extract<LearnerSessionCommand, { type: "pause" | "resume" | "complete" }> | StaffSessionCommand,
    key: string | null,
  ): Promise<SessionJson> {
    // To one who may not see it, or where there is none, nothing is sent at all.
    requireRead(await this.parts.actors.read(sessionAddress(sessionId), principal));
    // Two people at one session may choose the same key, and one person for two verbs.
    const commandId = key === null ? freshCommandId(this.parts) : `user:${principal.userId}:${command.type}:${key}`;
    const from = { commandId, origin: { kind: "client", principal } as const };
    const { body } = requireDone(await this.parts.actors.tell(sessionAddress(sessionId), command, from));
    if (command.type === "override_item") requireWish(overrideReplySchema.parse(body), command);
    const after = await this.read(principal, sessionId);
    if (after.status === "completed") this.parts.hooks.onSessionsChanged(after.learner_id);
    return after;
  }

  async read(principal: Principal, sessionId: string): Promise<SessionJson> {
    return sessionJson(requireRead(await this.parts.actors.read(sessionAddress(sessionId), principal)));
  }

  /** A learner's sessions, newest first; those not complete with their progress as it is now. */
  async list(
    principal: Principal,
    learnerId: string,
    status: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<SessionRow>> {
    const page = await this.parts.listings.list(learnerId, session.kind, status, cursor, limit);
    return { rows: await Promise.all(page.rows.map((row) => this.#row(principal, row))), next: page.next };
  }

  /** What happened in a session after event number `afterSeq`, as the caller may see it (E8). */
  async interactions(
    principal: Principal,
    sessionId: string,
    afterSeq: number,
    limit: number,
  ): Promise<Page<z.infer<typeof interactionSchema>>> {
    const { learner_id } = await this.read(principal, sessionId);
    const audience = learner_id === principal.userId ? "learner" : "staff";
    const stored = await this.parts.history.page(sessionAddress(sessionId), INTERACTIONS, afterSeq, limit);
    const rows = stored.flatMap((row) => {
      const told = session.project(session.upcastEvent(row.version, row.type, row.body), audience);
      return told === null ? [] : [{ seq: row.seq, at: isoTime(row.atMs), type: told.type, data: told.data }];
    });
    const last = stored.at(-1);
    return { rows, next: last !== undefined && stored.length === limit ? String(last.seq) : null };
  }

  async #row(principal: Principal, row: ListedActor): Promise<SessionRow> {
    const id = sessionIdOf(row);
    const body = listingBodySchema.parse(row.body);
    const common = { ...body, id, updated_at: isoTime(row.updatedAtMs) };
    if (body.progress !== undefined) {
      const metrics = body.performance_metrics ?? null;
      return { ...common, status: "completed", progress: body.progress, performance_metrics: metrics };
    }
    const live = await this.parts.actors.read(sessionAddress(id), principal);
    if (live.kind !== "read") {
      // The list is still of use while one of its sessions moves or restarts.
      const status = sessionStatusSchema.parse(row.status);
      return { ...common, status, progress: 0, performance_metrics: null };
    }
    const { status, progress, completed_at, performance_metrics } = sessionViewSchema.parse(live.state);
    return { ...common, status, progress, completed_at, performance_metrics };
  }
}

function sessionIdOf(row: ListedActor): string {
  const id = parseActorId(row.actor);
  if (id === null) throw notFound();
  return keyOf(id);
}

function sessionJson(state: Json): SessionJson {
  const view = sessionViewSchema.parse(state);
  return { id: view.session_id, ...view };
}

/** The session, if it was started with this plan. */
function requirePlan(started: SessionJson, plan: SessionPlan): SessionJson {
  if (startedBy(started, plan)) return started;
  throw problem("idempotency_key_reused", "This key has started a session with another plan; choose a new key.");
}

/** A key that was used before is answered with the wish of then. */
function requireWish(told: z.infer<typeof overrideReplySchema>, { itemId, reason }: StaffSessionCommand): void {
  if (told.item_id === itemId && told.reason === reason.trim()) return;
  throw problem("idempotency_key_reused", "This key has overridden with another item or reason; choose a new key.");
}

function startedBy(started: SessionJson, plan: SessionPlan): boolean {
  return started.course_id === plan.courseId && started.class_id === plan.classId &&
    started.lesson_id === (plan.lessonId ?? null) && started.topic === plan.topic &&
    started.target_items === plan.targetItems && started.difficulty.wish === plan.difficulty &&
    JSON.stringify(started.learning_objectives) === JSON.stringify(plan.learningObjectives);
}
