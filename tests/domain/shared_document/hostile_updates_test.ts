/** Updates that are none, too large, another's, or of what a document may not hold: refused with a code, nothing changed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as Y from "yjs";
import {
  DOCUMENT_BYTES_MAX,
  NOTES_LENGTH_MAX,
  SHAPES_MAX,
  TAIL_UPDATES_MAX,
  UPDATE_BYTES_MAX,
} from "../../../src/domain/shared_document/limits.ts";
import { differenceTo, plainDocument } from "../../../src/domain/shared_document/read_document.ts";
import { Page } from "./page.ts";
import { ServerCopy } from "./server_copy.ts";

/** An update made by `change` under client id 7. */
function made(change: (replica: Y.Doc) => void, clientId = 7): string {
  const replica = new Y.Doc();
  replica.clientID = clientId;
  replica.transact(() => change(replica));
  return Y.encodeStateAsUpdate(replica).toBase64();
}

function shape(properties: { readonly [name: string]: unknown }): Y.Map<unknown> {
  return new Y.Map(Object.entries(properties));
}

const drawn = (id: string, properties: { readonly [name: string]: unknown }) =>
  made((replica) => replica.getMap("shapes").set(id, shape(properties)));

Deno.test("[I11] whatever bytes come, a document answers with a code or takes what still is a document", () => {
  const server = new ServerCopy();
  const page = new Page("ada", 5);
  page.edit(0, "The quick brown fox jumps over the lazy dog");
  server.take(page.lastUpdate(), "ada");
  page.edit(0.5, " over the");
  page.edit(0.2, "");
  const good = Uint8Array.fromBase64(page.beyond(new Page("x", 1).stateVector));
  const broken = fc.tuple(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length)).map(([at, byte, end]) => {
    const bytes = good.slice(0, Math.max(1, end));
    bytes[Math.min(at, bytes.length - 1)] = byte;
    return bytes;
  });
  const any = fc.oneof(broken, fc.uint8Array({ maxLength: 200 }), fc.string().map((t) => new TextEncoder().encode(t)));
  fc.assert(
    fc.property(any, fc.boolean(), fc.constantFrom("ada", "eve"), (bytes, isText, by) => {
      const update = isText ? new TextDecoder().decode(bytes) : bytes.toBase64();
      const verdict = server.take(update, by);
      if (verdict.kind === "rejected") {
        assert.match(
          verdict.code,
          /^(malformed_update|update_gap|update_not_allowed|update_too_large|not_yours|document_full)$/,
        );
      }
      assert.equal(plainDocument(server.document).kind, "notes");
      assert.notEqual(differenceTo(server.document, isText ? update : "").kind, undefined);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("[I11] notes are plain text under one root; markup, embeds, other roots and nested types are refused", () => {
  const server = new ServerCopy();
  const refused: readonly ((replica: Y.Doc) => void)[] = [
    (replica) => replica.getText("other").insert(0, "x"),
    (replica) => replica.getText("notes").insert(0, "x", { bold: true }),
    (replica) => replica.getText("notes").insertEmbed(0, { image: "x" }),
    (replica) => replica.getText("notes").setAttribute("lang", "en"),
    (replica) => replica.getArray("notes").push([new Y.Map()]),
    (replica) => replica.getMap("notes").set("doc", new Y.Doc()),
    (replica) => replica.getXmlFragment("notes").push([new Y.XmlText("x")]),
  ];
  for (const change of refused) assert.equal(server.refused(made(change), "eve"), "update_not_allowed");
  assert.deepEqual(plainDocument(server.document), { kind: "notes", text: "" });
});

Deno.test("[I11] a board holds shapes of known kinds with properties that fit, and nothing else", () => {
  const server = new ServerCopy("board");
  const refused: readonly string[] = [
    drawn("s", { kind: "script" }),
    drawn("s", { x: 1 }),
    drawn("s", { kind: "text", text: "x".repeat(501) }),
    drawn("s", { kind: "text", text: "a\u0000" }),
    drawn("s", { kind: "text", text: "\u202eevil" }),
    drawn("s", { kind: "text", text: "a\u2028b" }),
    drawn("s", { kind: "line", points: [1] }),
    drawn("s", { kind: "line", points: [1, Infinity] }),
    drawn("s", { kind: "line", x: "1" }),
    drawn("s", { kind: "line", x: 10n }),
    drawn("s", { kind: "line", href: "x" }),
    drawn("s", { kind: "line", color: "url(x)" }),
    drawn("a b", { kind: "line" }),
    drawn("__proto__", { kind: "line" }),
    made((replica) => replica.getMap("shapes").set("s", "line")),
    made((replica) => replica.getMap("shapes").set("s", shape({ kind: "line", points: new Y.Array() }))),
    made((replica) => replica.getArray("shapes").push([1])),
    made((replica) => replica.getMap("more").set("s", shape({ kind: "line" }))),
  ];
  for (const [i, update] of refused.entries()) {
    assert.equal(server.refused(update, "eve"), "update_not_allowed", `number ${i}`);
  }
  const fits = { kind: "path", points: [0, 0, 3.5, -2], color: "#00ff00", order: 1 };
  assert.equal(server.take(drawn("s-1", fits), "eve").kind, "taken");
  const written = { kind: "text", text: "a = 2\n " };
  const page = made((replica) => replica.getMap("shapes").set("s-2", shape(written)), 8);
  assert.equal(server.take(page, "eve").kind, "taken");
  assert.deepEqual(plainDocument(server.document), { kind: "board", shapes: { "s-1": fits, "s-2": written } });
});

Deno.test("[I11] a shape without its kind cannot be left by a later change either", () => {
  const server = new ServerCopy("board");
  const page = new Page("ada", 3, "board");
  page.draw("s", { kind: "line", x: 1 });
  server.take(page.lastUpdate(), "ada");
  const drawnShape = page.replica.getMap("shapes").get("s");
  assert.ok(drawnShape instanceof Y.Map);
  drawnShape.delete("kind");
  assert.equal(server.refused(page.lastUpdate(), "ada"), "update_not_allowed");
});

Deno.test("[I11] an update has a bound, and so have a document's characters, shapes, bytes and clocks", () => {
  const notes = new ServerCopy();
  assert.equal(
    notes.refused(made((r) => r.getText("notes").insert(0, "x".repeat(UPDATE_BYTES_MAX))), "a"),
    "update_too_large",
  );
  assert.equal(
    notes.refused(made((r) => r.getText("notes").insert(0, "x".repeat(NOTES_LENGTH_MAX + 1))), "a"),
    "document_full",
  );
  const full = made((replica) => replica.getText("notes").insert(0, "x".repeat(NOTES_LENGTH_MAX)));
  assert.equal(notes.take(full, "a").kind, "taken");
  const board = new ServerCopy("board");
  const many = made((replica) => {
    for (let i = 0; i <= SHAPES_MAX; i++) replica.getMap("shapes").set(`s${i}`, shape({ kind: "text" }));
  });
  assert.equal(board.refused(many, "a"), "document_full");
  const page = new Page("a", 9, "board");
  const points = Array.from({ length: 800 }, (_, i) => i * 100 + 0.123456789);
  let verdict = "taken";
  for (let i = 0; verdict === "taken" && i < 40; i++) {
    page.draw(`big${i}`, { kind: "path", points });
    verdict = board.take(page.lastUpdate(), "a").kind;
  }
  assert.equal(verdict, "rejected", "the board is full of bytes before it is full of shapes");
  assert.ok(board.document.merged.length + board.document.tail.join("").length <= DOCUMENT_BYTES_MAX * 4 / 3 + 4);
});

Deno.test("[I11] a client id is its first writer's: nobody else writes under it", () => {
  const server = new ServerCopy();
  const page = new Page("ada", 5);
  page.edit(0, "mine");
  assert.equal(server.take(page.lastUpdate(), "ada").kind, "taken");
  page.edit(1, " too");
  assert.equal(server.refused(page.lastUpdate(), "eve"), "not_yours");
  const eve = new Page("eve", 6);
  eve.hear(page.beyond(new Page("x", 1).stateVector));
  assert.equal(server.refused(eve.beyond(new Page("x", 1).stateVector), "eve"), "not_yours", "not for another either");
  assert.equal(server.take(page.lastUpdate(), "ada").kind, "taken");
  assert.deepEqual([server.document.writers, server.document.lastBy], [{ 5: "ada" }, "ada"]);
});

Deno.test("[I11] what is known already changes nothing, and a gap is refused with where to go on from", () => {
  const server = new ServerCopy();
  const page = new Page("ada", 5);
  page.edit(0, "one");
  page.edit(0, "two ");
  const [first, second] = page.outgoing;
  assert.ok(first !== undefined && second !== undefined);
  const refused = server.take(second, "ada");
  assert.equal(refused.kind === "rejected" && refused.code, "update_gap");
  const { state_vector } = Object(refused.kind === "rejected" ? refused.detail : null);
  assert.equal(server.take(page.beyond(state_vector), "ada").kind, "taken");
  for (const update of [first, second]) assert.equal(server.take(update, "ada").kind, "known");
  assert.equal(server.journal.length, 1);
});

Deno.test("[I10] many small updates are merged: the state stays small and equal", () => {
  const server = new ServerCopy();
  const page = new Page("ada", 5);
  for (let i = 0; i < 200; i++) {
    page.edit(1, `${i % 10}`);
    assert.equal(server.take(page.lastUpdate(), "ada").kind, "taken");
    assert.ok(server.document.tail.length <= TAIL_UPDATES_MAX);
  }
  assert.equal(server.journal.length, 200);
  assert.deepEqual(plainDocument(server.document), { kind: "notes", text: page.text });
  assert.ok(server.document.merged.length < 600, `${server.document.merged.length} characters of base64`);
});
