/** Who is in a room, and the part that each of them plays. */
import { html } from "./html.js";

export const ROLES = {
  explainer: ["explains", "says in their own words how it goes"],
  checker: ["checks", "asks whether it is so, and why"],
  scribe: ["writes down", "keeps the notes that all need"],
  timekeeper: ["minds the time", "sees that everybody has their turn"],
};

/** `act(member)`: what may be done with each. */
export function RoomPeople({ view, nameOf, act = () => null }) {
  const roles = Object.fromEntries(view.roles.map(({ user_id, role }) => [user_id, role]));
  return html`<ul class="people" aria-label="Who is in the room">${
    view.members.filter(({ standing }) => standing === "in").map((member) => {
      const { user_id, here, asks_help } = member;
      const [does, how] = ROLES[roles[user_id]] ?? [null, null];
      return html`
        <li key=${user_id} data-here=${here}>
          <span class="grow">${nameOf(user_id)}${!here && html`
            <small>away</small>
          `}
            ${does && html`
              <span class="pill" title=${how}>${does}</span>
            `}
            ${asks_help && html`
              <span class="pill wait">asks the teacher in</span>
            `}</span>
          ${act(member)}
        </li>
      `;
    })
  }</ul>`;
}
