/** Counters, timings and gauges in Prometheus' text format; also where the runtime reports what it did. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";

const PREFIX = "neurolearn";
const MILLISECOND_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
const COUNT_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096];
const SECOND_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/[^a-z0-9_]+/g, "_").replace(/^_+/, "");
}

/** Fits the runtime's `Meter` port: names come from code, never from requests, so their number is bounded. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #histograms = new Map<string, Histogram>();
  readonly #refreshers: (() => void)[] = [];
  readonly #requests: Histogram<"method" | "route" | "status">;

  constructor() {
    this.#requests = new Histogram({
      name: `${PREFIX}_http_request_seconds`,
      help: "Time from a request's arrival to its answer",
      labelNames: ["method", "route", "status"],
      buckets: SECOND_BUCKETS,
      registers: [this.#registry],
    });
    this.gauges("process", () => {
      const { rss, heapUsed } = Deno.memoryUsage();
      return { residentBytes: rss, heapUsedBytes: heapUsed };
    });
  }

  /** Raises the counter `neurolearn_<name>_total`. */
  count(name: string, by = 1): void {
    let counter = this.#counters.get(name);
    if (!counter) {
      const full = `${PREFIX}_${snake(name).replace(/_total$/, "")}_total`;
      counter = new Counter({ name: full, help: name, registers: [this.#registry] });
      this.#counters.set(name, counter);
    }
    counter.inc(by);
  }

  /** Adds to the histogram `neurolearn_<name>`; a name that ends in `_ms` or `Ms` has buckets in milliseconds. */
  observe(name: string, value: number): void {
    let histogram = this.#histograms.get(name);
    if (!histogram) {
      const full = `${PREFIX}_${snake(name)}`;
      const buckets = full.endsWith("_ms") ? MILLISECOND_BUCKETS : COUNT_BUCKETS;
      histogram = new Histogram({ name: full, help: name, buckets, registers: [this.#registry] });
      this.#histograms.set(name, histogram);
    }
    histogram.observe(value);
  }

  /** `route` is the pattern, such as `/api/v1/sessions/:session_id`, never the path itself. */
  request(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  /**
   * Asks `read` at each scrape: each number of what it returns becomes the gauge `neurolearn_<source>_<name>`, each
   * object of numbers one gauge with a label `of`.
   */
  gauges(source: string, read: () => object): void {
    const plain = new Map<string, Gauge>();
    const labelled = new Map<string, Gauge<"of">>();
    this.#refreshers.push(() => {
      for (const [field, value] of Object.entries(read())) {
        const name = `${PREFIX}_${source}_${snake(field)}`;
        if (typeof value === "number") {
          const gauge = plain.get(name) ?? new Gauge({ name, help: name, registers: [this.#registry] });
          plain.set(name, gauge);
          gauge.set(value);
        } else if (typeof value === "object" && value !== null) {
          const registers = [this.#registry];
          const gauge = labelled.get(name) ?? new Gauge({ name, help: name, labelNames: ["of"], registers });
          labelled.set(name, gauge);
          for (const [of, part] of Object.entries(value)) if (typeof part === "number") gauge.set({ of }, part);
        }
      }
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, in Prometheus' text format. */
  text(): Promise<string> {
    for (const refresh of this.#refreshers) refresh();
    return this.#registry.metrics();
  }
}
