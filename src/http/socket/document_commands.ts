/** What people may send on a room's channel about the documents that they share. */
import { z } from "zod";
import type { DocumentCommand } from "../../domain/room/messages.ts";
import { DOCUMENT_NAMES } from "../../domain/shared_document/document.ts";
import { COORDINATE_MAX, STATE_VECTOR_BYTES_MAX, UPDATE_BYTES_MAX } from "../../domain/shared_document/limits.ts";

/** Of a Yjs relative position in base64. */
const POSITION_LENGTH_MAX = 200;

/** Characters of base64 for so many bytes. */
function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

const document = z.enum(DOCUMENT_NAMES);
const position = z.base64().max(POSITION_LENGTH_MAX).describe("A Yjs relative position in base64.");
const coordinate = z.number().min(-COORDINATE_MAX).max(COORDINATE_MAX);

/** By name; on the wire all but `type` stands in `args`. */
export const DOCUMENT_COMMANDS = {
  document_update: z.strictObject({
    type: z.literal("document_update"),
    document,
    update: z.string().max(base64Length(UPDATE_BYTES_MAX)).describe("A Yjs update (its first version) in base64."),
  }),
  document_sync: z.strictObject({
    type: z.literal("document_sync"),
    document,
    state_vector: z.string().max(base64Length(STATE_VECTOR_BYTES_MAX)).default("").describe(
      "Of the sender's replica, in base64; empty: it has nothing. Answered with the update that it lacks.",
    ),
  }).transform(({ type, document, state_vector }) => ({ type, document, stateVector: state_vector })),
  cursor: z.strictObject({
    type: z.literal("cursor"),
    document,
    at: z.union([
      z.strictObject({ anchor: position, head: position }),
      z.strictObject({ x: coordinate, y: coordinate }),
      z.null(),
    ]).describe("Null: nowhere any more."),
  }),
} as const satisfies { readonly [Type in DocumentCommand["type"]]: z.ZodType<{ type: Type }> };

export const documentCommand = z.discriminatedUnion("type", [
  DOCUMENT_COMMANDS.document_update,
  DOCUMENT_COMMANDS.document_sync,
  DOCUMENT_COMMANDS.cursor,
]) satisfies z.ZodType<DocumentCommand>;
