/** The AsyncAPI 3 document of the socket, made from the schemas that parse and type its frames. */
import { z } from "zod";
import type { Json } from "../../domain/json.ts";
import { CLASSROOM_COMMANDS } from "./classroom_commands.ts";
import { CLOSE } from "./close_codes.ts";
import { DEBATE_COMMANDS } from "./debate_commands.ts";
import { CLIENT_FRAMES, SERVER_FRAMES, SUBPROTOCOL } from "./frame.ts";
import { DOCUMENT_COMMANDS } from "./document_commands.ts";
import { ROOM_COMMANDS } from "./room_commands.ts";
import { SESSION_COMMANDS } from "./session_commands.ts";

type JsonObject = { readonly [key: string]: Json };

const CAMERA_HEADER = "Binary: 0x4E4C, version 1, format (1 JPEG, 2 PNG, 3 WebP), capture time as big-endian float64 " +
  "milliseconds since the Unix epoch, one byte with the length of the channel's name, the name, then the image.";

/** A schema as JSON Schema; what a client sends is described before defaults and transforms. */
function jsonSchemaOf(schema: z.ZodType, io: "input" | "output"): JsonObject {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io })));
}

function messagesOf(schemas: { readonly [name: string]: z.ZodType }, io: "input" | "output"): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      { name, contentType: "application/json", summary: schema.description ?? name, payload: jsonSchemaOf(schema, io) },
    ]),
  );
}

function references(messages: JsonObject): Json {
  return Object.fromEntries(Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]));
}

function onChannel(messages: JsonObject): Json {
  return Object.keys(messages).map((name) => ({ $ref: `#/channels/socket/messages/${name}` }));
}

function commandsOf(kind: string, schemas: { readonly [name: string]: z.ZodType }): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [`${kind}_command_${name}`, jsonSchemaOf(schema, "input")]),
  );
}

/** The document, for a socket served at `address`. */
export function asyncApiDocument(address: string, version: string): JsonObject {
  const camera = {
    name: "camera_frame",
    contentType: "application/octet-stream",
    summary: CAMERA_HEADER,
    payload: { type: "string", format: "binary" },
  };
  const received: JsonObject = { ...messagesOf(CLIENT_FRAMES, "input"), camera_frame: camera };
  const sent = messagesOf(SERVER_FRAMES, "output");
  const messages = { ...received, ...sent };
  const commands = {
    ...commandsOf("session", SESSION_COMMANDS),
    ...commandsOf("classroom", CLASSROOM_COMMANDS),
    ...commandsOf("room", ROOM_COMMANDS),
    ...commandsOf("room", DOCUMENT_COMMANDS),
    ...commandsOf("debate", DEBATE_COMMANDS),
  };
  return {
    asyncapi: "3.0.0",
    info: {
      title: "NeuroLearn live channels",
      version,
      description: `One WebSocket, subprotocol ${SUBPROTOCOL}, carries many channels. The first frame is a hello. ` +
        `Close codes: ${Object.entries(CLOSE).map(([name, code]) => `${code} ${name}`).join(", ")}.`,
    },
    defaultContentType: "application/json",
    channels: {
      socket: { address, messages: references(messages), bindings: { ws: { method: "GET" } } },
    },
    operations: {
      receive: {
        action: "receive",
        summary: "What a client sends",
        channel: { $ref: "#/channels/socket" },
        messages: onChannel(received),
      },
      send: {
        action: "send",
        summary: "What the server sends",
        channel: { $ref: "#/channels/socket" },
        messages: onChannel(sent),
      },
    },
    components: {
      messages,
      // What stands in `args` of a command on a channel of the kind; `type` is the command's name.
      schemas: commands,
    },
  };
}
