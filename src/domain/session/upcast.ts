/** Stored sessions of older versions. Receipts of version 1 knew neither statistics nor what the network had seen. */
import { requireVersion } from "../schema_version.ts";
import type { ChoiceReceipt, SessionEvent } from "./messages.ts";
import type { SessionState } from "./state.ts";

export const SESSION_SCHEMA_VERSION = 2;

function upcastReceipt(receipt: Omit<ChoiceReceipt, "statisticsVersion" | "sighting">): ChoiceReceipt {
  return { statisticsVersion: null, sighting: null, ...receipt };
}

export function upcastSessionState(version: number, stored: unknown): SessionState {
  const state = stored as SessionState;
  if (version === 1) {
    if (state.status !== "active" && state.status !== "paused") return state;
    const { step } = state;
    if (step.kind === "choosing") return state;
    const open = { ...step.open, receipt: upcastReceipt(step.open.receipt) };
    return { ...state, step: { kind: "item_open", open } };
  }
  requireVersion("session state", version, SESSION_SCHEMA_VERSION);
  return state;
}

export function upcastSessionEvent(version: number, type: string, stored: unknown): SessionEvent {
  const event = stored as SessionEvent;
  if (version === 1) {
    return event.type === "item_served" ? { ...event, receipt: upcastReceipt(event.receipt) } : event;
  }
  requireVersion(`session event ${type}`, version, SESSION_SCHEMA_VERSION);
  return event;
}
