/** A room outside any lesson, as one of its learners is in it. */
import { useEffect, useState } from "preact/hooks";
import { connect } from "../live/connect.js";
import { html } from "../live/html.js";
import { PageStatus } from "../live/page_status.js";
import { useAction } from "../live/use_action.js";
import { RoomCard } from "./room_card.js";

const MATCHED = "Find out what each of you knows already and what is new to you, and explain it to each other.";

/** What a room's card needs of whoever it is shown in. */
function visit(account) {
  const client = connect(() => account.token());
  return { account, client, nowMs: () => client.serverNowMs() };
}

function GiveUp({ channel, onLeave }) {
  const [run, isBusy, fault] = useAction();
  return html`
    <button class="small" disabled=${isBusy} onClick=${() =>
      run(() => channel.send("leave")).then((hasLeft) => hasLeft && onLeave())}>Give up my place</button>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  `;
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
    <${PageStatus} connection=${connection} />
    <main class="narrow">
      <${RoomCard} place=${place} roomId=${roomId} title=${null}
        says=${(view) => view?.purpose === "matched" ? MATCHED : null}
        foot=${(channel) => html`<${GiveUp} channel=${channel} onLeave=${onLeave} />`} />
    </main>
  `;
}
