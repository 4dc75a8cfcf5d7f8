/** A list from which an item of the course is picked, by skill. */
import { html } from "../live/html.js";
import { itemInWords } from "./item_words.js";

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
          ${items.map((item) =>
            html`
              <option key=${item.id} value=${item.id}>${itemInWords(item)} (level ${item.difficulty})</option>
            `
          )}
        </optgroup>
      `
    )
  }
    </select>
  </label>`;
}
