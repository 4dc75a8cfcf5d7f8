/** The form in which an item is answered, one for each kind of answer. */
import { useState } from "preact/hooks";
import { html } from "./html.js";
import { RichLine } from "./rich_text.js";

/** What the form holds before anything was put in, or what was answered before. */
function startOf(form, response) {
  if (response?.kind === form.kind) return response;
  switch (form.kind) {
    case "choice":
      return { kind: "choice", option: null };
    case "choices":
      return { kind: "choices", options: [] };
    case "number":
      return { kind: "number", value: "", unit: form.units[0] ?? null };
    case "text":
      return { kind: "text", text: "" };
    case "ordering":
      return { kind: "ordering", order: form.entries.map(({ id }) => id) };
    case "matching":
      return { kind: "matching", pairs: {} };
  }
}

/** Whether there is something to send. */
function isWhole(form, draft) {
  switch (draft.kind) {
    case "choice":
      return draft.option !== null;
    case "choices":
      return draft.options.length > 0;
    case "number":
      return String(draft.value).trim() !== "";
    case "text":
      return draft.text.trim() !== "";
    case "ordering":
      return true;
    case "matching":
      return form.left.every(({ id }) => id in draft.pairs);
  }
}

function Options({ form, draft, set, name }) {
  const isMany = form.kind === "choices";
  function pick(id, isOn) {
    if (!isMany) return set({ ...draft, option: id });
    set({ ...draft, options: isOn ? [...draft.options, id] : draft.options.filter((one) => one !== id) });
  }
  return html`<fieldset class="options">
    <legend>${isMany ? "Choose all that are right" : "Choose one"}</legend>
    ${
    form.options.map(({ id, text }) =>
      html`
        <label key=${id} class="option">
          <input type=${isMany ? "checkbox" : "radio"} name=${name}
            checked=${isMany ? draft.options.includes(id) : draft.option === id}
            onChange=${({ target }) => pick(id, target.checked)} />
          <${RichLine} text=${text} />
        </label>
      `
    )
  }
  </fieldset>`;
}

function NumberField({ form, draft, set }) {
  return html`<div class="row">
    <label class="field grow"><span>Your answer</span>
      <input inputmode="text" autocomplete="off" value=${draft.value} placeholder="such as 7, -2.5 or 3/4"
        maxlength="100" onInput=${({ target }) => set({ ...draft, value: target.value })} />
    </label>
    ${
    form.units.length > 0 && html`<label class="field"><span>Unit</span>
      <select value=${draft.unit} onChange=${({ target }) => set({ ...draft, unit: target.value })}>
        ${form.units.map((unit) => html`<option key=${unit} value=${unit}>${unit}</option>`)}
      </select>
    </label>`
  }
  </div>`;
}

function TextField({ draft, set }) {
  return html`<label class="field"><span>Your answer</span>
    <input autocomplete="off" autocapitalize="none" spellcheck=${false} maxlength="4000" value=${draft.text}
      onInput=${({ target }) => set({ ...draft, text: target.value })} />
  </label>`;
}

function Ordering({ form, draft, set }) {
  const texts = Object.fromEntries(form.entries.map(({ id, text }) => [id, text]));
  function move(from, by) {
    const order = [...draft.order];
    order.splice(from + by, 0, ...order.splice(from, 1));
    set({ ...draft, order });
  }
  return html`
    <fieldset class="options">
      <legend>Put them in order, first on top</legend>
      <ol class="ordering">${draft.order.map((id, i) =>
        html`
          <li key=${id}>
            <span class="grow"><${RichLine} text=${texts[id]} /></span>
            <button type="button" aria-label=${`Move entry ${i + 1} up`} disabled=${i === 0}
              onClick=${() => move(i, -1)}>↑</button>
            <button type="button" aria-label=${`Move entry ${i + 1} down`} disabled=${i === draft.order.length - 1}
              onClick=${() => move(i, 1)}>↓</button>
          </li>
        `
      )}</ol>
    </fieldset>
  `;
}

function Matching({ form, draft, set }) {
  return html`<fieldset class="options">
    <legend>Find the partner of each</legend>
    ${
    form.left.map(({ id, text }) =>
      html`
        <label key=${id} class="match">
          <${RichLine} text=${text} />
          <select value=${draft.pairs[id] ?? ""}
            onChange=${({ target }) => set({ ...draft, pairs: { ...draft.pairs, [id]: target.value } })}>
                <option value="" disabled>choose…</option>
                ${form.right.map((right, i) =>
                  html`<option key=${right.id} value=${right.id}>
          ${String.fromCharCode(65 + i)}
        </option>`
                )}
              </select>
        </label>
      `
    )
  }
    <ol class="partners" type="A">${
    form.right.map(({ id, text }) =>
      html`
        <li key=${id}>
          <${RichLine} text=${text} />
        </li>
      `
    )
  }
    </ol>
  </fieldset>`;
}

const FIELDS = {
  choice: Options,
  choices: Options,
  number: NumberField,
  text: TextField,
  ordering: Ordering,
  matching: Matching,
};

/**
 * `onSend(response)` once the learner sends it; `given` is what they sent before, `label` what the button says, null for none. Draws
 * itself anew for another `name`: give each item its own.
 */
export function AnswerForm({ form, given, name, label, isDisabled, onSend, children }) {
  const [draft, setDraft] = useState(() => startOf(form, given));
  const Fields = FIELDS[form.kind];
  return html`
    <form class="stack" onSubmit=${(event) => {
      event.preventDefault();
      if (isWhole(form, draft)) onSend(draft);
    }}>
      <fieldset class="bare stack" disabled=${isDisabled}>
        <legend class="unseen">Your answer</legend>
        <${Fields} form=${form} draft=${draft} set=${setDraft} name=${name} />
      </fieldset>
      <div class="row">
          ${label !== null &&
            html`<button class="primary" disabled=${isDisabled || !isWhole(form, draft)}>${label}</button>`}
          ${children}
        </div>
    </form>
  `;
}
