/**
 * Stored sessions of older versions. Receipts of version 1 knew neither statistics nor what the network had seen;
 * up to version 2 they did not say what was weighed, nor which edition and learner were read, plans knew no class, and
 * no teacher put one item in the place of another, and nothing was kept of how the learner worked. Up to version 3 items
 * answered right were remembered no longer than the others.
 */
import { rightIn } from "../adaptive/met_item.ts";
import { NO_INTERVENTIONS } from "../affect/intervention.ts";
import { NO_WORK } from "../affect/work_log.ts";
import { assertNever } from "../assert_never.ts";
import { requireVersion } from "../schema_version.ts";
import type { ChoiceReceipt, PastItem, SessionEvent, SessionPlan } from "./messages.ts";
import { type BegunSession, type SessionState, type Step, withoutMemories } from "./state.ts";

export const SESSION_SCHEMA_VERSION = 4;
const OLDER_VERSIONS: readonly number[] = [1, 2];
/** Its events are as they are now. */
const WITHOUT_RIGHT = 3;
/** By which all items of versions 1 and 2 were drawn. */
const TEMPERATURE_UNRECORDED = 0.03;

/** A receipt of any older version, with what it did not record marked as such. */
function upcastReceipt(receipt: ChoiceReceipt): ChoiceReceipt {
  const unrecorded = {
    policy: "adaptive",
    grounds: [],
    statisticsVersion: null,
    learnerSeq: null,
    courseVersion: null,
    chosenAtMs: null,
    sighting: null,
    weights: {},
    temperature: TEMPERATURE_UNRECORDED,
    override: null,
  } as const;
  const considered = receipt.considered.map((one) => ({ ...one, terms: one.terms ?? {} }));
  return { ...unrecorded, ...receipt, considered };
}

function upcastPlan(plan: Omit<SessionPlan, "classId">): SessionPlan {
  return { classId: null, ...plan };
}

/** Older versions had one policy. */
function upcastHistory(history: readonly Omit<PastItem, "policy">[]): readonly PastItem[] {
  return history.map((met) => ({ policy: "adaptive", ...met }));
}

function upcastStep(step: Step): Step {
  if (step.kind === "choosing") return step;
  return { kind: "item_open", open: { ...step.open, hintsAtMs: [], receipt: upcastReceipt(step.open.receipt) } };
}

function withRight<State extends BegunSession>(session: State): State {
  return { ...session, right: [...rightIn(session.history)] };
}

/** The record of the work begins with the first item closed from now on. */
function withWork(session: BegunSession): BegunSession {
  const work = { work: NO_WORK, examples: [], interventions: NO_INTERVENTIONS, suggestion: null, easierItemsLeft: 0 };
  return withoutMemories(withRight({ ...session, ...work }));
}

export function upcastSessionState(version: number, stored: unknown): SessionState {
  const state = stored as SessionState;
  if (version !== WITHOUT_RIGHT && !OLDER_VERSIONS.includes(version)) {
    requireVersion("session state", version, SESSION_SCHEMA_VERSION);
    return state.status === "not_created" ? state : withoutMemories(state);
  }
  if (state.status === "not_created") return state;
  if (version === WITHOUT_RIGHT) return withoutMemories(withRight(state));
  const begun = { plan: upcastPlan(state.plan), history: upcastHistory(state.history) };
  switch (state.status) {
    case "active":
      return withWork({ ...state, ...begun, step: upcastStep(state.step), override: null, idleSinceMs: null });
    case "paused":
      return withWork({ ...state, ...begun, step: upcastStep(state.step), override: null });
    case "completed":
      return withWork({ ...state, ...begun });
    default:
      return assertNever(state);
  }
}

export function upcastSessionEvent(version: number, type: string, stored: unknown): SessionEvent {
  const event = stored as SessionEvent;
  if (!OLDER_VERSIONS.includes(version)) {
    if (version !== WITHOUT_RIGHT) requireVersion(`session event ${type}`, version, SESSION_SCHEMA_VERSION);
    return event;
  }
  if (event.type === "created") return { ...event, plan: upcastPlan(event.plan) };
  if (event.type === "item_served") return { ...event, receipt: upcastReceipt(event.receipt) };
  return event.type === "skipped" ? { ...event, cause: "learner" } : event;
}
