/** What a shape on a shared board may be. */
import * as Y from "yjs";
import { isPlainSoFar } from "../plain_line.ts";
import { COORDINATE_MAX, POINT_NUMBERS_MAX, SHAPE_ID_LENGTH_MAX, SHAPE_TEXT_LENGTH_MAX } from "./limits.ts";

export const SHAPE_KINDS = ["path", "line", "arrow", "rectangle", "ellipse", "text"] as const;

/** `__proto__` is refused: no plain object holds it, so a board's reading would lack the shape that its replicas have. */
const SHAPE_ID = new RegExp(`^(?!__proto__$)[A-Za-z0-9_-]{1,${SHAPE_ID_LENGTH_MAX}}$`);
const COLOR = /^#[0-9a-f]{6}$/;

function isCoordinate(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) <= COORDINATE_MAX;
}

function isPoints(value: unknown): boolean {
  return Array.isArray(value) && value.length <= POINT_NUMBERS_MAX && value.length % 2 === 0 &&
    value.every(isCoordinate);
}

/**
 * Each property is judged by itself and only `kind` is needed, so that two allowed changes of a shape made at the same
 * time are allowed together.
 */
const PROPERTIES: { readonly [name: string]: (value: unknown) => boolean } = {
  kind: (value) => SHAPE_KINDS.some((kind) => kind === value),
  x: isCoordinate,
  y: isCoordinate,
  width: isCoordinate,
  height: isCoordinate,
  points: isPoints,
  text: (value) => typeof value === "string" && value.length <= SHAPE_TEXT_LENGTH_MAX && isPlainSoFar(value),
  color: (value) => typeof value === "string" && COLOR.test(value),
  /** Shapes with more of it lie above those with less. */
  order: isCoordinate,
};

/** What is wrong with the shape, in a sentence; null for nothing. */
export function shapeFault(id: string, shape: unknown): string | null {
  if (!SHAPE_ID.test(id)) {
    return `A shape's id has 1 to ${SHAPE_ID_LENGTH_MAX} letters, digits, "_" or "-", and is not "__proto__".`;
  }
  if (!(shape instanceof Y.Map)) return `Shape ${id} is not a map of its properties.`;
  if (!shape.has("kind")) return `Shape ${id} has no kind.`;
  for (const [name, value] of shape.entries()) {
    const isAllowed = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
    if (isAllowed === undefined) return `A shape has no such property: ${name.slice(0, SHAPE_ID_LENGTH_MAX)}.`;
    if (!isAllowed(value)) return `The ${name} of shape ${id} does not fit.`;
  }
  return null;
}
