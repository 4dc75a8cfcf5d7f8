/** Checks courses off the event loop, a few at a time, each in a worker that ends with it. */
import type { Course, CourseFault } from "../domain/curriculum/course.ts";
import { problem, type ProblemError } from "./problem.ts";

export interface CourseCheckLimits {
  /** Checks under way at a time; one more is told to come back. */
  readonly inFlightMax: number;
  /** A course that takes longer than this to check is refused, and its worker ended. */
  readonly checkMsMax: number;
}

export const DEFAULT_COURSE_CHECK_LIMITS: CourseCheckLimits = { inFlightMax: 4, checkMsMax: 30_000 };
const BUSY_RETRY_MS = 3_000;

/** The worker broke: a fault of the server, not of the course. */
export class CourseCheckError extends Error {
  override readonly name = "CourseCheckError";
}

function tooCostly(limitMs: number): ProblemError {
  return problem("course_faulty", `The course could not be checked within ${limitMs / 1000} seconds.`, {
    errors: [{ path: "items", message: "take too long to draw; loosen constraints or split the course" }],
  });
}

export class CourseChecker {
  #inFlight = 0;

  constructor(private readonly limits: CourseCheckLimits = DEFAULT_COURSE_CHECK_LIMITS) {}

  /** Every fault of the course; throws `unavailable` when too many are being checked (B3). */
  async check(course: Course): Promise<readonly CourseFault[]> {
    if (this.#inFlight >= this.limits.inFlightMax) {
      throw problem("unavailable", "Other courses are being checked; try again in a few seconds.", {
        retryAfterMs: BUSY_RETRY_MS,
      });
    }
    this.#inFlight += 1;
    const worker = new Worker(new URL("./course_check_worker.ts", import.meta.url), { type: "module" });
    const checked = Promise.withResolvers<readonly CourseFault[]>();
    const timer = setTimeout(() => checked.reject(tooCostly(this.limits.checkMsMax)), this.limits.checkMsMax);
    worker.onmessage = ({ data }: MessageEvent<readonly CourseFault[]>) => checked.resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      checked.reject(new CourseCheckError(event.message));
    };
    worker.postMessage(course);
    try {
      return await checked.promise;
    } finally {
      clearTimeout(timer);
      worker.terminate();
      this.#inFlight -= 1;
    }
  }
}
