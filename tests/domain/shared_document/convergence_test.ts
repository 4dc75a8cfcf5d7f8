/** Shared documents under clients that write at once: everybody ends with the same, whatever order updates came in. */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as Y from "yjs";
import { differenceTo, plainDocument } from "../../../src/domain/shared_document/read_document.ts";
import { replicaOf } from "../../../src/domain/shared_document/replica.ts";
import { Page } from "./page.ts";
import { ServerCopy } from "./server_copy.ts";

/** One thing that happens: an edit of a page, one of its updates reaching the server, one of the server's the page. */
interface Step {
  readonly page: number;
  readonly kind: "edit" | "send" | "hear" | "sync";
  /** Which of those that may be sent or heard, or where the edit is: a share of them, 0 to 1. */
  readonly which: number;
  readonly text: string;
}

const step: fc.Arbitrary<Step> = fc.record({
  page: fc.nat(7),
  kind: fc.constantFrom("edit", "edit", "send", "send", "hear", "hear", "sync"),
  which: fc.double({ min: 0, max: 0.999, noNaN: true }),
  text: fc.constantFrom("", "", "a", "bc", "d\n", "é😀", "word "),
});

/** The page tells what the server lacks, and takes what it lacks itself. */
function syncWith(server: ServerCopy, page: Page): void {
  const difference = differenceTo(server.document, page.stateVector);
  assert.equal(difference.kind, "difference");
  if (difference.kind !== "difference") return;
  page.hear(difference.update);
  assert.notEqual(server.take(page.beyond(difference.stateVector), page.userId).kind, "rejected");
}

function run(server: ServerCopy, pages: readonly Page[], { page: number, kind, which, text }: Step): void {
  const page = pages[number % pages.length];
  assert.ok(page !== undefined);
  const pick = (length: number) => Math.floor(which * length);
  switch (kind) {
    case "edit":
      return page.edit(which, text);
    case "send": {
      // Any of all that it ever made: early, late, twice or never.
      const update = page.outgoing[pick(page.outgoing.length)];
      if (update === undefined) return;
      const verdict = server.take(update, page.userId);
      if (verdict.kind === "rejected") assert.equal(verdict.code, "update_gap");
      return;
    }
    case "hear": {
      const event = server.journal[pick(server.journal.length)];
      return event === undefined ? undefined : page.hear(event.update);
    }
    case "sync":
      return syncWith(server, page);
  }
}

Deno.test("[I10] two to eight who write at once end with the same text, whatever was early, late, twice or lost", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 8 }), fc.array(step, { minLength: 1, maxLength: 120 }), (people, steps) => {
      const server = new ServerCopy();
      const pages = Array.from({ length: people }, (_, i) => new Page(`u${i}`, i + 1));
      for (const one of steps) run(server, pages, one);
      for (const page of pages) syncWith(server, page);
      for (const page of pages) syncWith(server, page);
      const plain = plainDocument(server.document);
      assert.equal(plain.kind, "notes");
      const text = plain.kind === "notes" ? plain.text : "";
      for (const page of pages) assert.equal(page.text, text);
      assert.deepEqual(server.replayed(), server.document, "the journal alone gives the same state");
      const stored: typeof server.document = JSON.parse(JSON.stringify(server.document));
      const [fromState, fromStored] = [server.document, stored].map((one) => Y.encodeStateAsUpdate(replicaOf(one)));
      assert.deepEqual(fromState, fromStored);
    }),
    { numRuns: 60 },
  );
});

Deno.test("[I10] two who change a shape at once both do: its place by one, its colour by the other", () => {
  const server = new ServerCopy("board");
  const [ada, ben] = [new Page("ada", 1, "board"), new Page("ben", 2, "board")];
  ada.draw("s1", { kind: "rectangle", x: 0, y: 0, width: 10, height: 5, color: "#112233" });
  assert.equal(server.take(ada.lastUpdate(), "ada").kind, "taken");
  ben.hear(ada.lastUpdate());
  ada.draw("s1", { x: 40, y: 2.5 });
  ben.draw("s1", { color: "#ffee00" });
  assert.equal(server.take(ben.lastUpdate(), "ben").kind, "taken");
  assert.equal(server.take(ada.lastUpdate(), "ada").kind, "taken");
  const shape = { kind: "rectangle", x: 40, y: 2.5, width: 10, height: 5, color: "#ffee00" };
  assert.deepEqual(plainDocument(server.document), { kind: "board", shapes: { s1: shape } });
  syncWith(server, ben);
  assert.deepEqual([server.document.lastBy, server.document.lastAtMs], ["ada", 3]);
});
