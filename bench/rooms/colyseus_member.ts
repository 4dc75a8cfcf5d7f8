/** A member of a room of Colyseus: a seat by HTTP, then messages of a code, a name and MessagePack. */
import { type Join, TEXT } from "./member.ts";
import { RawSocket } from "./raw_socket.ts";

const ENCODER = new TextEncoder();
const CODE = { joinRoom: 10, roomData: 13 } as const;
/** MessagePack's marks: a string of so many bytes, a map of two, a string with one length byte, numbers by width. */
const SHORT_STRING = 0xa0;
const MAP_OF_TWO = 0x82;
const MAP_16 = 0xde;
const STRING_8 = 0xd9;
const UINT = { u8: 0xcc, u16: 0xcd, u32: 0xce } as const;

function shortString(text: string): number[] {
  return [SHORT_STRING | text.length, ...ENCODER.encode(text)];
}

/** `{item, text}` under the name `say`; the number stands at `ITEM_AT`. */
const SAY_HEAD = [CODE.roomData, ...shortString("say"), MAP_OF_TWO, ...shortString("item"), UINT.u32];
const SAY_TAIL = [...shortString("text"), STRING_8, TEXT.length, ...ENCODER.encode(TEXT)];
const ITEM_AT = SAY_HEAD.length;

function said(item: number): Uint8Array {
  const bytes = Uint8Array.from([...SAY_HEAD, 0, 0, 0, 0, ...SAY_TAIL]);
  new DataView(bytes.buffer).setUint32(ITEM_AT, item);
  return bytes;
}

/** Where the number's mark stands in a message `said` with `{item, text}`; the server writes a map's size as 16 bits. */
const HEARD_AT = [CODE.roomData, ...shortString("said"), MAP_16, 0, 2, ...shortString("item")].length;

function itemIn(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = view.getUint8(HEARD_AT);
  if (mark === UINT.u32) return view.getUint32(HEARD_AT + 1);
  if (mark === UINT.u16) return view.getUint16(HEARD_AT + 1);
  return mark === UINT.u8 ? view.getUint8(HEARD_AT + 1) : mark;
}

interface Seat {
  readonly processId: string;
  readonly roomId: string;
  readonly sessionId: string;
}

async function seatIn(port: number, room: string): Promise<Seat> {
  const response = await fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/storm`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ room }),
  });
  return await response.json();
}

export const joinColyseus: Join = async (port, room, heard) => {
  const { processId, roomId, sessionId } = await seatIn(port, room);
  const joined = Promise.withResolvers<void>();
  const path = `/${processId}/${roomId}?sessionId=${sessionId}`;
  const socket = await RawSocket.connect(port, path, null, (bytes) => {
    if (bytes[0] === CODE.roomData) heard(itemIn(bytes));
    else if (bytes[0] === CODE.joinRoom) joined.resolve();
  });
  await joined.promise;
  socket.sendBytes(Uint8Array.of(CODE.joinRoom));
  return { say: (item) => socket.sendBytes(said(item)), close: () => socket.close() };
};
