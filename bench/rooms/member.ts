/** One member of a room at each of the servers that bench:rooms compares: says numbered texts and hears everybody's. */
import { RawSocket, RawSocketError } from "./raw_socket.ts";

export const TEXT = "x".repeat(64);

export interface Member {
  say(item: number): void;
  close(): void;
}

/** Joins `room` of the server at `port`; `heard` is told the number of each text that comes. */
export type Join = (port: number, room: string, heard: (item: number) => void) => Promise<Member>;

const DECODER = new TextDecoder();
/** More digits than any number said has. */
const DIGITS_MAX = 10;

/** Tells each number that stands behind `mark` in `text`. */
function numbersIn(text: string, mark: string, heard: (item: number) => void): void {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at)) {
    at += mark.length;
    heard(Number.parseInt(text.slice(at, at + DIGITS_MAX), 10));
  }
}

/** Relays of plain text: `say NUMBER TEXT` goes to all of the room that the address names, several a message or one. */
export const joinPlain: Join = async (port, room, heard) => {
  const socket = await RawSocket.connect(port, `/${room}`, null, (bytes) => {
    numbersIn(DECODER.decode(bytes), "say ", heard);
  });
  return { say: (item) => socket.sendText(`say ${item} ${TEXT}`), close: () => socket.close() };
};

export const joinOurs: Join = async (port, room, heard) => {
  const channel = `session/${room}`;
  const joined = Promise.withResolvers<void>();
  const socket = await RawSocket.connect(port, "/", "neurolearn.v1", (bytes) => {
    const text = DECODER.decode(bytes);
    numbersIn(text, `"data":{"item":`, heard);
    if (text.includes(`{"type":"joined"`)) joined.resolve();
    if (text.includes(`{"type":"refuse"`)) throw new RawSocketError(text);
  });
  const send = (frame: object) => socket.sendText(JSON.stringify(frame));
  send({ type: "hello", token: "bench", bursts: true });
  send({ type: "join", channel });
  await joined.promise;
  return {
    say: (item) => send({ type: "command", id: `c${item}`, channel, command: "hint", args: { item } }),
    close: () => socket.close(),
  };
};

/** Packet types of Engine.IO, and `42`: an event of Socket.IO in a message of Engine.IO. */
const ENGINE_IO = { open: "0", ping: "2", pong: "3", connect: "40", event: "42" } as const;

export const joinSocketIo: Join = async (port, room, heard) => {
  const joined = Promise.withResolvers<void>();
  const path = `/socket.io/?EIO=4&transport=websocket&room=${room}`;
  const socket = await RawSocket.connect(port, path, null, (bytes, socket) => {
    const text = DECODER.decode(bytes);
    if (text.startsWith(ENGINE_IO.event)) numbersIn(text, `{"item":`, heard);
    else if (text.startsWith(ENGINE_IO.open)) socket.sendText(ENGINE_IO.connect);
    else if (text.startsWith(ENGINE_IO.connect)) joined.resolve();
    else if (text === ENGINE_IO.ping) socket.sendText(ENGINE_IO.pong);
  });
  await joined.promise;
  return {
    say: (item) => socket.sendText(`${ENGINE_IO.event}${JSON.stringify(["say", { item, text: TEXT }])}`),
    close: () => socket.close(),
  };
};
