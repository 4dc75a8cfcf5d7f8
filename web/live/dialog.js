/** A dialog over the page; Escape closes it and the focus goes back to where it was. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";

export function Dialog({ title, onClose, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => before?.isConnected && before.focus();
  }, []);
  return html`<dialog ref=${dialog} aria-labelledby="dialog-title" onClose=${onClose}>
    <header class="row">
      <h2 id="dialog-title" class="grow">${title}</h2>
      <button class="small" onClick=${() => dialog.current.close()}>Close</button>
    </header>
    ${children}
  </dialog>`;
}
