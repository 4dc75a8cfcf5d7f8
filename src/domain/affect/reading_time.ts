/** The least time in which a text can have been read. */

/**
 * 600 words a minute: two and a half times the pace of silent reading (Brysbaert, "How many words do we read per
 * minute?", 2019, 238), so whoever is quicker has not read.
 */
const READING_MS_PER_WORD = 100;
/** To see the question, decide and send an answer, however short. */
const RESPONDING_MS_MIN = 800;

/** Milliseconds below which `text` cannot have been read and answered. */
export function plausibleMsMin(text: string): number {
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  return RESPONDING_MS_MIN + words * READING_MS_PER_WORD;
}
