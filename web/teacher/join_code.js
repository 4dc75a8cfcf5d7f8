/** The code of a class: shown, made, made anew, closed. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../live/html.js";
import { readJoinLink, spokenCode } from "../live/join_link.js";
import { QrCode } from "../live/qr_code.js";
import { useAction } from "../live/use_action.js";

function Shown({ joined }) {
  return html`<div class="join-code">
    ${joined.svg && html`<${QrCode} svg=${joined.svg} label="QR code of the link" />`}
    <p class="code big">${spokenCode(joined.code)}</p>
    ${joined.link && html`<p class="quiet">${joined.link}</p>`}
  </div>`;
}

export function JoinCode({ account, classId }) {
  const [joined, setJoined] = useState(undefined);
  const [run, isBusy, fault] = useAction();
  const read = async () => setJoined(await readJoinLink(() => account.token(), classId));
  useEffect(() => void run(read), [classId]);
  const ask = (method) =>
    run(async () => {
      await account.send(method, `/classes/${classId}/join-code`);
      await read();
    });
  return html`<div class="stack">
    ${joined && html`<${Shown} joined=${joined} />`}
    ${joined === null && html`<p class="quiet">The class is closed to codes.</p>`}
    <div class="row">
      <button disabled=${isBusy} onClick=${() => ask("POST")}>${
    joined ? "Make a new code" : "Open it to a code"
  }</button>
      ${joined && html`<button disabled=${isBusy} onClick=${() => ask("DELETE")}>Close it</button>`}
    </div>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
