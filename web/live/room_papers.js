/** A room's notes and board, read only once they are wanted. */
import { useState } from "preact/hooks";
import { html } from "./html.js";
import { RoomBoard } from "./room_board.js";
import { RoomNotes } from "./room_notes.js";

/** `title`: what the room calls them; `mayWrite`: else they are only shown. */
export function RoomPapers({ view, channel, ownId, title, mayWrite }) {
  const [shown, setShown] = useState("nothing");
  return html`<details class="together" onToggle=${({ target }) => setShown(target.open ? "both" : "nothing")}>
    <summary>${title}</summary>
    ${
    shown === "both" && html`
      <div class="stack">
        <${RoomNotes} channel=${channel} mayWrite=${mayWrite} />
        <${RoomBoard} channel=${channel} members=${view.members} ownId=${ownId} mayWrite=${mayWrite} />
      </div>
    `
  }
  </details>`;
}
