/** The choices of a session, read from its journal for those who may look into them. */
import type { z } from "@hono/zod-openapi";
import type { Principal } from "../domain/principal.ts";
import { session } from "../domain/session/aggregate.ts";
import { decisionView } from "../domain/session/decision_view.ts";
import { sessionAddress } from "../domain/session/messages.ts";
import type { StoredEvent } from "../domain/stored_event.ts";
import { decisionSchema } from "./documents/decision_schemas.ts";
import { isoTime } from "./documents/json_content.ts";
import type { LiveSessions, SessionJson } from "./live_sessions.ts";
import type { History, Page } from "./ports.ts";
import { notFound } from "./problem.ts";

type DecisionJson = z.infer<typeof decisionSchema>;

const SERVED = ["item_served"];
const RECEIPT_ID = /^([A-Za-z0-9_-]{1,64})\.(\d{1,15})$/;

export class Decisions {
  constructor(private readonly sessions: Pick<LiveSessions, "read">, private readonly history: History) {}

  /** A session's choices after event number `afterSeq`, in order. */
  async page(principal: Principal, sessionId: string, afterSeq: number, limit: number): Promise<Page<DecisionJson>> {
    // First the journal, then the state: an item is then taken for closed only when it really is.
    const stored = await this.history.page(sessionAddress(sessionId), SERVED, afterSeq, limit);
    const now = await this.sessions.read(principal, sessionId);
    const rows = stored.map((row) => decisionOf(row, now, principal));
    const last = stored.at(-1);
    return { rows, next: last !== undefined && stored.length === limit ? String(last.seq) : null };
  }

  /** One choice by its receipt's id, which holds the session and the event before which nothing was chosen. */
  async byId(principal: Principal, receiptId: string): Promise<DecisionJson> {
    const [, sessionId, basisSeq] = receiptId.match(RECEIPT_ID) ?? [];
    if (sessionId === undefined || basisSeq === undefined) throw notFound();
    const { rows: [decision] } = await this.page(principal, sessionId, Number(basisSeq), 1);
    if (decision?.id !== receiptId) throw notFound();
    return decision;
  }
}

function decisionOf(row: StoredEvent, now: SessionJson, principal: Principal): DecisionJson {
  const event = session.upcastEvent(row.version, row.type, row.body);
  if (event.type !== "item_served") throw notFound();
  const audience = now.learner_id === principal.userId ? "learner" : "staff";
  const isClosed = now.current_item?.item_ref !== event.number;
  const mayKnowSeed = audience === "staff" ? isClosed : now.status === "completed";
  const view = Object(decisionView(event, audience, mayKnowSeed ? "told" : "kept"));
  return decisionSchema.parse({ ...view, session_id: now.id, served_at: isoTime(row.atMs) });
}
