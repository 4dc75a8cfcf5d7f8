/** Who is in a room, and the part that each of them plays. */
import { html } from "./html.js";

/** By role: what its member does, and what they are asked to do. */
export const ROLES = {
  explainer: ["explains", "You explain: say in your own words how it goes."],
  checker: ["checks", "You check: ask whether it is so, and why."],
  scribe: ["writes down", "You write down: keep the notes that all of you need."],
  timekeeper: ["minds the time", "You mind the time: see that everybody has their turn."],
};

/** `act(member)`: what may be done with each. */
export function RoomPeople({ view, nameOf, act = () => null }) {
  const roles = Object.fromEntries(view.roles.map(({ user_id, role }) => [user_id, role]));
  return html`<ul class="people" aria-label="Who is in the room">${
    view.members.filter(({ standing }) => standing === "in").map((member) => {
      const { user_id, here, asks_help } = member;
      const [does] = ROLES[roles[user_id]] ?? [null];
      return html`
        <li key=${user_id} data-here=${here}>
          <span class="row grow"><span>${nameOf(user_id)}</span>
            ${!here && html`<small>away</small>`}
            ${does && html`<span class="pill">${does}</span>`}
            ${asks_help && html`<span class="pill wait">asks the teacher in</span>`}</span>
          ${act(member)}
        </li>
      `;
    })
  }</ul>`;
}
