/**
 * Stored sessions of older versions. Receipts of version 1 knew neither statistics nor what the network had seen;
 * up to version 2 they did not say what was weighed, nor which edition and learner were read, and plans knew no class.
 */
import { requireVersion } from "../schema_version.ts";
import type { ChoiceReceipt, SessionEvent, SessionPlan } from "./messages.ts";
import type { SessionState } from "./state.ts";

export const SESSION_SCHEMA_VERSION = 3;

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
    override: null,
  } as const;
  const considered = receipt.considered.map((one) => ({ ...one, terms: one.terms ?? {} }));
  return { ...unrecorded, ...receipt, considered };
}

function upcastPlan(plan: Omit<SessionPlan, "classId">): SessionPlan {
  return { classId: null, ...plan };
}

function withReceipt(state: SessionState): SessionState {
  if (state.status !== "active" && state.status !== "paused") return state;
  const { step } = state;
  if (step.kind === "choosing") return state;
  const open = { ...step.open, receipt: upcastReceipt(step.open.receipt) };
  return { ...state, step: { kind: "item_open", open } };
}

function withClass(state: SessionState): SessionState {
  return state.status === "not_created" ? state : { ...state, plan: upcastPlan(state.plan) };
}

export function upcastSessionState(version: number, stored: unknown): SessionState {
  const state = stored as SessionState;
  if (version === 1 || version === 2) return withClass(withReceipt(state));
  requireVersion("session state", version, SESSION_SCHEMA_VERSION);
  return state;
}

export function upcastSessionEvent(version: number, type: string, stored: unknown): SessionEvent {
  const event = stored as SessionEvent;
  if (version !== 1 && version !== 2) {
    requireVersion(`session event ${type}`, version, SESSION_SCHEMA_VERSION);
    return event;
  }
  if (event.type === "created") return { ...event, plan: upcastPlan(event.plan) };
  if (event.type === "item_served") return { ...event, receipt: upcastReceipt(event.receipt) };
  return event;
}
