/** What a student does at their room's task: answers alone, proposes, agrees, passes the turn on. */
import { AnswerForm } from "../live/answer_form.js";
import { html } from "../live/html.js";
import { RoomTask, StartTask } from "../live/room_task.js";
import { useAction } from "../live/use_action.js";

function Alone({ task, send, isBusy }) {
  if (task.your_answer !== null) return null;
  return html`
    <${AnswerForm} key=${`alone${task.task}`} name=${`task${task.task}`} form=${task.item.form} given=${null}
      label="Send my answer" isDisabled=${isBusy}
      onSend=${(response) => send("answer", { response })} />
  `;
}

function OwnTurn({ task, send, isBusy }) {
  const [command, label] = task.mode === "by_turn" ? ["answer", "Answer for us"] : ["propose", "Propose this"];
  return html`
    <${AnswerForm} key=${`turn${task.task} ${task.turn}`} name=${`turn${task.task}`} form=${task.item.form}
      given=${task.your_answer} label=${label} isDisabled=${isBusy}
      onSend=${(response) => send(command, { response })}>
      <button type="button" disabled=${isBusy} onClick=${() => send("pass")}>Pass the turn on</button>
      <//>
  `;
}

function Judge({ send, isBusy }) {
  return html`
    <div class="row" role="group" aria-label="Whether this may be our answer">
      <button class="primary" disabled=${isBusy} onClick=${() => send("agree", { agrees: true })}>I agree</button>
      <button disabled=${isBusy} onClick=${() => send("agree", { agrees: false })}>I do not agree</button>
    </div>
  `;
}

function Part({ task, ownId, ...rest }) {
  const { step, turn_of, proposal } = task;
  switch (step) {
    case "alone":
      return html`<${Alone} task=${task} ...${rest} />`;
    case "turns": {
      if (proposal === null) return turn_of === ownId ? html`<${OwnTurn} task=${task} ...${rest} />` : null;
      return proposal.by === ownId || proposal.agreed.includes(ownId) ? null : html`<${Judge} ...${rest} />`;
    }
    case "closing":
    case "over":
      return null;
  }
}

export function RoomWork({ view, channel, ownId, nameOf, nowMs }) {
  const [run, isBusy, fault] = useAction();
  const { task, members, status } = view;
  const send = (command, args = {}) => run(() => channel.send(command, { task: task.task, ...args }));
  return html`
    ${task && html`<${RoomTask} task=${task} members=${members} nameOf=${nameOf} nowMs=${nowMs}>
      ${status === "open" && html`<${Part} task=${task} ownId=${ownId} send=${send} isBusy=${isBusy} />`}
      ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    <//>`}
    <${StartTask} view=${view} channel=${channel} />
  `;
}
