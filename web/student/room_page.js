/** A room outside any lesson, as one of its learners is in it. */
import { useEffect, useState } from "preact/hooks";
import { connect } from "../live/connect.js";
import { html } from "../live/html.js";
import { PageStatus } from "../live/page_status.js";
import { RoomCard } from "./room_card.js";

const TASK = "Find out what each of you knows already and what is new to you, and explain it to each other.";

/** What a room's card needs of whoever it is shown in. */
function visit(account) {
  const client = connect(() => account.token());
  return { account, client, nowMs: () => client.serverNowMs() };
}

export function RoomPage({ account, roomId, onLeave }) {
  const [place] = useState(() => visit(account));
  const [connection, setConnection] = useState("connecting");
  useEffect(() => {
    const end = place.client.onStatus(setConnection);
    return () => {
      end();
      place.client.close();
    };
  }, [place]);
  return html`
    <header class="top">
      <h1>Learning together</h1>
      <span class="quiet">${account.username}</span>
      <button class="link" onClick=${onLeave}>Back to your lessons</button>
    </header>
    <main class="narrow">
      <${PageStatus} connection=${connection} />
      <${RoomCard} lesson=${place} breakouts=${{ room_id: roomId, room: "", task: TASK }} />
    </main>
  `;
}
