/** Command frames as typed commands: which names a channel's kind knows, and what their arguments must be. */
import { z } from "zod";
import { type ActorId, type Address, keyOf, kindOf } from "../../domain/address.ts";
import type { Response } from "../../domain/curriculum/rendered_item.ts";
import type { Json } from "../../domain/json.ts";
import { type LearnerSessionCommand, sessionAddress, type StaffSessionCommand } from "../../domain/session/messages.ts";
import { newOverrideSchema } from "../documents/override_schema.ts";
import { type CommandFrame, faultsOf } from "./frame.ts";

const id = z.string().min(1).max(200);

/** A learner's answer to an item. */
export const responseSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("choice"), option: id }),
  z.strictObject({ kind: z.literal("choices"), options: z.array(id).max(100) }),
  z.strictObject({
    kind: z.literal("number"),
    value: z.union([z.number(), z.string().max(100)]),
    unit: z.string().max(40).nullable().default(null),
  }),
  z.strictObject({ kind: z.literal("text"), text: z.string().max(4_000) }),
  z.strictObject({ kind: z.literal("ordering"), order: z.array(id).max(100) }),
  z.strictObject({
    kind: z.literal("matching"),
    pairs: z.record(id, id).refine((pairs) => Object.keys(pairs).length <= 100, "at most 100 pairs"),
  }),
]) satisfies z.ZodType<Response>;

const item = z.int().min(1).describe("Number of the event that served the item.");

type PersonCommand = LearnerSessionCommand | StaffSessionCommand;

/** Every session command a person may send, by its name; on the wire all but `type` stands in `args`. */
export const SESSION_COMMANDS = {
  answer: z.strictObject({ type: z.literal("answer"), item, response: responseSchema }),
  hint: z.strictObject({ type: z.literal("hint"), item }),
  skip: z.strictObject({ type: z.literal("skip"), item }),
  pause: z.strictObject({ type: z.literal("pause") }),
  resume: z.strictObject({ type: z.literal("resume") }),
  complete: z.strictObject({ type: z.literal("complete") }),
  attention: z.strictObject({
    type: z.literal("attention"),
    hidden: z.boolean().describe("Whether the lesson's tab is hidden now."),
    at: z.number().describe("Since when: milliseconds since the Unix epoch, by the server's clock."),
  }),
  intervention_reply: z.strictObject({
    type: z.literal("intervention_reply"),
    id: z.int().min(1).describe("Of the `intervention` that is answered."),
    reply: z.enum(["helped", "not_now", "stop"]),
  }),
  easier_items: z.strictObject({ type: z.literal("easier_items") }),
  override_item: newOverrideSchema.extend({ type: z.literal("override_item") }).transform((
    { type, item_id, reason },
  ) => ({ type, itemId: item_id, reason })),
} as const satisfies { readonly [Type in PersonCommand["type"]]: z.ZodType<{ type: Type }> };

const sessionCommand = z.discriminatedUnion("type", [
  SESSION_COMMANDS.answer,
  SESSION_COMMANDS.hint,
  SESSION_COMMANDS.skip,
  SESSION_COMMANDS.pause,
  SESSION_COMMANDS.resume,
  SESSION_COMMANDS.complete,
  SESSION_COMMANDS.attention,
  SESSION_COMMANDS.intervention_reply,
  SESSION_COMMANDS.easier_items,
  SESSION_COMMANDS.override_item,
]) satisfies z.ZodType<PersonCommand>;

/** The commands of one kind of channel. */
interface ChannelCommands<Command> {
  readonly names: readonly string[];
  readonly schema: z.ZodType<Command>;
  addressOf(key: string): Address<Command>;
}

export type CommandReading =
  /** `to` takes `command`: the pair was checked where it was made. */
  | { readonly kind: "command"; readonly to: ActorId; readonly command: unknown }
  | {
    readonly kind: "bad";
    readonly code: "unknown_command" | "bad_args";
    readonly message: string;
    readonly detail: Json;
  };

function reader<Command>(commands: ChannelCommands<Command>): (frame: CommandFrame) => CommandReading {
  return (frame) => {
    if (!commands.names.includes(frame.command)) {
      const message = `this channel knows no command ${frame.command}`;
      return { kind: "bad", code: "unknown_command", message, detail: { commands: [...commands.names] } };
    }
    const parsed = commands.schema.safeParse({ ...frame.args, type: frame.command });
    if (parsed.success) return { kind: "command", to: commands.addressOf(keyOf(frame.channel)), command: parsed.data };
    const message = `the arguments of ${frame.command} do not fit`;
    return { kind: "bad", code: "bad_args", message, detail: faultsOf(parsed.error) };
  };
}

/** One reader for each kind of channel that takes commands from people. */
const READERS: { readonly [kind: string]: (frame: CommandFrame) => CommandReading } = {
  session: reader({
    names: Object.keys(SESSION_COMMANDS),
    schema: sessionCommand,
    addressOf: sessionAddress,
  }),
};

/** Reads the command in `frame` by its channel's kind. */
export function commandOf(frame: CommandFrame): CommandReading {
  const read = Object.hasOwn(READERS, kindOf(frame.channel)) ? READERS[kindOf(frame.channel)] : undefined;
  if (read !== undefined) return read(frame);
  return { kind: "bad", code: "unknown_command", message: "this channel takes no commands", detail: { commands: [] } };
}
