/** Time that is left, by the server's clock. */
import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";

const TICK_MS = 250;
const HURRY_MS = 10_000;

/** Milliseconds left, at least 0; null where there is no limit. A pause stops the clock where it stood. */
export function leftMs({ deadline_ms, cutoff_ms }, pausedAt, nowMs) {
  const ends = [deadline_ms, cutoff_ms].filter((ms) => ms !== null && ms !== undefined);
  if (ends.length === 0) return null;
  return Math.max(0, Math.min(...ends) - (pausedAt ?? nowMs));
}

function clockText(ms) {
  const s = Math.ceil(ms / 1_000);
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

/** Time left as of now, told anew four times a second while it runs. */
export function useLeftMs(question, pausedAt, nowMs) {
  const [, tick] = useState(0);
  const left = leftMs(question, pausedAt, nowMs());
  const runs = left !== null && left > 0 && pausedAt === null;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [runs]);
  return left;
}

/** Drawn four times a second while time runs. A screen reader reads it when it gets there and is not interrupted. */
export function Countdown({ question, pausedAt, nowMs, class: className = "" }) {
  const left = useLeftMs(question, pausedAt, nowMs);
  if (left === null) return html`<span class=${`countdown ${className}`}>no time limit</span>`;
  const text = left === 0 ? "time is up" : clockText(left);
  const hurry = left > 0 && left <= HURRY_MS ? "hurry" : "";
  return html`
    <span class=${`countdown ${hurry} ${className}`} role="timer" aria-live="off"
      aria-label=${left === 0 ? text : `${text} left`}>${pausedAt === null ? "" : "paused at "}${text}</span>
  `;
}
