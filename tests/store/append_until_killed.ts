/** A process that appends for ever and prints each number once it is acknowledged; made to be killed. */
import { openStore } from "../../src/store/open_store.ts";
import { claimed, seqsOf, turn } from "./contract/turns.ts";
import { addressOf } from "../../src/domain/address.ts";

const [dataDir = ""] = Deno.args;
const { store, migrate } = await openStore({ kind: "pglite", dataDir, durability: "process" });
await migrate();
const actor = addressOf("session", "killed");
const epoch = await claimed(store, actor, "killed");
const output = new TextEncoder();
for (let seq = (await seqsOf(store, actor)).length + 1;; seq++) {
  const [outcome] = await store.journal.append([turn({ actor, epoch }, seq)]);
  Deno.stdout.writeSync(output.encode(`${seq} ${outcome}\n`));
}
