/** The drawing of an argument map: every statement and line in it, and nothing that people wrote is markup. */
import assert from "node:assert/strict";
import { argumentMapSvg } from "../../src/http/drawings/argument_map_svg.ts";

const LEARNER = { kind: "learner", label: "learner", user_id: "ada" } as const;
const AI = { kind: "ai", label: "AI", user_id: null } as const;
const EVIL =
  '<script>alert("1")</script> & "sleep" matters most of all to everybody who has to learn something at school';

const MAP: Parameters<typeof argumentMapSvg>[1] = {
  nodes: [
    { statement: 1, side: "for", kind: "claim", text: EVIL, source: null, by: LEARNER },
    { statement: 2, side: "for", kind: "evidence", text: "Measured in Seattle.", source: "Dunster 2018", by: LEARNER },
    { statement: 3, side: "against", kind: "rebuttal", text: "Go to bed earlier.", source: null, by: AI },
  ],
  edges: [{ from: 2, to: 1, relation: "gives_evidence" }, { from: 3, to: 1, relation: "rebuts" }],
  unanswered: [2, 3],
};

Deno.test("[V2] the map is drawn with a box a statement and a line an edge, and learners' text stays text", () => {
  const drawn = argumentMapSvg("Sleep <b>more</b>", MAP);
  assert.doesNotMatch(drawn, /<script|<b>/);
  assert.equal(drawn.match(/<rect /g)?.length, MAP.nodes.length);
  assert.equal(drawn.match(/<path d="M\d+ \d+C/g)?.length, MAP.edges.length);
  assert.match(drawn, /3 · rebuttal · AI · unanswered/);
  assert.match(drawn, /3 statements, 2 of them unanswered/);
});

Deno.test("[V2] an empty map is a drawing too", () => {
  assert.match(argumentMapSvg("Sleep", { nodes: [], edges: [], unanswered: [] }), /^<svg .*0 statements.*<\/svg>$/s);
});
