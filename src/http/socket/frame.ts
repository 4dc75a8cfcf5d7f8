/** Every text frame of `neurolearn.v1` as a schema, and the one place where text from a socket is parsed. */
import { z } from "zod";
import { parseActorId } from "../../domain/address.ts";
import { EMOTIONS } from "../../domain/affect/observation.ts";
import type { Json } from "../../domain/json.ts";
import { utf8Bytes } from "./utf8_bytes.ts";

export const SUBPROTOCOL = "neurolearn.v1";

const COMMAND_ID = /^[A-Za-z0-9_.-]{1,64}$/;

/** `kind/key` on the wire, an actor's id inside. */
const channelIn = z.string().regex(/^[a-z]{1,16}\/[A-Za-z0-9_.-]{1,64}$/).transform((text, context) => {
  const id = parseActorId(text);
  if (id !== null) return id;
  context.addIssue({ code: "custom", message: "not a channel" });
  return z.NEVER;
});

const resumePoint = z.strictObject({ epoch: z.int().min(0), seq: z.int().min(0) });

/** Probabilities that floating point or rounding to four digits has moved still add up to 1 within this. */
const PROBABILITY_SUM_TOLERANCE = 1e-3;
const FACES_MAX = 1_000;

/** Within what a client may say that it will be heard again. */
const PROMISE_MS_MIN = 500;
const PROMISE_MS_MAX = 60_000;

const probabilities = z.array(z.number().min(0).max(1)).length(EMOTIONS.length).refine(
  (shares) => Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) <= PROBABILITY_SUM_TOLERANCE,
  "probabilities add up to 1",
);

export const CLIENT_FRAMES = {
  hello: z.strictObject({
    type: z.literal("hello"),
    token: z.string().min(1).max(8192),
    bursts: z.boolean().optional().describe("The client takes several frames in one message, one a line."),
  }).describe("First frame on a socket, and again later to renew an access token that is about to expire."),
  join: z.strictObject({ type: z.literal("join"), channel: channelIn, resume: resumePoint.nullable().default(null) })
    .describe("Watch a channel; `resume` names the last event seen, so that exactly the missed ones follow."),
  leave: z.strictObject({ type: z.literal("leave"), channel: channelIn }).describe("Stop watching a channel."),
  command: z.strictObject({
    type: z.literal("command"),
    id: z.string().regex(COMMAND_ID),
    channel: channelIn,
    command: z.string().min(1).max(64),
    args: z.record(z.string(), z.unknown()).nullish(),
  }).describe("Ask a joined channel to do something; the same `id` again is answered with the first result."),
  emotion_reading: z.strictObject({
    type: z.literal("emotion_reading"),
    channel: channelIn,
    captured_at_ms: z.number().positive().describe("Milliseconds since the Unix epoch, by the server's clock."),
    faces: z.int().min(0).max(FACES_MAX).describe("How many were found; the largest was read."),
    probabilities: probabilities.nullable().describe(`In the order ${EMOTIONS.join(", ")}; null without a face.`),
    confident: z.boolean().describe("Whether the highest of them reaches the model's `confidenceMin`."),
    model: z.string().regex(/^[\w.@+-]{1,200}$/).describe("Names and versions of the models that read it."),
  }).refine(({ faces, probabilities }) => (faces === 0) === (probabilities === null), {
    message: "there are probabilities where there is a face",
    path: ["probabilities"],
  }).describe("What the learner's own device read in its camera's picture, which stays there."),
  ping: z.strictObject({
    type: z.literal("ping"),
    sent_ms: z.number().nullable().default(null),
    next_ms: z.int().min(PROMISE_MS_MIN).max(PROMISE_MS_MAX).nullable().default(null).describe(
      "The client will be heard again within so long: where it is not, a lesson waits for what it may have kept. " +
        "Null: it cannot say, as in a hidden tab.",
    ),
  }).describe("Ask for the server's clock; `sent_ms` comes back as it was sent."),
} as const;

const clientFrame = z.discriminatedUnion("type", [
  CLIENT_FRAMES.hello,
  CLIENT_FRAMES.join,
  CLIENT_FRAMES.leave,
  CLIENT_FRAMES.command,
  CLIENT_FRAMES.emotion_reading,
  CLIENT_FRAMES.ping,
]);

export type ClientFrame = z.infer<typeof clientFrame>;
export type CommandFrame = z.infer<typeof CLIENT_FRAMES.command>;
export type EmotionReadingFrame = z.infer<typeof CLIENT_FRAMES.emotion_reading>;

const channel = z.string().describe("`kind/key`, such as `session/0199…`");
const epoch = z.int().min(1).describe("Rises when the channel gets a new owner; refuse frames of a lower one.");
const seq = z.int().min(0);
const anyJson = z.unknown().describe("Any JSON.");

const presentList = z.array(z.object({
  user_id: z.string(),
  role: z.enum(["student", "teacher", "admin"]),
  devices: z.int().min(1).describe("Sockets of this person on this channel."),
}));

const told = {
  channel,
  epoch,
  at_ms: z.number().describe("Server time, milliseconds since the Unix epoch."),
  event: z.string(),
  data: anyJson,
};

export const SERVER_FRAMES = {
  welcome: z.object({
    type: z.literal("welcome"),
    connection_id: z.string(),
    user_id: z.string(),
    role: z.enum(["student", "teacher", "admin"]),
    server_time_ms: z.number(),
    token_expires_ms: z.number().describe("When the socket closes with 4401 unless a new `hello` came."),
    limits: z.object({
      frame_bytes_max: z.int(),
      frames_per_second_max: z.number(),
      channels_max: z.int(),
      commands_in_flight_max: z.int(),
      camera_frame_bytes_max: z.int(),
      camera_frames_per_second_max: z.number(),
    }),
  }).describe("The token was good; joins and commands may follow."),
  joined: z.object({
    type: z.literal("joined"),
    channel,
    epoch,
    seq: seq.describe("The last event that `state` holds, or that the resume point named."),
    resumed: z.boolean().describe("True: the missed events follow and `state` is null."),
    state: anyJson,
    present: presentList,
  }),
  ack: z.object({
    type: z.literal("ack"),
    id: z.string(),
    channel,
    epoch,
    seq: seq.describe("The channel's last event once the command was done."),
    repeated: z.boolean().describe("This id had been done before; `body` is the first answer."),
    body: anyJson,
  }).describe("The command is done and will survive a crash."),
  refuse: z.object({
    type: z.literal("refuse"),
    id: z.string().nullable().describe("The command's id; null when no command was refused."),
    channel: channel.nullable(),
    code: z.string().describe("Stable snake_case reason."),
    message: z.string(),
    detail: anyJson.describe("What would have been right, where that can be said."),
    retry_after_ms: z.number().nullable().describe("Not decided: send the same again after this; null: decided."),
  }),
  event: z.object({ type: z.literal("event"), ...told, seq }).describe("Something happened and is stored."),
  ephemeral: z.object({
    type: z.literal("ephemeral"),
    ...told,
    seq: seq.describe("The last event before it; ephemerals carry no number of their own and may be skipped."),
  }),
  presence: z.object({
    type: z.literal("presence"),
    channel,
    people: z.int().describe("How many different people are here."),
    present: presentList.describe("Who they are, up to a limit; replaces the list before."),
  }),
  reset: z.object({ type: z.literal("reset"), channel, epoch, seq, state: anyJson, present: presentList })
    .describe("The resume point could not be honoured: forget the channel's past, this is its present state."),
  pong: z.object({ type: z.literal("pong"), sent_ms: z.number().nullable(), server_time_ms: z.number() }),
} as const;

export type ServerFrames = { readonly [Type in keyof typeof SERVER_FRAMES]: z.infer<typeof SERVER_FRAMES[Type]> };
export type ServerFrame = ServerFrames[keyof ServerFrames];
export type Present = z.infer<typeof presentList>[number];

/** Why a text frame was not taken; `id` is the command's, where one could be read. */
export interface BadFrame {
  readonly type: "bad";
  readonly id: string | null;
  readonly code: "frame_too_large" | "not_json" | "bad_frame";
  readonly message: string;
  readonly detail: Json;
}

/** Faults of a parse as JSON: where, and what was expected. */
export function faultsOf(error: z.ZodError): Json {
  return error.issues.slice(0, 8).map((issue) => ({ path: issue.path.map(String).join("."), message: issue.message }));
}

function idIn(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  return typeof value.id === "string" && COMMAND_ID.test(value.id) ? value.id : null;
}

/** Reads one text frame of at most `bytesMax` UTF-8 bytes. */
export function parseFrame(text: string, bytesMax: number): ClientFrame | BadFrame {
  if (text.length > bytesMax || (text.length * 3 > bytesMax && utf8Bytes(text) > bytesMax)) {
    const message = `a text frame may have ${bytesMax} bytes`;
    return { type: "bad", id: null, code: "frame_too_large", message, detail: { frame_bytes_max: bytesMax } };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 120) : "unreadable";
    return { type: "bad", id: null, code: "not_json", message: "a text frame is one JSON object", detail: reason };
  }
  const parsed = clientFrame.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = "the frame does not fit its schema";
  return { type: "bad", id: idIn(value), code: "bad_frame", message, detail: faultsOf(parsed.error) };
}
