/** A small simulated class from lobby to close, once in peace and once under kills, cuts and a forbidden WebSocket. */
import assert from "node:assert/strict";
import type { Progress } from "../../tools/class/progress_line.ts";
import { holdClass } from "../../tools/class/hold_class.ts";

const silent: Progress = { part() {}, tell() {}, end() {} };
const asked = { students: 10, minutes: 0.15, seed: 7, output: "table" } as const;
const options = { sanitizeResources: false, sanitizeOps: false };

/** What says as much about the machine as about the server is measured by the task, not here. */
async function checkClass(chaos: "kills" | "none") {
  const report = await holdClass({ ...asked, place: { kind: "own", chaos } }, silent);
  const failed = report.checks.filter(({ about, holds }) => about === "rules" && !holds);
  assert.deepEqual(failed, [], `seed ${asked.seed}`);
  assert.ok(report.figures.answers > 2 * asked.students, `only ${report.figures.answers} answers`);
  return report;
}

Deno.test(
  "[P5][J2][J3][J5][J7][J9][J11] a class of ten has a whole lesson over the real protocol",
  options,
  async () => {
    const { figures } = await checkClass("none");
    assert.ok((figures.refusals["answer already_answered"] ?? 0) > 0, "two devices pressed at once");
    assert.ok((figures.refusals["answer pens_down"] ?? 0) > 0, "somebody pressed when pens were down");
    assert.ok(figures.ackStream.count > 0, "somebody sits behind a proxy without WebSocket");
  },
);

Deno.test(
  "[P5][J1][J3][J5][J7][J9][X1][L6][Z5] the same through kill -9 twice, SIGTERM and cut wires",
  options,
  async () => {
    const { movedToStream } = await checkClass("kills");
    assert.ok(movedToStream > 0);
  },
);
