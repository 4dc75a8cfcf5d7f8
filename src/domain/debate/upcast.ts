/** Stored debates of version 1: they kept to the class as it was when they were opened. */
import { requireVersion } from "../schema_version.ts";
import type { DebateEvent } from "./messages.ts";
import { plannedPeople } from "./people.ts";
import type { DebateState, OpenedDebate } from "./state.ts";

export const DEBATE_SCHEMA_VERSION = 2;
const WITHOUT_ROSTER = 1;

export function upcastState(version: number, stored: unknown): DebateState {
  const state = stored as DebateState;
  if (version !== WITHOUT_ROSTER) requireVersion("debate state", version, DEBATE_SCHEMA_VERSION);
  else if (state.status === "opened") {
    const opened: Omit<OpenedDebate, "people"> = state;
    return { ...opened, people: plannedPeople(opened.plan) };
  }
  return state;
}

/** Every event of version 1 is one of now. */
export function upcastEvent(version: number, type: string, stored: unknown): DebateEvent {
  if (version !== WITHOUT_ROSTER) requireVersion(`debate event ${type}`, version, DEBATE_SCHEMA_VERSION);
  return stored as DebateEvent;
}
