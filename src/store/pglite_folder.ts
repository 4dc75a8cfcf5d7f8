/** PGlite's data folder: made whole or not at all. */
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import type { Durability } from "./pglite_messages.ts";
import { privateFolder } from "./private_folder.ts";

/**
 * Makes a fresh database in `folder` unless there is one. It is made next to it and renamed when complete, so a start
 * that was cut short leaves nothing that looks like a database. Only its owner may look into it. With `power`, all of it is on disk before the rename.
 */
export async function createDataFolder(folder: string, durability: Durability): Promise<void> {
  if (await exists(folder)) {
    await privateFolder(folder);
    return;
  }
  const unfinished = `${folder}.unfinished`;
  if (await exists(unfinished)) await Deno.remove(unfinished, { recursive: true });
  await privateFolder(unfinished);
  const db = await PGlite.create({ fs: new NodeFS(unfinished) });
  await db.close();
  if (durability === "power") await syncTree(unfinished);
  await Deno.rename(unfinished, folder);
  if (durability === "power") await syncOne(`${folder}/..`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function syncTree(folder: string): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) await syncTree(path);
    else if (entry.isFile) await syncOne(path);
  }
  await syncOne(folder);
}

async function syncOne(path: string): Promise<void> {
  using file = await Deno.open(path);
  await file.sync();
}
