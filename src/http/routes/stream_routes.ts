/** `/stream`: the live channels where a network blocks WebSocket: Server-Sent Events down, POST up, the same frames. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Principal } from "../../domain/principal.ts";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { bearerToken } from "../authenticate.ts";
import { addressKey } from "../client_address.ts";
import { json } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import { problem, type ProblemError } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import type { StreamEdge, StreamMessage } from "../socket/stream_edge.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["live"];
/** The largest camera frame with its header, or many text frames. */
const FRAMES_BYTES_MAX = 544 * 1024;

/** What the routes ask of the socket edge. */
export type StreamDoor = Pick<StreamEdge, "open" | "read" | "take" | "end">;

const streamParam = z.object({ stream_id: z.uuid() });

const open = createRoute({
  method: "post",
  path: "/stream",
  tags,
  summary: "Open a stream of live channels without WebSocket",
  description:
    "The access token is the stream's `hello`: what the socket says and takes, this does, with the same limits. " +
    "Read it within a quarter of a minute. docs/PROTOCOL.md describes the frames.",
  ...only(EVERYONE_SIGNED_IN, "socket"),
  responses: {
    201: json(z.object({ stream_id: z.string() }).openapi("Stream"), "Opened; the first frame is `welcome`"),
  },
});

const read = createRoute({
  method: "get",
  path: "/stream/{stream_id}",
  tags,
  summary: "The frames of one's own stream as they come",
  description:
    "Each event's data is one frame, or several, one a line. After a break ask again with the last event's id in " +
    "`Last-Event-ID`: what was sent since comes first. An event `close` with `{code, reason}` is the last; 410 " +
    "`stream_gone` once the stream is over: open another and join with resume points. Browsers' EventSource can send " +
    "no token, so read it with fetch.",
  ...only(EVERYONE_SIGNED_IN, "frames"),
  request: {
    params: streamParam,
    headers: z.object({ "last-event-id": z.coerce.number().int().min(0).default(0) }),
  },
  responses: { 200: { description: "Frames", content: { "text/event-stream": { schema: z.string() } } } },
});

const frames = createRoute({
  method: "post",
  path: "/stream/{stream_id}/frames",
  tags,
  summary: "Send frames on one's own stream",
  description:
    "JSON frames, one a line, in this order; or, as `application/octet-stream`, one camera frame. What answers them " +
    "comes down the stream. Send the next request once this one is answered, else their order is nobody's to say.",
  ...only(EVERYONE_SIGNED_IN, "frames", FRAMES_BYTES_MAX),
  request: {
    params: streamParam,
    body: {
      required: true as const,
      content: {
        "application/x-ndjson": { schema: z.string() },
        "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) },
      },
    },
  },
  responses: { 202: json(z.object({ taken: z.int() }), "How many were taken before the stream ended") },
});

const end = createRoute({
  method: "delete",
  path: "/stream/{stream_id}",
  tags,
  summary: "End one's own stream",
  ...only(EVERYONE_SIGNED_IN, "frames"),
  request: { params: streamParam },
  responses: { 204: { description: "Over, or never there" } },
});

/** Proxies and the runtime pass each event on as it comes, neither kept nor compressed. */
const EVENT_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** Whether it is over, another's, or never was is not told apart. */
function streamGone(): ProblemError {
  return problem("stream_gone", "Open another stream and join its channels with the last event seen.");
}

async function messagesOf(request: Request): Promise<readonly StreamMessage[]> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/octet-stream")) return [await request.arrayBuffer()];
  if (!type.startsWith("application/x-ndjson")) {
    throw problem("unsupported_media_type", "Send frames as application/x-ndjson, a camera frame as octet-stream.");
  }
  return (await request.text()).split("\n").filter((line) => line.trim() !== "");
}

export function streamRoutes(streams: StreamDoor, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });
  const own = ({ userId }: Principal, id: string) => [id, userId] as const;

  app.openapi({ ...open, middleware: guard.signedIn(open) }, (c) => {
    const token = bearerToken(c.req.header("authorization")) ?? "";
    const id = streams.open(token, c.var.principal.userId, addressKey(c.var.clientAddress));
    return c.json({ stream_id: id }, 201);
  });

  app.openapi({ ...read, middleware: guard.signedIn(read) }, (c) => {
    const afterId = c.req.valid("header")["last-event-id"];
    const body = streams.read(...own(c.var.principal, c.req.valid("param").stream_id), afterId);
    if (body === null) throw streamGone();
    return c.body(body, 200, EVENT_HEADERS);
  });

  app.openapi({ ...frames, middleware: guard.signedIn(frames) }, async (c) => {
    const messages = await messagesOf(c.req.raw);
    const taken = streams.take(...own(c.var.principal, c.req.valid("param").stream_id), messages);
    if (taken === null) throw streamGone();
    return c.json({ taken }, 202);
  });

  app.openapi({ ...end, middleware: guard.signedIn(end) }, (c) => {
    streams.end(...own(c.var.principal, c.req.valid("param").stream_id));
    return c.body(null, 204);
  });

  return app;
}
