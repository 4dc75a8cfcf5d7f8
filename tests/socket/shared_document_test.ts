/** The shipped client of a room's shared documents against the real edge and rules: two pages that write at once. */
import assert from "node:assert/strict";
import { defineKind } from "../../src/actors/actor_kind.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { room } from "../../src/domain/room/aggregate.ts";
import { roomAddress, type RoomCommand } from "../../src/domain/room/messages.ts";
import type { RoomPlan } from "../../src/domain/room/plan.ts";
import { NOTES_LENGTH_MAX } from "../../src/domain/shared_document/limits.ts";
import { NeuroLearn } from "../../web/client/neurolearn.js";
import { bindNotes } from "../../web/client/notes_area.js";
import { type DocumentChange, SharedDocument } from "../../web/client/shared_document.js";
import { ServedEdge } from "./served_edge.ts";

const KINDS = [defineKind(room, () => Promise.reject(new TypeError("this room sets no task")))];
const TEACHER: Principal = { userId: "tea", role: "teacher" };
const PLAN: RoomPlan = {
  title: "Fractions",
  purpose: "study",
  classId: "7b",
  courseId: null,
  skills: [],
  sizeMax: 4,
  admission: "class",
  roles: "none",
  turnMs: 60_000,
  lessonId: null,
};

let commands = 0;

async function tell(served: ServedEdge, command: RoomCommand): Promise<void> {
  const from = { commandId: `t${++commands}`, origin: { kind: "client", principal: TEACHER } } as const;
  const reply = await served.registry.tell(roomAddress("r1"), command, from);
  assert.equal(reply.kind, "done", JSON.stringify(reply));
}

async function opened(served: ServedEdge): Promise<void> {
  const members = ["ada", "ben"].map((userId) => ({ userId, name: userId }));
  await tell(served, { type: "open_room", plan: PLAN, members });
}

/** A learner's page with the room's notes or board on it. */
class Desk {
  readonly client: NeuroLearn;
  readonly shared: SharedDocument;

  constructor(served: ServedEdge, userId: string, name: "notes" | "board" = "notes") {
    this.client = new NeuroLearn(served.url, () => `student:${userId}`);
    this.shared = new SharedDocument(this.client.channel("room/r1"), name);
  }

  get text(): string {
    return this.shared.notes.toString();
  }

  /** Resolves with the change after which `holds`, at once when it does. */
  async until(holds: (change: DocumentChange | null) => boolean): Promise<DocumentChange | null> {
    if (holds(null)) return null;
    const found = Promise.withResolvers<DocumentChange>();
    const end = this.shared.onChange((change) => holds(change) && found.resolve(change));
    return await found.promise.finally(end);
  }

  async saved(): Promise<void> {
    await this.until(() => this.shared.isSaved);
  }

  close(): void {
    this.shared.close();
    this.client.close();
  }
}

Deno.test("[I10] [I12] two pages that write at once end with the same notes; who comes later is given them", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await opened(served);
  const [ada, ben] = [new Desk(served, "ada"), new Desk(served, "ben")];
  ada.shared.notes.insert(0, "A half is two quarters. ");
  ben.shared.notes.insert(0, "Three thirds are one. ");
  await Promise.all([ada, ben].map((desk) => desk.until(() => /half/.test(desk.text) && /thirds/.test(desk.text))));
  assert.equal(ada.text, ben.text);
  await Promise.all([ada.saved(), ben.saved()]);
  const late = new Desk(served, "ben");
  await late.until(() => late.text !== "");
  assert.equal(late.text, ada.text);
  for (const desk of [ada, ben, late]) desk.close();
});

Deno.test("[I12] what is written while the connection is down is sent once it is back, with what others wrote meanwhile", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await opened(served);
  const [ada, ben] = [new Desk(served, "ada"), new Desk(served, "ben")];
  ada.shared.notes.insert(0, "1 ");
  await ben.until(() => ben.text === "1 ");
  const down = new Promise<void>((resolve) => ada.client.onStatus((status) => status === "down" && resolve()));
  served.edge.closeForEndedTokens("ada");
  await down;
  ada.shared.notes.insert(2, "2 ");
  ben.shared.notes.insert(0, "0 ");
  await Promise.all([ada, ben].map((desk) => desk.until(() => desk.text === "0 1 2 ")));
  for (const desk of [ada, ben]) desk.close();
});

Deno.test("[I11] what the server will not have does not stay on the page: it is told so and reads the document anew", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await opened(served);
  const [ada, board] = [new Desk(served, "ada"), new Desk(served, "ada", "board")];
  ada.shared.notes.insert(0, "Kept.");
  await ada.saved();
  ada.shared.notes.insert(0, "x".repeat(NOTES_LENGTH_MAX));
  const refused = await ada.until((change) => change?.kind === "refused");
  assert.equal(refused?.kind === "refused" && refused.code, "document_full");
  await ada.until(() => ada.text === "Kept.");
  ada.shared.notes.insert(5, " And on.");
  await ada.saved();
  board.shared.draw("s1", { kind: "line", href: "x" });
  const unfit = await board.until((change) => change?.kind === "refused");
  assert.equal(unfit?.kind === "refused" && unfit.code, "update_not_allowed");
  await tell(served, { type: "mute_member", userId: "ada", muted: true, reason: "Please calm down" });
  board.shared.draw("s1", { kind: "line", x: 1 });
  const muted = await board.until((change) => change?.kind === "refused");
  assert.equal(muted?.kind === "refused" && muted.code, "muted");
  for (const desk of [ada, board]) desk.close();
});

Deno.test("[I12] where one points is told to the others, the newest place alone", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await opened(served);
  const [ada, ben] = [new Desk(served, "ada", "board"), new Desk(served, "ben", "board")];
  const told: unknown[] = [];
  const last = new Promise<void>((resolve) =>
    ben.client.channel("room/r1").on("cursor", (data) => {
      told.push(data);
      if (Object(data).at === null) resolve();
    })
  );
  ben.shared.draw("s1", { kind: "line" });
  await Promise.all([ben.saved(), ada.until(() => ada.shared.shapes.has("s1"))]);
  for (let x = 0; x < 100; x++) ada.shared.point({ x, y: 0 });
  ada.shared.point(null);
  await last;
  assert.deepEqual(told, [{ user_id: "ada", document: "board", at: null }]);
  for (const desk of [ada, ben]) desk.close();
});

Deno.test("[I12] a text area shows what others write around the caret, and what is typed there goes to them", async () => {
  await using served = await ServedEdge.start({ kinds: KINDS });
  await opened(served);
  const [ada, ben] = [new Desk(served, "ada"), new Desk(served, "ben")];
  const typed = new Set<() => void>();
  const area = {
    value: "",
    selectionStart: 0,
    selectionEnd: 0,
    setSelectionRange(start: number, end: number) {
      [this.selectionStart, this.selectionEnd] = [start, end];
    },
    addEventListener: (_type: "input", listener: () => void) => void typed.add(listener),
    removeEventListener: (_type: "input", listener: () => void) => void typed.delete(listener),
  };
  const unbind = bindNotes(area, ada.shared);
  area.value = "two three";
  area.setSelectionRange(9, 9);
  for (const listener of typed) listener();
  await ben.until(() => ben.text === "two three");
  ben.shared.notes.insert(0, "one ");
  await ada.until(() => ada.text === "one two three");
  assert.deepEqual([area.value, area.selectionStart], ["one two three", 13]);
  unbind();
  assert.equal(typed.size, 0);
  for (const desk of [ada, ben]) desk.close();
});
