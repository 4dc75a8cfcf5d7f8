/** What an operator reads of failures. */
import assert from "node:assert/strict";
import type { Failure } from "../../src/actors/supervision.ts";
import type { LogLevel } from "../../src/boot/log.ts";
import { FAILURE_LINES_MAX, FailureReport, REPEAT_REPORT_MS } from "../../src/boot/report_failures.ts";
import { addressOf } from "../../src/domain/address.ts";
import type { Json } from "../../src/domain/json.ts";
import { notebookAddress } from "../actors/notebook.ts";
import { Stage } from "../actors/stage.ts";

interface Line {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: { readonly [name: string]: Json };
}

class Page {
  readonly lines: Line[] = [];

  write(level: LogLevel, message: string, fields: Line["fields"] = {}): void {
    this.lines.push({ level, message, fields });
  }
}

function failureOf(key: string, reason: string, atMs: number): Failure {
  return { actor: addressOf("session", key), cause: "append", reason, commandId: null, atMs };
}

Deno.test("[L5] failures of one kind, cause and reason are one line a minute, with how many there were", () => {
  const page = new Page();
  const report = new FailureReport(page);
  for (let n = 0; n < 1_000; n++) {
    report.failed(failureOf(`s${n}`, `DiskError: session/s${n}: no space after ${n} bytes`, n));
  }
  report.failed(failureOf("s1", "OtherError: not that", 5_000));
  report.failed(failureOf("s2", "DiskError: session/s2: no space after 7 bytes", REPEAT_REPORT_MS));
  const told = page.lines.map(({ fields }) => [fields.reason, fields.repeats ?? 0]);
  assert.deepEqual(told, [
    ["DiskError: session/s0: no space after 0 bytes", 0],
    ["OtherError: not that", 0],
    ["DiskError: session/s2: no space after 7 bytes", 999],
  ]);
  assert.ok(page.lines.every(({ level }) => level === "error"));
});

Deno.test("[B3] a minute has FAILURE_LINES_MAX lines of failures at most, and what was left out is counted", () => {
  const page = new Page();
  const report = new FailureReport(page);
  const word = (n: number) => String.fromCharCode(97 + n % 26, 97 + Math.floor(n / 26));
  for (let n = 0; n < 500; n++) report.failed(failureOf("s", `Error ${word(n)}`, n));
  assert.equal(page.lines.length, FAILURE_LINES_MAX);
  report.failed(failureOf("s", "x".repeat(10_000), REPEAT_REPORT_MS));
  const last = page.lines.at(-1)?.fields;
  assert.equal(last?.others, 500 - FAILURE_LINES_MAX);
  assert.ok(String(last?.reason).length < 400);
});

Deno.test("[L5] a node tells why it sets a message aside and why its appends fail, as it happens", async () => {
  const page = new Page();
  const stage = new Stage();
  const node = await stage.started({ failures: new FailureReport(page) });
  await stage.tell(node, notebookAddress("a"), { type: "explode" }, "poison");
  const tells = (message: string) => page.lines.filter((line) => line.message === message).map(({ fields }) => fields);
  const actor = notebookAddress("a");
  const reason = "ExplosionError: as asked";
  assert.deepEqual(tells("a message is set aside"), [{ actor, commandId: "poison", reason }]);
  assert.deepEqual(tells("an actor has a failure"), [{ cause: "turn", actor, reason, commandId: "poison" }]);
  stage.journal.mood = "fail_before";
  await stage.tell(node, actor, { type: "write", text: "1" });
  assert.equal(tells("an actor has a failure")[1]?.reason, "StoreFaultError: nothing was stored");
});
