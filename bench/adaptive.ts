/**
 * What the adaptive path takes: scoring by the knowledge model on one thread, a choice in the largest courses, a learner
 * of 100,000 answers, then whole lessons at 200 sessions, from an answer's frame to the `lesson_update`.
 * Run: deno task bench:adaptive [wasm|webgpu] [SECONDS]
 */
import { fileURLToPath } from "node:url";
import { measureLargestCourses } from "./adaptive/largest_courses.ts";
import { measureLessons } from "./adaptive/live_lessons.ts";
import { measureLongLearner } from "./adaptive/long_learner.ts";
import { measureScoring } from "./adaptive/scoring.ts";

const [choice, seconds = "20"] = Deno.args;
const backend = choice === "webgpu" ? choice : "wasm";
console.log((await measureScoring(backend, fileURLToPath(new URL("../models/knowledge", import.meta.url)))).join("\n"));
console.log((await measureLargestCourses()).join("\n"));
console.log(measureLongLearner(100_000).join("\n"));
const lessons = await measureLessons({
  sessions: 200,
  answerEveryMs: 4_500,
  cameras: 30,
  frameEveryMs: 500,
  seconds: Number(seconds),
  rounds: 3,
  seed: 1,
});
console.log(lessons.join("\n"));
Deno.exit(0);
