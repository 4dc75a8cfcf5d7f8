/** The banner that says how the connection is; said once when it changes. */
import { html } from "./html.js";

/** `waiting`: how many things are kept to be sent. */
export function PageStatus({ connection, waiting = 0 }) {
  const kept = waiting === 0
    ? ""
    : waiting === 1
    ? " Your answer is kept and will be sent."
    : ` ${waiting} things are kept and will be sent.`;
  const text = {
    connecting: "Connecting…",
    open: "",
    down: `The connection is gone; coming back by itself.${kept}`,
    closed: "The connection has ended. Load this page again.",
  }[connection];
  return html`<div class="page-status" role="status" data-connection=${connection}>${text}</div>`;
}
