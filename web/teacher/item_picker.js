/** A list from which an item of the course is picked, by skill. */
import { html } from "../live/html.js";

const PROMPT_LENGTH_MAX = 70;

function short(prompt) {
  const line = prompt.replaceAll(/[$*`]/g, "").split("\n")[0];
  return line.length <= PROMPT_LENGTH_MAX ? line : `${line.slice(0, PROMPT_LENGTH_MAX)}…`;
}

/** `none` is what stands for no item in particular. */
export function ItemPicker({ course, label, none, value, onPick }) {
  const bySkill = Object.groupBy(course?.items ?? [], ({ skills }) => skills[0]);
  return html`<label class="field grow"><span>${label}</span>
    <select value=${value} onChange=${({ target }) => onPick(target.value)}>
      <option value="">${none}</option>
      ${
    Object.entries(bySkill).map(([skill, items]) =>
      html`
        <optgroup key=${skill} label=${course.titles[skill] ?? skill}>
          ${items.map(({ id, prompt, difficulty }) =>
            html`
              <option key=${id} value=${id}>${short(prompt)} (level ${difficulty})</option>
            `
          )}
        </optgroup>
      `
    )
  }
    </select>
  </label>`;
}
