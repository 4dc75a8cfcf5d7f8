/** A teacher's judgement of one who debated, beside what rules counted and what a model drafted. */
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";

const SCORES = [0, 1, 2, 3, 4];

function scoresOf(given, criteria) {
  return Object.fromEntries(criteria.map(({ criterion }) => [criterion, Number(given.get(criterion))]));
}

function Grounds({ quotes, why }) {
  return html`<small>${why} ${quotes.map(({ statement, quote }) => `${statement}: “${quote}”`).join(" ")}</small>`;
}

/** `judgement` as the debate tells it to those who lead it. */
export function Judge({ account, debateId, judgement, name }) {
  const [run, isBusy, fault] = useAction();
  const { user_id, by_rules, draft, confirmed } = judgement;
  const proposed = draft?.status === "made" ? draft.criteria : by_rules;
  const present = confirmed?.criteria ?? proposed;
  function submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    const body = { user_id, scores: scoresOf(given, proposed), comment: given.get("comment").trim() };
    void run(() => account.send("POST", `/debates/${debateId}/judgements`, body));
  }
  return html`<form class="stack judge" onSubmit=${submit}>
    <h3>${name} <span class=${`pill ${confirmed ? "good" : ""}`}>${confirmed ? "judged" : "not judged yet"}</span></h3>
    <p class="quiet">${
    draft?.status === "made"
      ? "Drafted by AI; your word decides."
      : "Counted by rules, which do not know what is true; your word decides."
  }</p>
    ${
    proposed.map(({ criterion, quotes, why }, i) =>
      html`
        <label key=${criterion} class="field">
          <span>${criterion}</span>
          <select name=${criterion}>${SCORES.map((score) =>
            html`
              <option key=${score} value=${score} selected=${score === present[i].score}>${score} of 4</option>
            `
          )}</select>
          <${Grounds} quotes=${quotes} why=${why} />
        </label>
      `
    )
  }
    <label class="field"><span>A word to them</span><input name="comment" maxlength="2000" defaultValue=${
    confirmed?.comment ?? ""
  } />
    </label>
    <p><button class="primary" disabled=${isBusy}>${confirmed ? "Judge again" : "Tell them"}</button></p>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}
