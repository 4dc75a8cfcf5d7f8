import assert from "node:assert/strict";
import type { FrameReading } from "../../src/domain/affect/observation.ts";
import { FaceTrack, FaceTracks, WHOLE_SEARCH_EVERY_MS } from "../../src/ml/face_tracks.ts";

const box = { x: 10, y: 20, width: 100, height: 100 };
const face: FrameReading = { kind: "face", probabilities: [1, 0, 0, 0, 0, 0, 0], confident: true, faces: 2, box };
const nobody: FrameReading = { kind: "no_face" };

Deno.test("[M16] a face is searched for near its last place, and in the whole frame every few seconds", () => {
  const track = new FaceTrack();
  assert.deepEqual(track.search(1_000), { kind: "whole" });
  track.saw(face, "coarse", 1_000);
  assert.deepEqual(track.search(1_500), { kind: "near", last: { box, faces: 2 } });
  track.saw({ ...face, box: { ...box, x: 12 } }, "near", 1_500);
  assert.deepEqual(track.search(2_000), { kind: "near", last: { box: { ...box, x: 12 }, faces: 2 } });
  assert.deepEqual(track.search(1_000 + WHOLE_SEARCH_EVERY_MS), { kind: "whole" });
});

Deno.test("[M16] where nobody was a moment ago the large look is left out until the next whole search", () => {
  const track = new FaceTrack();
  track.saw(nobody, "inset", 0);
  assert.deepEqual(track.search(500), { kind: "small" });
  track.saw(nobody, "coarse", 500);
  assert.deepEqual(track.search(WHOLE_SEARCH_EVERY_MS), { kind: "whole" });
  track.saw(face, "fine", WHOLE_SEARCH_EVERY_MS);
  assert.equal(track.search(WHOLE_SEARCH_EVERY_MS + 1).kind, "near");
});

Deno.test("[M1] a forgotten learner's face is not found again, even by a frame that was being read meanwhile", () => {
  const tracks = new FaceTracks(10);
  const inFlight = tracks.of("ada");
  inFlight.saw(face, "coarse", 0);
  assert.equal(tracks.of("ada").search(1).kind, "near");
  tracks.forget("ada");
  assert.equal(tracks.size, 0);
  inFlight.saw(face, "near", 1);
  assert.equal(tracks.of("ada").search(2).kind, "whole");
});

Deno.test("[B3] tracks are bounded; the one not used for longest goes first", () => {
  const tracks = new FaceTracks(2);
  for (const learner of ["ada", "bob"]) tracks.of(learner).saw(face, "coarse", 0);
  tracks.of("ada");
  tracks.of("cy");
  assert.equal(tracks.size, 2);
  assert.equal(tracks.of("ada").search(1).kind, "near");
  assert.equal(tracks.of("bob").search(1).kind, "whole");
});
