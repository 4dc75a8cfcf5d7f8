/** A store, the real actor runtime on it, and the REST edge in front. */
import { readContent } from "../../src/boot/content.ts";
import { startEngine } from "../../src/boot/start_engine.ts";
import { CourseCache } from "../../src/effects/course_cache.ts";
import type { AskedItems } from "../../src/effects/asked_items.ts";
import { createRecommender } from "../../src/effects/recommend_items.ts";
import type { Registry } from "../../src/actors/registry.ts";
import type { AppSettings } from "../../src/http/app.ts";
import { type Edge, EdgeWorld } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";

const DRAIN_MS = 5_000;

export class EngineWorld {
  private constructor(
    readonly edgeWorld: EdgeWorld,
    readonly registry: Registry,
    readonly courses: CourseCache,
    readonly asked: AskedItems,
  ) {}

  /** Opens everything and puts the course `doubling` on the shelf. */
  static async open(): Promise<EngineWorld> {
    const edgeWorld = await EdgeWorld.open();
    const { store } = edgeWorld;
    await store.courses.create(smallCourse("doubling"), null, edgeWorld.nowMs);
    const courses = new CourseCache((id) => store.courses.byId(id));
    const newestCourses = (limit: number) => store.courses.newest(limit);
    const { registry, sources, asked } = await startEngine({
      node: "rest-test",
      store: store.store,
      courses,
      askModel: null,
      languageModel: null,
      ...await readContent(),
      newestCourses,
      isTaught: (learnerId) => store.rosters.teaches(null, learnerId),
      listings: store.listings,
      meter: edgeWorld.metrics,
    });
    edgeWorld.recommender = createRecommender({ ...sources, newestCourses });
    return new EngineWorld(edgeWorld, registry, courses, asked);
  }

  serve(settings: Partial<AppSettings> = {}): Promise<Edge> {
    return this.edgeWorld.serve(this.registry, settings);
  }

  async close(): Promise<void> {
    await this.registry.drain(DRAIN_MS);
    await this.edgeWorld.close();
  }
}
