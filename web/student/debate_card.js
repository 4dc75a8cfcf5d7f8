/** A debate of the class: for who speaks in it the turn, for all others the words. */
import { useState } from "preact/hooks";
import { Statements, TurnLine, turnNow } from "../live/debate_log.js";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";
import { useDebate, useDebateOfClass } from "../live/use_debate.js";

const KINDS = {
  claim: "a claim of my own",
  support: "support for one of ours",
  rebuttal: "a rebuttal of one of theirs",
  evidence: "evidence for one of ours",
};

/** Statements that this kind may be aimed at. */
function targetsFor(view, kind, side) {
  if (kind === "claim") return [];
  const sideOf = Object.fromEntries(view.turns.map((turn) => [turn.turn, turn.side]));
  return view.statements.filter(({ turn }) => (sideOf[turn] === side) === (kind !== "rebuttal"));
}

function Speak({ view, channel, side }) {
  const [kind, setKind] = useState("claim");
  const [run, isBusy, fault] = useAction();
  const targets = targetsFor(view, kind, side);
  const needsTarget = kind !== "claim";
  function submit(event) {
    event.preventDefault();
    const form = event.target;
    const given = new FormData(form);
    const source = given.get("source")?.trim() ?? "";
    const args = {
      kind,
      target: needsTarget ? Number(given.get("target")) : null,
      text: given.get("text").trim(),
      source: source === "" ? null : source,
    };
    void run(() => channel.send("state", args)).then((wasSaid) => wasSaid && form.reset());
  }
  return html`<form class="stack" onSubmit=${submit}>
    <p class="note"><strong>It is your turn.</strong> You speak ${side} the motion.</p>
    <label class="field"><span>I say</span><select value=${kind} onChange=${({ target }) => setKind(target.value)}>
      ${Object.entries(KINDS).map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
    </select></label>
    ${
    needsTarget && html`<label class="field"><span>About</span><select name="target" required>
      ${
      targets.map(({ statement, text }) =>
        html`<option key=${statement} value=${statement}>${statement}. ${text}</option>`
      )
    }
    </select></label>`
  }
    <label class="field"><span>In my words</span><textarea name="text" required maxlength="600" rows="3"></textarea></label>
    ${
    kind === "evidence" && html`<label class="field"><span>Where one can look it up</span>
      <input name="source" maxlength="200" /></label>`
  }
    <div class="row">
      <button class="primary" disabled=${isBusy || (needsTarget && targets.length === 0)}>Say it</button>
      <button type="button" disabled=${isBusy} onClick=${() => run(() => channel.send("end_turn"))}>End my turn</button>
    </div>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </form>`;
}

function Judgement({ judgement }) {
  const { by_rules, confirmed } = judgement;
  return html`<section class="stack">
    <h3>${confirmed ? "Your teacher’s judgement" : "What can be counted of your turns"}</h3>
    ${confirmed?.comment && html`<p>${confirmed.comment}</p>`}
    <ul>${
    (confirmed?.criteria ?? by_rules).map(({ criterion, score, next_step }) =>
      html`<li key=${criterion}>
      <strong>${criterion}: ${score} of 4.</strong> ${next_step}</li>`
    )
  }</ul>
  </section>`;
}

function Debate({ lesson, debateId }) {
  const [view, channel] = useDebate(lesson.client, debateId);
  if (view === null) return null;
  const ownId = lesson.account.user.id;
  const nameOf = (userId) => userId === ownId ? "you" : "a classmate";
  const turn = turnNow(view);
  const isMine = view.status === "running" && turn?.speaker.user_id === ownId;
  const judgement = view.judgements.find(({ user_id }) => user_id === ownId);
  const held = view.held.at(-1);
  return html`<section class="card stack" aria-labelledby="debate-title">
    <h2 id="debate-title">Debate: ${view.motion.title}</h2>
    <details><summary>What it is about</summary><p>${view.motion.background}</p></details>
    <${TurnLine} view=${view} nameOf=${nameOf} nowMs=${() => lesson.nowMs()} />
    <${Statements} view=${view} nameOf=${nameOf} />
    ${held && isMine && html`<p class="note" role="status">Held back, because of its words: “${held.text}”.</p>`}
    ${isMine && html`<${Speak} key=${turn.turn} view=${view} channel=${channel} side=${turn.side} />`}
    ${judgement && html`<${Judgement} judgement=${judgement} />`}
  </section>`;
}

export function DebateCard({ lesson, classId }) {
  const { debateId } = useDebateOfClass(lesson.account, classId);
  return debateId === null ? null : html`<${Debate} key=${debateId} lesson=${lesson} debateId=${debateId} />`;
}
