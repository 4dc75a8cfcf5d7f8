/** Drawings of people's texts and of courses that no author would write. */
import assert from "node:assert/strict";
import { masteryMapSvg } from "../../src/http/drawings/mastery_map_svg.ts";
import { radarSvg } from "../../src/http/drawings/radar_svg.ts";
import { escapeXml, shortened } from "../../src/http/drawings/escape_xml.ts";
import { skillColumns } from "../../src/http/drawings/skill_columns.ts";

function skill(id: string, prerequisites: readonly string[], title = id) {
  return { id, title, description: `The skill ${id}.`, prerequisites };
}

Deno.test("[Y6] text becomes text: markup is escaped, what XML forbids is left out, a pair is never cut in two", () => {
  assert.equal(escapeXml(`<a href="x">'&'</a>`), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  assert.equal(escapeXml("a\u0000b\u001bc\ud800d\uffff"), "abc\ufffdd");
  assert.equal(shortened("𝒳".repeat(9), 5), "𝒳𝒳𝒳𝒳…");
  assert.equal(shortened("short", 5), "short");
});

Deno.test("[Y6] skills stand to the right of what they rest on; circles and skills that are not there hold nothing up", () => {
  const names = (skills: Parameters<typeof skillColumns>[0]) =>
    skillColumns(skills).map((column) => column.map(({ id }) => id));
  assert.deepEqual(names([skill("c", ["a", "b"]), skill("a", []), skill("b", ["a"])]), [["a"], ["b"], ["c"]]);
  const circle = names([skill("a", ["b"]), skill("b", ["a"]), skill("own", ["own", "gone"])]);
  assert.deepEqual(circle.flat().sort(), ["a", "b", "own"]);
  assert.deepEqual(names([]), []);
});

Deno.test("[Y6] a map and a radar are whole SVGs whatever skills are called, and never NaN", () => {
  const mastery = { probability: 1, low: 0.9, high: 1, answers: 4 };
  const skills = [skill("constructor", [], "<svg onload=alert(1)>"), skill("b", ["constructor"])];
  const drawings = [
    masteryMapSvg("<b>", skills, (id) => id === "constructor" ? mastery : null),
    masteryMapSvg("empty", [], () => null),
    radarSvg("Figures", ["a", "b", "c"].map((label) => ({ label, interval: null }))),
    radarSvg("Figures", ["a", "b", "<c>"].map((label) => ({ label, interval: { value: 0, low: 0, high: 1 } }))),
  ];
  for (const drawing of drawings) {
    assert.match(drawing, /^<svg xmlns[^]*<\/svg>\n$/);
    assert.doesNotMatch(drawing, /NaN|undefined|<svg onload|<b>|<c>/);
  }
});
