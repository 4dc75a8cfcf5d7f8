/** Leaves out what some models think aloud before they answer, between `<think>` and `</think>`. */

const BEGINS = "<think>";
const ENDS = "</think>";

/** @returns the part of each piece that belongs to the answer */
export function answerOnly(): (piece: string) => string {
  let held = "";
  let state: "beginning" | "thinking" | "answering" = "beginning";
  return (piece) => {
    if (state === "answering") return piece;
    held = state === "beginning" ? (held + piece).trimStart() : held + piece;
    if (state === "beginning") {
      if (BEGINS.startsWith(held)) return "";
      state = held.startsWith(BEGINS) ? "thinking" : "answering";
    }
    if (state === "answering") return held;
    const end = held.indexOf(ENDS);
    if (end === -1) {
      // Only its tail can be part of the end mark.
      held = held.slice(-ENDS.length);
      return "";
    }
    state = "answering";
    return held.slice(end + ENDS.length).trimStart();
  };
}
