/** Judges a typed number: its notation, its unit, and how near it is to the key. */
import { parseNumber, type WrittenNumber } from "./parse_number.ts";
import type { AnswerKey, Response } from "./rendered_item.ts";

type NumberKey = Extract<AnswerKey, { kind: "number" }>;
type NumberResponse = Extract<Response, { kind: "number" }>;

/** Relative slack for arithmetic in binary: a typed 1/3 is the key's 1/3 whatever way it was worked out. */
const ROUNDING_SLACK = 1e-9;

/**
 * 1 within the key's tolerance, else 0; null when it is no number, its unit is not offered, or a unit is missing
 * where several are.
 */
export function gradeNumber(key: NumberKey, units: readonly string[], response: NumberResponse): number | null {
  const written = readResponse(response);
  if (written === null) return null;
  const factor = factorOf(key, units, written.unit);
  if (factor === null) return null;
  const distance = Math.abs(written.value * factor - key.value);
  return distance <= key.tolerance + ROUNDING_SLACK * Math.max(1, Math.abs(key.value)) ? 1 : 0;
}

function readResponse(response: NumberResponse): WrittenNumber | null {
  const written = typeof response.value === "string"
    ? parseNumber(response.value)
    : Number.isFinite(response.value)
    ? { value: response.value, unit: null }
    : null;
  if (written === null || response.unit === null) return written;
  // Said twice, it must be the same unit.
  if (written.unit !== null && written.unit !== response.unit.trim()) return null;
  return { value: written.value, unit: response.unit.trim() };
}

function factorOf(key: NumberKey, units: readonly string[], unit: string | null): number | null {
  // Where there is one unit, leaving it out can mean nothing else.
  if (unit === null || unit === "") return units.length <= 1 ? 1 : null;
  if (unit === key.unit) return 1;
  return Object.hasOwn(key.factors, unit) ? key.factors[unit] ?? null : null;
}
