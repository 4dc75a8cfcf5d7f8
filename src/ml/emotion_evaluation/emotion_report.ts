/** The results of an emotion evaluation, as one JSON object or as a table to read. */
import { EMOTIONS } from "../../domain/affect/observation.ts";
import type { Evaluation } from "./evaluate_emotion.ts";

/** Shares from 0 to 1, null where nothing was there to measure; `confusion[label][answer]` in the order of `classes`. */
export function reportJson({ subject, count, missedFaces, unreadable, ...rest }: Evaluation): string {
  const { metrics, confidenceMin, msPerImage } = rest;
  return JSON.stringify({
    dir: subject.dir,
    model: subject.models,
    detect: subject.framing === "found",
    count,
    missed_faces: missedFaces,
    unreadable: unreadable.length,
    accuracy: metrics.accuracy,
    accuracy_missed_as_wrong: metrics.accuracy * (count - missedFaces) / count,
    macro_f1: metrics.macroF1,
    ece: metrics.ece,
    confidence_min: confidenceMin,
    coverage: metrics.coverage,
    accuracy_at_coverage: metrics.accuracyAtCoverage,
    classes: EMOTIONS,
    confusion: metrics.confusion,
    ms_per_image: msPerImage,
  });
}

function row(head: string, cells: readonly (string | number)[]): string {
  return head.padEnd(12) + cells.map((cell) => String(cell).padStart(9)).join("");
}

export function reportTable({ subject, count, missedFaces, unreadable, ...rest }: Evaluation): string {
  const { metrics, confidenceMin, msPerImage } = rest;
  const found = subject.framing === "found"
    ? `${count - missedFaces} faces found, ${missedFaces} missed (left out below; counted as wrong: accuracy ${
      (metrics.accuracy * (count - missedFaces) / count).toFixed(4)
    })`
    : "taken as framed faces";
  return [
    `${subject.dir}: ${count} images, ${found}; ${unreadable.length} not readable`,
    `${subject.models}, ${msPerImage.toFixed(2)} ms an image`,
    `accuracy ${metrics.accuracy.toFixed(4)}   macro-F1 ${metrics.macroF1.toFixed(4)}   ECE ${metrics.ece.toFixed(4)}`,
    `abstaining below ${confidenceMin}: ${metrics.accuracyAtCoverage.toFixed(4)} right at a coverage of ${
      metrics.coverage.toFixed(4)
    }`,
    "",
    row("labelled", EMOTIONS.map((emotion) => `${emotion}`)),
    ...EMOTIONS.map((emotion, label) => row(emotion, metrics.confusion[label] ?? [])),
  ].join("\n");
}
