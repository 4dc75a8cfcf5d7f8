/** Who a process is to other nodes, and what it takes over from the one before it. */
import assert from "node:assert/strict";
import { nodeIdentity } from "../../src/boot/node_identity.ts";
import { DataFolderInUseError } from "../../src/store/pglite.ts";
import { notebookAddress } from "../actors/notebook.ts";
import { codeOf, Stage } from "../actors/stage.ts";

const A = notebookAddress("a");

Deno.test("[O3] two processes of one name are two nodes: neither takes the other's actors nor ends its lease", async () => {
  const [eastDir, westDir] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  const stage = new Stage();
  const [first, second] = [await nodeIdentity("same", eastDir), await nodeIdentity("same", westDir)];
  await first.succeed(stage.store.ownership);
  const east = await stage.started({ node: first.node });
  await stage.tell(east, A, { type: "write", text: "1" });
  await second.succeed(stage.store.ownership);
  const west = await stage.started({ node: second.node });
  assert.equal(codeOf(await stage.tell(west, A, { type: "write", text: "2" })), "held_elsewhere");
  await stage.until(west.drain(1_000));
  assert.equal(codeOf(await stage.tell(east, A, { type: "write", text: "2" })), "done");
  assert.equal(stage.memory.tables.epochOf(A), 1);
  for (const { release } of [first, second]) release();
  for (const dir of [eastDir, westDir]) await Deno.remove(dir, { recursive: true });
});

Deno.test("[O3 D2] a restarted node takes its dead predecessor's actors at once, also after a start cut short", async () => {
  const dir = await Deno.makeTempDir();
  const stage = new Stage();
  const first = await nodeIdentity(null, dir);
  await assert.rejects(nodeIdentity(null, dir), DataFolderInUseError);
  await first.succeed(stage.store.ownership);
  const east = await stage.started({ node: first.node });
  await stage.tell(east, A, { type: "write", text: "1" });
  first.release();
  const cutShort = await nodeIdentity(null, dir);
  cutShort.release();
  const second = await nodeIdentity(null, dir);
  assert.equal(second.node.split(".")[0], first.node.split(".")[0]);
  assert.notEqual(second.node, first.node);
  await second.succeed(stage.store.ownership);
  const again = await stage.started({ node: second.node });
  assert.equal(codeOf(await stage.tell(again, A, { type: "write", text: "2" })), "done");
  assert.equal(stage.memory.tables.epochOf(A), 2);
  second.release();
  await Deno.remove(dir, { recursive: true });
});
