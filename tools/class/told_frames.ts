/** The frames of the wire as those who check a lesson read them. */
import { z } from "zod";

const frameSchema = z.looseObject({
  type: z.string(),
  channel: z.string().nullable().optional(),
  seq: z.number().optional(),
  at_ms: z.number().optional(),
  event: z.string().optional(),
  data: z.unknown().optional(),
  state: z.unknown().optional(),
  body: z.unknown().optional(),
  repeated: z.boolean().optional(),
});
export type ToldFrame = z.infer<typeof frameSchema>;

/** The frames of one message, one a line. */
export function framesOf(message: string): readonly ToldFrame[] {
  return message.split("\n").map((line) => frameSchema.parse(JSON.parse(line)));
}
