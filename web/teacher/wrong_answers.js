/** Misconceptions: wrong answers that several gave, the most frequent first. */
import { html } from "../live/html.js";
import { RichLine } from "../live/rich_text.js";
import { itemInWords } from "./item_words.js";

const SHOWN = 8;
const NAMES_SHOWN = 4;

function Who({ userIds, count, nameOf }) {
  const names = userIds.slice(-NAMES_SHOWN).map(nameOf);
  const others = count - names.length;
  return html`<small>${names.join(", ")}${others > 0 ? ` and ${others} more` : ""}</small>`;
}

export function WrongAnswers({ wrong, items, nameOf }) {
  const words = Object.fromEntries(items.map((item) => [item.id, itemInWords(item)]));
  return html`<section class="card" aria-labelledby="wrong-title">
    <h2 id="wrong-title">Wrong answers</h2>
    ${wrong.length === 0 && html`<p class="quiet">None so far.</p>`}
    <ol class="wrong">${
    wrong.slice(0, SHOWN).map(({ item_id, group, answer, count, user_ids }) =>
      html`
        <li key=${`${item_id} ${group}`}>
          <strong>${count} ×</strong>
          <div>
            <p>
              <${RichLine} text=${answer} />
            </p>
            <p class="quiet">
              ${words[item_id] ?? item_id}
            </p>
            <${Who} userIds=${user_ids} count=${count} nameOf=${nameOf} />
          </div>
        </li>
      `
    )
  }</ol>
  </section>`;
}
