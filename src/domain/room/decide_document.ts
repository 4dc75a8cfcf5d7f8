/** Decides what members write into the room's shared documents, what readers lack of them, and where cursors are. */
import { note, reject, type TurnContext } from "../decision.ts";
import { plainJson } from "../json.ts";
import { differenceTo } from "../shared_document/read_document.ts";
import { takeUpdate } from "../shared_document/take_update.ts";
import type { RoomEvent } from "./events.ts";
import type { DocumentCommand } from "./messages.ts";
import { audienceName } from "./permission.ts";
import { type RoomDecision, settle } from "./settle.ts";
import { type Member, membersIn, type OpenedRoom } from "./state.ts";

type Command<Type extends DocumentCommand["type"]> = Extract<DocumentCommand, { type: Type }>;

/** The reply comes once what it says is stored. */
export function decideUpdate(
  room: OpenedRoom,
  { userId, muted }: Member,
  { document, update }: Command<"document_update">,
  context: TurnContext,
): RoomDecision {
  if (muted !== null) return reject("muted", `You may read, not write: ${muted.reason}`);
  const verdict = takeUpdate(room.documents[document], update, userId);
  switch (verdict.kind) {
    case "rejected":
      return verdict;
    case "known":
      return note(room, { reply: { changed: false } });
    case "taken": {
      // It stands: a replica may bring old words with new ones. Those who teach are told.
      const held: readonly RoomEvent[] = verdict.hurtful === null
        ? []
        : [{ type: "text_held", userId, text: verdict.hurtful, document }];
      return settle(room, [verdict.event, ...held], context, { reply: { changed: true } });
    }
  }
}

/** For all who may see the room, also when it is over. */
export function decideSync(
  room: OpenedRoom,
  { document, stateVector }: Command<"document_sync">,
): RoomDecision {
  const shared = room.documents[document];
  const difference = differenceTo(shared, stateVector);
  if (difference.kind === "rejected") return difference;
  const { update, stateVector: state_vector } = difference;
  return note(room, { reply: { document, update, state_vector } });
}

/** Told to the others and to those who teach; kept nowhere. */
export function decideCursor(room: OpenedRoom, { userId }: Member, { document, at }: Command<"cursor">): RoomDecision {
  const others = membersIn(room).filter((member) => member.userId !== userId);
  const audiences = [
    ...others.map((member) => audienceName({ kind: "member", userId: member.userId })),
    audienceName({ kind: "staff" }),
  ];
  const data = { user_id: userId, document, at: at === null ? null : plainJson(at) };
  return note(room, { ephemerals: [{ type: "cursor", data, audiences, key: `cursor ${userId}` }] });
}
