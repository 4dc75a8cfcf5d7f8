/** Durable answers a second of whole sessions, and how long an acknowledgement takes. */
import { Metrics } from "../../src/http/metrics.ts";
import { CourseCache } from "../../src/effects/course_cache.ts";
import { readContent } from "../../src/boot/content.ts";
import { startEngine } from "../../src/boot/start_engine.ts";
import { BusyLearner, demoCourse } from "./session_load.ts";
import type { BenchStore } from "./stores.ts";

const IS_ANYBODY_TAUGHT = false;

const LEARNERS = 200;
const SECONDS = 8;

export interface AnswerRate {
  readonly perSecond: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
}

/** Two hundred learners, each answering at once when an item comes. */
export async function measureAnswers({ store }: BenchStore): Promise<AnswerRate> {
  const course = await demoCourse();
  const courses = new CourseCache(() => Promise.resolve({ course, version: 1 }));
  const { registry } = await startEngine({
    node: "bench",
    store: store.store,
    courses,
    askModel: null,
    languageModel: null,
    ...await readContent(),
    newestCourses: () => Promise.resolve([course.id]),
    isTaught: () => Promise.resolve(IS_ANYBODY_TAUGHT),
    listings: store.listings,
    meter: new Metrics(),
  });
  const learners = Array.from({ length: LEARNERS }, (_, i) => new BusyLearner(registry, `s${i}`, `l${i}`));
  await Promise.all(learners.map((learner) => learner.start(course.id)));
  const waits: number[] = [];
  const startedMs = performance.now();
  const endMs = startedMs + SECONDS * 1000;
  await Promise.all(learners.map(async (learner) => {
    while (performance.now() < endMs) waits.push(await learner.answer());
  }));
  const seconds = (performance.now() - startedMs) / 1000;
  await registry.drain(10_000);
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? NaN;
  return { perSecond: waits.length / seconds, ackP50Ms: at(0.5), ackP99Ms: at(0.99) };
}
