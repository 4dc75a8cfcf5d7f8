/** Interests as learners write them, looked for in what quests are about. */
import assert from "node:assert/strict";
import { areNamed } from "../../../src/domain/quests/interest_words.ts";

Deno.test("[E14] an interest is found in any script, short or long, and particles are not", () => {
  const found = [
    ["playing chess", "Chess openings"],
    ["go", "Go for beginners"],
    ["数学", "数学入門"],
    ["サッカー", "サッカーの歴史"],
    ["체스", "체스 놀이"],
    ["caf\u00e9s", "cafe\u0301s of Lisbon"],
  ] as const;
  for (const [interest, title] of found) assert.ok(areNamed([interest], [title]), `${interest} in ${title}`);
  const absent = [
    ["history of art", "Powers of ten"],
    ["山の絵", "サッカーの歴史"],
    ["chess", "Checkers"],
    ["—", "— —"],
  ] as const;
  for (const [interest, title] of absent) assert.ok(!areNamed([interest], [title]), `${interest} in ${title}`);
});
