/** The table of an activation's life: total, sound, and the same as in the documentation. */
import assert from "node:assert/strict";
import { METER } from "../../src/actors/meter_names.ts";
import { type Phase, PHASES, type Signal } from "../../src/actors/phase.ts";

const ALL_PHASES: readonly Phase[] = [
  "asleep",
  "recovering",
  "active",
  "settling",
  "resting",
  "stalled",
  "retiring",
  "stopped",
];
const SIGNALS = Object.keys(PHASES.asleep) as Signal[];

Deno.test("[L1] every phase answers every signal with a phase or by ignoring it", () => {
  assert.deepEqual(Object.keys(PHASES), ALL_PHASES);
  for (const phase of ALL_PHASES) {
    assert.deepEqual(Object.keys(PHASES[phase]), SIGNALS, phase);
    for (const signal of SIGNALS) {
      const next = PHASES[phase][signal];
      assert.ok(next === "ignore" || ALL_PHASES.includes(next), `${phase} ${signal}`);
    }
  }
});

Deno.test("[L2 L4] every phase is reached from asleep, and stopped from every phase", () => {
  const reachable = (from: Phase): Set<Phase> => {
    const found = new Set<Phase>([from]);
    for (const phase of found) {
      for (const signal of SIGNALS) {
        const next = PHASES[phase][signal];
        if (next !== "ignore") found.add(next);
      }
    }
    return found;
  };
  assert.deepEqual([...reachable("asleep")].sort(), [...ALL_PHASES].sort());
  for (const phase of ALL_PHASES) assert.ok(reachable(phase).has("stopped"), phase);
  assert.deepEqual([...reachable("stopped")], ["stopped"]);
});

function rowsOf(table: string): string[][] {
  const lines = table.split("\n").filter((line) => line.startsWith("| `"));
  return lines.map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", "")));
}

Deno.test("[L1] docs/LIFECYCLE.md shows the table and the meter names as they are", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/LIFECYCLE.md", import.meta.url));
  const [, phases = "", counts = ""] = text.split(/^\| (?=signal|name)/m);
  const rows = rowsOf(phases);
  const columns = (phases.split("\n")[0] ?? "").split("|").slice(1, -1).map((cell) => cell.trim());
  assert.deepEqual(columns, ALL_PHASES.filter((phase) => phase !== "stopped"));
  assert.deepEqual(rows.map(([signal]) => signal), SIGNALS);
  for (const [signal, ...cells] of rows) {
    columns.forEach((phase, i) => {
      const next = PHASES[phase as Phase][signal as Signal];
      assert.equal(cells[i] === "" ? "ignore" : cells[i], next, `${phase} ${signal}`);
    });
  }
  assert.deepEqual(rowsOf(counts).map(([name]) => name).sort(), Object.values(METER).sort());
});
