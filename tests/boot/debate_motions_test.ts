/** The motions that ship, and maps that cannot be argued by. */
import assert from "node:assert/strict";
import { BadDebateMotionsError, readDebateMotions } from "../../src/boot/debate_motions.ts";
import { checkMotion } from "../../src/domain/debate/check_motion.ts";
import { type AuthoredArgument, type Motion, SIDES } from "../../src/domain/debate/motion.ts";

const MOTIONS = await readDebateMotions();

function changed(change: (one: AuthoredArgument) => AuthoredArgument | null): Motion {
  const [motion] = MOTIONS;
  assert.ok(motion);
  return { ...motion, arguments: motion.arguments.flatMap((one) => change(one) ?? []) };
}

Deno.test("[V3] at least six motions ship; both sides of each have claims, backing and evidence that says where it stands", () => {
  assert.ok(MOTIONS.length >= 6);
  for (const motion of MOTIONS) {
    assert.ok(motion.ageMin >= 12);
    for (const side of SIDES) {
      const own = motion.arguments.filter((one) => one.side === side);
      for (const kind of ["claim", "support", "rebuttal", "evidence"]) {
        assert.ok(own.some((one) => one.kind === kind), `${motion.id} ${side} ${kind}`);
      }
    }
  }
});

Deno.test("[V3] a claim without backing or answer, a wrong target, a circle and evidence without source are named", () => {
  const [motion] = MOTIONS;
  const claim = motion?.arguments.find(({ kind, side }) => kind === "claim" && side === "for")?.id ?? "";
  const faultsOf = (change: (one: AuthoredArgument) => AuthoredArgument | null) =>
    checkMotion(changed(change)).map(({ path, message }) => `${path}: ${message}`);
  assert.deepEqual(faultsOf((one) => one), []);
  const bare = faultsOf((one) => one.target === claim ? null : one);
  assert.ok(bare.includes(`${claim}: nothing backs this claim`), bare.join("\n"));
  assert.ok(bare.includes(`${claim}: nothing rebuts this claim`), bare.join("\n"));
  const own = faultsOf((one) => one.kind === "rebuttal" && one.side === "against" ? { ...one, side: "for" } : one);
  assert.ok(own.some((fault) => fault.includes("a rebuttal answers")), own.join("\n"));
  const circle = faultsOf((one) => one.kind === "support" ? { ...one, target: one.id } : one);
  assert.ok(circle.some((fault) => fault.includes("in a circle")), circle.join("\n"));
  const unsourced = faultsOf((one) => ({ ...one, source: null }));
  assert.ok(unsourced.some((fault) => fault.includes("looked up")), unsourced.join("\n"));
});

Deno.test("[V3] a file that holds no motion is refused with its name", async () => {
  const folder = await Deno.makeTempDir({ prefix: "motions" });
  try {
    await Deno.writeTextFile(`${folder}/broken.json`, '{"id":"x"}');
    await assert.rejects(readDebateMotions(new URL(`file://${folder}/`)), (fault) => {
      return fault instanceof BadDebateMotionsError && fault.message.includes("broken.json");
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
