/** How long ago a time was, in a word or two. */
export function ago(iso, nowMs) {
  const s = Math.max(0, Math.round((nowMs - Date.parse(iso)) / 1_000));
  if (s < 60) return `${s} s`;
  return s < 3_600 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3_600)} h`;
}
