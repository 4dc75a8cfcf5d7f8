/** What a session tells of how its learner is: behaviour from the work, and affect where every consent stands. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { Store, useStore } from "../live/store.js";

const STRESS = ["low", "moderate", "high"];

function openSession(client, sessionId) {
  const channel = client.channel(`session/${sessionId}`);
  const store = new Store({ affect: null, intervention: null });
  const take = ({ affect, intervention }) => store.set({ affect, intervention });
  channel.on("state", take);
  channel.on("affect", (affect) => store.set({ affect }));
  channel.on("emotion_forgotten", () => store.set({ affect: null }));
  return { channel, store };
}

function Affect({ affect }) {
  const word = STRESS[Math.min(2, Math.floor(affect.stress_level * 3))];
  const states = (affect.hypotheses ?? []).map(({ state }) => state.replaceAll("_", " "));
  return html`<p>By the camera, with their consent: stress looks <strong>${word}</strong>, ${affect.direction}.
    ${states.length > 0 && ` Perhaps ${states.join(", ")}.`} A guess, never a fact.</p>`;
}

export function WellBeing({ client, work }) {
  const [{ channel, store }] = useState(() => openSession(client, work.session_id));
  const { affect, intervention } = useStore(store);
  useEffect(() => () => channel.leave(), [channel]);
  return html`<section class="stack">
    <h3>Their own work</h3>
    <p>${work.correct} of ${work.answered} right, ${Math.round(work.progress * 100)} % done${
    work.status === "active" ? "" : `, ${work.status}`
  }.</p>
    ${work.behaviour.map(({ kind, says }) => html`<p key=${kind} class="note">${says}</p>`)}
    ${intervention && html`<p class="quiet">Suggested to them: ${intervention.message}</p>`}
    ${affect && html`<${Affect} affect=${affect} />`}
  </section>`;
}
