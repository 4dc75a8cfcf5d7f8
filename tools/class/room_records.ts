/** Whether what was said and noted in rooms stands there: every word once in the chat, every line once in the notes. */
import { z } from "zod";
import * as Y from "yjs";
import type { AckedWord } from "./room_talk.ts";
import type { School } from "./school.ts";
import type { Student } from "./student.ts";
import type { Teacher } from "./teacher.ts";

const roomSchema = z.looseObject({
  messages: z.array(z.looseObject({ user_id: z.string(), text: z.string().nullable() })),
});
const syncedSchema = z.looseObject({ update: z.string() });

function byRoom(words: readonly AckedWord[]): Map<string, string[]> {
  const rooms = new Map<string, string[]>();
  for (const { roomId, text } of words) rooms.set(roomId, [...rooms.get(roomId) ?? [], text]);
  return rooms;
}

function notOnce(texts: readonly string[], standing: readonly (string | null)[]): readonly string[] {
  return texts.filter((text) => standing.filter((one) => one === text).length !== 1);
}

/** Words acknowledged that do not stand in their room exactly once. */
export async function lostWords({ rest, teacher }: School, students: readonly Student[]): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const [roomId, texts] of byRoom(students.flatMap(({ talk }) => talk.acked))) {
    const { messages } = roomSchema.parse(await rest.ask("GET", `/rooms/${roomId}`, teacher.token));
    lost.push(...notOnce(texts, messages.map(({ text }) => text)));
  }
  return lost;
}

/** The same of the lines in the rooms' notes, read by the teacher as a replica that has nothing yet. */
export async function lostLines({ device }: Teacher, students: readonly Student[]): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const [roomId, texts] of byRoom(students.flatMap(({ talk }) => talk.noted))) {
    const channel = device.channel(`room/${roomId}`);
    const { update } = syncedSchema.parse(await channel.send("document_sync", { document: "notes" }));
    channel.leave();
    const replica = new Y.Doc();
    Y.applyUpdate(replica, Uint8Array.from(atob(update), (character) => character.charCodeAt(0)));
    lost.push(...notOnce(texts, replica.getText("notes").toString().split("\n")));
    replica.destroy();
  }
  return lost;
}
