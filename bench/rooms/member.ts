/** One member of a room at each of the servers that bench:rooms compares: says numbered texts and hears everybody's. */
import { io, type Socket } from "socket.io-client";

export const TEXT = "x".repeat(64);

export interface Member {
  say(item: number): void;
  close(): void;
}

/** Joins `room` of the server at `port`; `heard` is told the number of each text that comes. */
export type Join = (port: number, room: string, heard: (item: number) => void) => Promise<Member>;

/** Relays of plain text: `say NUMBER TEXT` goes to all of the room that the address names. */
export const joinPlain: Join = (port, room, heard) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${room}`);
  socket.onmessage = ({ data }) => heard(Number.parseInt(data.slice("say ".length), 10));
  const member = { say: (item: number) => socket.send(`say ${item} ${TEXT}`), close: () => socket.close() };
  return new Promise((resolve) => socket.onopen = () => resolve(member));
};

const SAID = `"data":{"item":`;

export const joinOurs: Join = (port, room, heard) => {
  const channel = `session/${room}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, "neurolearn.v1");
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  socket.onopen = () => {
    send({ type: "hello", token: "bench", bursts: true });
    send({ type: "join", channel });
  };
  const member = {
    say: (item: number) => send({ type: "command", id: `c${item}`, channel, command: "hint", args: { item } }),
    close: () => socket.close(),
  };
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      for (const text of data.split("\n")) {
        const at = text.indexOf(SAID);
        if (at >= 0) heard(Number.parseInt(text.slice(at + SAID.length), 10));
        else if (text.startsWith(`{"type":"joined"`)) resolve(member);
        else if (text.startsWith(`{"type":"refuse"`)) throw new RangeError(text);
      }
    };
  });
};

export const joinSocketIo: Join = (port, room, heard) => {
  const socket: Socket = io(`http://127.0.0.1:${port}`, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    query: { room },
  });
  socket.on("said", ({ item }: { item: number }) => heard(item));
  const member = {
    say: (item: number) => void socket.emit("say", { item, text: TEXT }),
    close: () => void socket.disconnect(),
  };
  return new Promise((resolve) => socket.on("connect", () => resolve(member)));
};
