/** The notes that a room writes together: one text area that is everybody's; those who teach read it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { bindNotes } from "../client/notes_area.js";
import { SharedDocument } from "../client/shared_document.js";
import { html } from "./html.js";

const NOTES_LENGTH_MAX = 20_000;

export function RoomNotes({ channel, mayWrite }) {
  const area = useRef(null);
  const [told, setTold] = useState({ isSaved: true, fault: null });
  useEffect(() => {
    const shared = new SharedDocument(channel, "notes");
    const unbind = bindNotes(area.current, shared);
    const end = shared.onChange((change) => {
      // A fault stays to be read until something is written again.
      const fault = (before) => change.kind === "refused" ? change.message : change.by === "here" ? null : before.fault;
      setTold((before) => ({ isSaved: shared.isSaved, fault: fault(before) }));
    });
    return () => {
      end();
      unbind();
      shared.close();
    };
  }, [channel]);
  return html`<div class="stack">
    <label class="field"><span>${mayWrite ? "Our notes" : "Notes"}</span>
      <textarea rows="6" maxlength=${NOTES_LENGTH_MAX} readonly=${!mayWrite} ref=${area}></textarea></label>
    ${
    mayWrite &&
    html`<p class="quiet" role="status">${told.isSaved ? "Saved for all of you." : "Waiting to be saved…"}</p>`
  }
    ${told.fault && html`<p class="fault" role="alert">${told.fault}</p>`}
  </div>`;
}
