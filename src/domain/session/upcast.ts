/**
 * Stored sessions of older versions. Receipts of version 1 knew neither statistics nor what the network had seen;
 * plans up to version 2 knew no class.
 */
import { requireVersion } from "../schema_version.ts";
import type { ChoiceReceipt, SessionEvent, SessionPlan } from "./messages.ts";
import type { SessionState } from "./state.ts";

export const SESSION_SCHEMA_VERSION = 3;

function upcastReceipt(receipt: Omit<ChoiceReceipt, "statisticsVersion" | "sighting">): ChoiceReceipt {
  return { statisticsVersion: null, sighting: null, ...receipt };
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
  if (version === 1) return withClass(withReceipt(state));
  if (version === 2) return withClass(state);
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
  if (version === 1 && event.type === "item_served") return { ...event, receipt: upcastReceipt(event.receipt) };
  return event;
}
