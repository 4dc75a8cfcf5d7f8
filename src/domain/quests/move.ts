/** What a command about quests leads to, before the learner's actor settles it. */
import { type Message, reject, type Rejection } from "../decision.ts";
import type { Json } from "../json.ts";
import type { QuestEvent } from "./messages.ts";
import type { QuestsState } from "./state.ts";

export interface QuestMove {
  readonly kind: "moved";
  readonly events: readonly QuestEvent[];
  readonly messages: readonly Message[];
  readonly reply: Json;
}

/** Whose quests these are, and how they stand. */
export interface QuestHolder {
  readonly learnerId: string;
  readonly quests: QuestsState;
  readonly profile: { readonly timeZone: string };
}

export function moved(events: readonly QuestEvent[], reply: Json, messages: readonly Message[] = []): QuestMove {
  return { kind: "moved", events, messages, reply };
}

export function noSuchQuest(questId: string): Rejection {
  return reject("unknown_quest", `You have no quest ${questId} that this could be done with.`);
}
