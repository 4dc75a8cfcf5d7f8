/** The results of an emotion evaluation, as one JSON object or as a table to read. */
import { EMOTIONS } from "../../domain/affect/observation.ts";
import type { Framing } from "./evaluation_options.ts";
import type { RecognitionMetrics } from "./recognition_metrics.ts";

export interface Evaluation {
  readonly subject: { readonly dir: string; readonly models: string; readonly framing: Framing };
  /** Images that could be read, faces missed in them included. */
  readonly count: number;
  /** Images in which no face was found; they take no part in the metrics. */
  readonly missedFaces: number;
  readonly unreadable: readonly string[];
  readonly metrics: RecognitionMetrics;
  readonly confidenceMin: number;
  /** Mean time from an image's bytes to its probabilities, files read and models loaded before. */
  readonly msPerImage: number;
}

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
