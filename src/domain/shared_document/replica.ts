/** The engine's own replica of a shared document, made where it is asked: it merges, and never writes itself. */
import * as Y from "yjs";
import { ImpossibleEventError } from "../impossible_event.ts";
import { bytesFrom } from "./base64.ts";
import type { DocumentName, SharedDocument } from "./document.ts";

/** No person's replica may have this client id, so that Yjs never draws another for the engine's. */
export const ENGINE_CLIENT_ID = 0;

export function notesOf(replica: Y.Doc): Y.Text {
  return replica.getText("notes");
}

export function shapesOf(replica: Y.Doc): Y.Map<unknown> {
  return replica.getMap("shapes");
}

/** Names the type under which the document's content lies; a type is what it was first asked for as. */
function withRoot(replica: Y.Doc, name: DocumentName): Y.Doc {
  if (name === "notes") notesOf(replica);
  else shapesOf(replica);
  return replica;
}

/** Throws {@link ImpossibleEventError} where the journal holds what is no base64. */
export function replicaOf({ name, merged, tail }: SharedDocument): Y.Doc {
  const replica = new Y.Doc({ guid: name });
  replica.clientID = ENGINE_CLIENT_ID;
  withRoot(replica, name);
  replica.transact(() => {
    for (const update of merged === "" ? tail : [merged, ...tail]) {
      const bytes = bytesFrom(update);
      if (bytes === null) throw new ImpossibleEventError(`an update of ${name} that is no base64`);
      Y.applyUpdate(replica, bytes);
    }
  });
  return replica;
}
