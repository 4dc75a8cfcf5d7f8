/** What both databases promise about rooms: who finds which, and that erased words are gone from what is stored. */
import assert from "node:assert/strict";
import type { RoomSearch } from "../../../src/domain/room/room_search.ts";
import type { OpenStore } from "../../../src/store/open_store.ts";
import { someAccount } from "./some_account.ts";
import { type Case, liveNode, someActor } from "./subject.ts";
import { claimed, ownedActor, turn } from "./turns.ts";

interface ListedRoom {
  readonly classId: string;
  readonly status: string;
  readonly admission: string;
  /** In it now. */
  readonly members: readonly string[];
  /** Have left it, and may read it once it is over. */
  readonly left: readonly string[];
  /** Have left the class. */
  readonly removed: readonly string[];
}

async function listed({ store }: OpenStore, room: ListedRoom): Promise<string> {
  const actor = someActor("room");
  const epoch = await claimed(store, actor, await liveNode(store));
  const { classId, status, admission, members, left, removed } = room;
  const readers = [...members, ...left];
  const body = { admission, size_max: 3, members, readers, writers: [...readers, ...removed] };
  await store.journal.append([turn({ actor, epoch }, 1, { listing: { ownerId: classId, status, body } })]);
  return actor;
}

async function classWith(store: OpenStore, students: readonly string[]): Promise<string> {
  const id = crypto.randomUUID();
  const ownerId = await someAccount(store, "teacher");
  await store.classes.create({ id, title: id, ownerId, createdAtMs: 1 });
  for (const userId of students) {
    const member = { classId: id, userId, part: "student", isAdmitted: true, addedBy: null, joinedAtMs: 2 } as const;
    await store.rosters.add({ ...member, timeMultiplier: 1, leaderboardsAllowed: true });
  }
  return id;
}

export const roomCases: readonly Case<OpenStore>[] = [
  {
    name: "[I1] a student finds the rooms they are in, and those of the class that have a place; nobody else's",
    async run(store) {
      const [ada, ben] = [await someAccount(store, "student"), await someAccount(store, "student")];
      const [here, elsewhere] = [await classWith(store, [ada, ben]), await classWith(store, [ben])];
      const plain = { classId: here, status: "open", admission: "class", members: [ben], left: [], removed: [] };
      const free = await listed(store, plain);
      const own = await listed(store, { ...plain, admission: "invited", members: [ada] });
      const past = await listed(store, { ...plain, status: "ended", left: [ada] });
      const full = await listed(store, { ...plain, members: [ben, "x", "y"] });
      const closed = await listed(store, { ...plain, admission: "invited" });
      const gone = await listed(store, { ...plain, classId: elsewhere, removed: [ada] });
      const found = async (search: Partial<RoomSearch>) => {
        const whole: RoomSearch = { classId: null, userId: ada, which: "theirs", status: null, ...search };
        return new Set((await store.listings.rooms(whole, null, 20)).rows.map(({ actor }) => actor));
      };
      assert.deepEqual(await found({}), new Set([own, past]));
      assert.deepEqual(await found({ status: "open" }), new Set([own]));
      assert.deepEqual(await found({ classId: here, which: "open_to" }), new Set([free, own, past]));
      assert.deepEqual(await found({ which: "wrote_in" }), new Set([own, past, gone]));
      assert.deepEqual(await found({ userId: ben }), new Set([free, past, full, closed, gone]));
      const first = await store.listings.rooms({ classId: null, userId: ben, which: "theirs", status: null }, null, 3);
      const rest = await store.listings.rooms(
        { classId: null, userId: ben, which: "theirs", status: null },
        first.next,
        3,
      );
      assert.equal(new Set([...first.rows, ...rest.rows].map(({ actor }) => actor)).size, 5);
      assert.equal(rest.next, null);
    },
  },
  {
    name: "[J19] what lessons ask is found for the admitted students of their class, until nothing is asked",
    async run(store) {
      const ada = await someAccount(store, "student"), ben = await someAccount(store, "student");
      const eve = await someAccount(store, "student");
      const classId = await classWith(store, [ada, ben]);
      const actor = someActor("classroom");
      const lesson = { actor, epoch: await claimed(store.store, actor, await liveNode(store.store)) };
      const asks = { item_id: "i1", prompt: "Twice 3?" };
      const tell = (seq: number, told: typeof asks | null) => {
        const listing = { ownerId: classId, status: "running", body: { course_id: "small", title: "T", asks: told } };
        return store.store.journal.append([turn(lesson, seq, { listing })]);
      };
      const found = () => store.listings.asked([ada, eve]);
      await tell(1, null);
      assert.deepEqual(await found(), []);
      await tell(2, asks);
      assert.deepEqual(await found(), [{ userId: ada, courseId: "small", itemId: "i1", prompt: "Twice 3?" }]);
      await store.rosters.remove(classId, ada);
      assert.deepEqual(await found(), []);
      assert.equal((await store.listings.asked([ben])).length, 1);
      await tell(3, null);
      assert.deepEqual(await store.listings.asked([ben]), []);
    },
  },
  {
    name: "[I9] [S4] erased words are gone from the events before, one person's alone, and from the snapshot",
    async run({ store, writtenWords }) {
      const owned = await ownedActor(store);
      const said = (userId: string, text: string) => ({
        type: "said",
        version: 1,
        body: { message: { userId, text } },
      });
      const context = [{ userId: "ada", text: "secret 'quoted' \"twice\"" }, { userId: "ben", text: "kept" }];
      const events = [
        said("ada", "secret"),
        said("ben", "kept"),
        { type: "text_held", version: 1, body: { userId: "ada", text: "secret" } },
        { type: "message_reported", version: 1, body: { report: 4, context } },
        { type: "message_reported", version: 1, body: { report: 5, context: [] } },
        { type: "words_erased", version: 1, body: { userId: "ada" } },
        said("ada", "written later"),
      ];
      for (const [i, event] of events.entries()) await store.journal.append([turn(owned, i + 1, { events: [event] })]);
      const { actor, epoch } = owned;
      await store.snapshots.save([{ actor, seq: 5, epoch, version: 1, body: { text: "secret" } }]);
      await writtenWords.erase(actor, "ada", 6);
      assert.equal(await store.snapshots.load(actor), null);
      const kept = (await store.journal.read(actor, 0, 10)).map(({ body }) => body);
      assert.deepEqual(kept, [
        { message: { userId: "ada", text: "" } },
        { message: { userId: "ben", text: "kept" } },
        { userId: "ada", text: "" },
        { report: 4, context: [{ userId: "ada", text: "" }, { userId: "ben", text: "kept" }] },
        { report: 5, context: [] },
        { userId: "ada" },
        { message: { userId: "ada", text: "written later" } },
      ]);
      await writtenWords.erase(actor, "ada", 6);
      assert.equal((await store.journal.read(actor, 0, 10)).length, events.length, "erased again, it stays so");
    },
  },
];
