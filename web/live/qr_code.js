/** The QR code by which a class is joined, as the server draws it. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";

/** `svg` is the server's drawing: parsed apart, it can hold nothing that runs. */
export function QrCode({ svg, label }) {
  const frame = useRef(null);
  useEffect(() => {
    const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    frame.current.replaceChildren(document.adoptNode(drawing));
  }, [svg]);
  return html`<div class="qr" role="img" aria-label=${label} ref=${frame}></div>`;
}
