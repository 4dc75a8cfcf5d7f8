/** The class, a row a student: who is here, what they are at, how they get on. */
import { Component } from "preact";
import { html } from "../live/html.js";

const PRESENCE = { here: "here", background: "other tab", gone: "gone", away: "not here" };

/** In points of %, with the direction by sign and colour; nothing while nothing is known. */
function Change({ value }) {
  if (value === null) return html`<td></td>`;
  const points = Math.round(value * 100);
  if (points === 0) return html`<td class="number">±0</td>`;
  return points > 0 ? html`<td class="number up">▲ ${points}</td>` : html`<td class="number down">▼ ${-points}</td>`;
}

function Doing({ row, isOpen }) {
  const { work, hand_since, has_answered, admission, since } = row;
  if (admission === "waiting") return html`<span class="pill wait">in the lobby</span>`;
  if (admission === "turned_away") return html`<span class="quiet">turned away</span>`;
  return html`
    ${hand_since && html`<span class="pill wait">hand up</span>`}
    ${isOpen && since !== null &&
      (has_answered ? html`<span class="pill good">answered</span>` : html`<span class="pill">to answer</span>`)}
    ${work && html`<span class="work">
      <progress max="1" value=${work.progress} aria-hidden="true"></progress>
      ${work.status === "completed" ? "done" : `${work.answered} done`}${work.status === "paused" ? ", paused" : ""}
    </span>`}
    ${work?.behaviour.map(({ kind }) => html`<span key=${kind} class="pill bad">${kind.replaceAll("_", " ")}</span>`)}
  `;
}

/** Drawn again only when its own row has changed: a class has up to 300. */
class Row extends Component {
  shouldComponentUpdate({ row, isOpen }) {
    return row !== this.props.row || isOpen !== this.props.isOpen;
  }

  render({ row, isOpen, onOpen }) {
    const { user_id, name, presence, answered, correct, mastery_change, work, time_multiplier } = row;
    const [done, right] = [answered + (work?.answered ?? 0), correct + (work?.correct ?? 0)];
    return html`
      <tr>
        <th scope="row">
              <button class="link" onClick=${() => onOpen(user_id)}>${name}</button>
              ${time_multiplier !== 1 &&
                html`<small>${time_multiplier === null ? "no limit" : `time × ${time_multiplier}`}</small>`}
            </th>
        <td><span class="presence" data-state=${presence.state}>${PRESENCE[presence.state]}${presence.devices > 1
          ? `, ${presence.devices} devices`
          : ""}</span></td>
        <td>
          <div class="doing">
            <${Doing} row=${row} isOpen=${isOpen} />
          </div>
        </td>
        <td class="number">${done === 0 ? "" : `${right} of ${done}`}</td>
        <${Change} value=${mastery_change} />
      </tr>
    `;
  }
}

export function RosterTable({ students, isOpen, onOpen, onAdmitAll }) {
  const waiting = students.filter(({ admission }) => admission === "waiting").length;
  const here = students.filter(({ presence }) => presence.state === "here" || presence.state === "background").length;
  return html`<section class="card" aria-labelledby="roster-title">
    <header class="row">
      <h2 id="roster-title" class="grow">Class <span class="pill">${here} of ${students.length} here</span></h2>
      ${waiting > 0 && html`<button class="primary small" onClick=${onAdmitAll}>Let all ${waiting} in</button>`}
    </header>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="roster-title">
      <table class="roster">
        <thead><tr>
          <th scope="col">Name</th><th scope="col">Presence</th><th scope="col">Now</th>
          <th scope="col">Right</th><th scope="col"><span title="Change of mastery in this lesson, in points of %">Mastery</span></th>
        </tr></thead>
        <tbody>${
    students.map((row) => html`<${Row} key=${row.user_id} row=${row} isOpen=${isOpen} onOpen=${onOpen} />`)
  }
        </tbody>
      </table>
    </div>
    ${students.length === 0 && html`<p class="quiet">Nobody is on the roster. Show the class its code.</p>`}
  </section>`;
}
