/** A small aggregate of the kind `session` for wire tests: it says back what it is told, at any size and rate. */
import type { Aggregate } from "../../src/domain/aggregate.ts";
import { accept, note, reject } from "../../src/domain/decision.ts";
import type { SessionCommand } from "../../src/domain/session/messages.ts";

export interface EchoState {
  readonly key: string;
  readonly heard: number;
}

export type EchoEvent = { readonly type: "said"; readonly text: string; readonly staffOnly: boolean };

export class EchoStateError extends Error {
  override readonly name = "EchoStateError";
}

/**
 * `answer` with a text is an event that carries it, with a number one of that many letters; `hint` is an event for staff alone; `skip` is refused;
 * `pause` is an ephemeral; `complete` is a fault. Channels whose key starts with `closed` are nobody's.
 */
export const echoSession: Aggregate<EchoState, SessionCommand, EchoEvent, never> = {
  kind: "session",
  schemaVersion: 1,
  initial: (key) => ({ key, heard: 0 }),
  decide(state, command, context) {
    switch (command.type) {
      case "answer": {
        const { response } = command;
        // A number asks for a text of that length, so that a small command makes a large event.
        const length = response.kind === "number" ? Number(response.value) : 0;
        const text = response.kind === "text" ? response.text : "x".repeat(length);
        return accept([{ type: "said", text, staffOnly: false }], { reply: { heard: state.heard + 1 } });
      }
      case "hint":
        return accept([{ type: "said", text: `${command.item}`, staffOnly: true }], { reply: null });
      case "skip":
        return reject("item_closed", "the item is closed", { item: command.item });
      case "observe_emotion": {
        const data = { captured_at_ms: command.observation.capturedAtMs, origin: context.origin.kind };
        return note(state, { ephemerals: [{ type: "emotion", data, audiences: ["learner"] }] });
      }
      case "pause":
        return note(state, {
          ephemerals: [{ type: "moved", data: { heard: state.heard }, audiences: ["learner", "staff"] }],
        });
      case "complete":
        throw new EchoStateError("a fault of the rules");
    }
    return reject("unheard", "the echo knows no such command");
  },
  evolve: (state) => ({ ...state, heard: state.heard + 1 }),
  upcastState(_version, stored) {
    if (typeof stored === "object" && stored !== null && "heard" in stored) return stored as EchoState;
    throw new EchoStateError("not an echo's state");
  },
  upcastEvent: (_version, _type, stored) => stored as EchoEvent,
  priorityOf: () => "graded",
  pendingEffects: () => [],
  effectFailed: () => ({ type: "no_item_left" }),
  audienceOf(state, principal) {
    if (state.key.startsWith("closed")) return null;
    return principal.role === "student" ? "learner" : "staff";
  },
  view: (state, audience) => ({ heard: state.heard, audience }),
  project: (event, audience) =>
    event.staffOnly && audience !== "staff" ? null : { type: "said", data: { text: event.text } },
  listing: () => null,
};
