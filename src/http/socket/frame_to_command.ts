/** Command frames as typed commands: which names a channel's kind knows, and what their arguments must be. */
import { z } from "zod";
import { type ActorId, type Address, keyOf, kindOf } from "../../domain/address.ts";
import { classroomAddress } from "../../domain/classroom/messages.ts";
import { debateAddress } from "../../domain/debate/messages.ts";
import type { Json } from "../../domain/json.ts";
import { roomAddress } from "../../domain/room/messages.ts";
import { sessionAddress } from "../../domain/session/messages.ts";
import { CLASSROOM_COMMANDS, classroomCommand } from "./classroom_commands.ts";
import { DEBATE_COMMANDS, debateCommand } from "./debate_commands.ts";
import { DOCUMENT_COMMANDS, documentCommand } from "./document_commands.ts";
import { type CommandFrame, faultsOf } from "./frame.ts";
import { ROOM_COMMANDS, roomCommand } from "./room_commands.ts";
import { SESSION_COMMANDS, sessionCommand } from "./session_commands.ts";

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
  classroom: reader({
    names: Object.keys(CLASSROOM_COMMANDS),
    schema: classroomCommand,
    addressOf: classroomAddress,
  }),
  room: reader({
    names: [...Object.keys(ROOM_COMMANDS), ...Object.keys(DOCUMENT_COMMANDS)],
    schema: z.discriminatedUnion("type", [roomCommand, documentCommand]),
    addressOf: roomAddress,
  }),
  debate: reader({
    names: Object.keys(DEBATE_COMMANDS),
    schema: debateCommand,
    addressOf: debateAddress,
  }),
};

/** Reads the command in `frame` by its channel's kind. */
export function commandOf(frame: CommandFrame): CommandReading {
  const read = Object.hasOwn(READERS, kindOf(frame.channel)) ? READERS[kindOf(frame.channel)] : undefined;
  if (read !== undefined) return read(frame);
  return { kind: "bad", code: "unknown_command", message: "this channel takes no commands", detail: { commands: [] } };
}
