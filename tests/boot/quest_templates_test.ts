/** Reading quest templates: a folder that holds none, or a slip in one, is told with its place. */
import assert from "node:assert/strict";
import { readQuestTemplates } from "../../src/boot/quest_templates.ts";

const SHIPPED = new URL("../../content/quests/", import.meta.url);
const BADGES = new Set(["quest-first-explanation", "quest-team-finish", "quest-explorer", "quest-month-of-reviews"]);

/** Reads the shipped templates with one file's text changed; gives the reason of the refusal. */
async function refusedWith(file: string, change: (text: string) => string): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    for await (const { name } of Deno.readDir(SHIPPED)) {
      const text = await Deno.readTextFile(new URL(name, SHIPPED));
      await Deno.writeTextFile(`${folder}/${name}`, name === file ? change(text) : text);
    }
    const thrown = await readQuestTemplates(BADGES, new URL(`file://${folder}/`)).then(() => null, (error) => error);
    assert.equal(thrown?.name, "BadQuestTemplatesError");
    return thrown.message;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("[Q9] [K3] templates that are no JSON, have a wrong field or a badge that nobody made are refused, the fault named", async () => {
  assert.match(
    await refusedWith("review.json", (text) => text.slice(1)),
    /review\.json holds no quest templates.*JSON/s,
  );
  assert.match(await refusedWith("debate.json", (text) => text.replace('"points": 40', '"points": -4')), /points/);
  assert.match(await refusedWith("streak.json", (text) => text.replace('"day_run"', '"night_run"')), /measure/);
  assert.match(
    await refusedWith("mastery.json", (text) => text.replace("Steeper: {skill}", "Steeper: {skil}")),
    /mastery-steeper\/title: "skil"/,
  );
  assert.match(
    await refusedWith("exploration.json", (text) => text.replace('"quest-explorer"', '"nobody"')),
    /no badge is called nobody/,
  );
});
