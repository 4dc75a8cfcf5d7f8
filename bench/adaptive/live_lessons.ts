/**
 * From an answer's frame to the `lesson_update`, over real sockets: a served process on PGlite with power-loss durability
 * (the default), its learners in this one, with and without webcam frames in turns.
 */
import { randomFrom } from "../../src/domain/random.ts";
import { enrol, startSession } from "../../tests/end_to_end/people.ts";
import { asJpeg, webcamFrame } from "../../tests/ml/photographs.ts";
import { type ServerProcess, startServer } from "../../tests/support/server_process.ts";
import { percentilesMs } from "../percentiles.ts";
import { cpuSeconds } from "../process_cpu.ts";
import { type AnswerTimes, PacedLearner } from "./paced_learner.ts";

export interface LessonLoad {
  readonly sessions: number;
  /** Mean gap between the answers of one session. */
  readonly answerEveryMs: number;
  /** Learners with a camera on, each with this gap between frames of 640x480. */
  readonly cameras: number;
  readonly frameEveryMs: number;
  /** Of each part; the first, which warms up, is not counted. */
  readonly seconds: number;
  readonly rounds: number;
  readonly seed: number;
}

/** What one part of the run showed. */
interface Part {
  readonly times: readonly AnswerTimes[];
  readonly framesSent: number;
  readonly cpuS: number;
  readonly counts: Counts;
}

const ENROLLING_AT_ONCE = 8;
const TARGET_ITEMS = 500;
const COUNTED = {
  observed: "neurolearn_sockets_camera_observed",
  unread: "neurolearn_sockets_camera_unread",
  priors: "neurolearn_knowledge_priors_total",
} as const;
type Counts = { readonly [name in keyof typeof COUNTED]: number };

async function readCounts(base: string): Promise<Counts> {
  const text = await (await fetch(`${base}/metrics`)).text();
  const count = (name: string) => Number(text.match(new RegExp(`^${name} (\\S+)$`, "m"))?.[1] ?? 0);
  return { observed: count(COUNTED.observed), unread: count(COUNTED.unread), priors: count(COUNTED.priors) };
}

async function enrolAll(base: string, { sessions, seed, ...pace }: LessonLoad): Promise<PacedLearner[]> {
  const learners: PacedLearner[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    while (next < sessions) {
      const index = next++;
      const person = await enrol(base, `bench${index}`);
      const sessionId = await startSession(base, person, TARGET_ITEMS);
      learners.push(new PacedLearner(base, person, sessionId, randomFrom(seed + index), pace));
    }
  }
  await Promise.all(Array.from({ length: ENROLLING_AT_ONCE }, lane));
  await Promise.all(learners.map((learner) => learner.ready()));
  return learners;
}

async function play(
  { url, pid }: ServerProcess,
  learners: readonly PacedLearner[],
  photographs: readonly Uint8Array[],
  seconds: number,
): Promise<Part> {
  const [before, cpuBefore] = [await readCounts(url), await cpuSeconds(pid)];
  const times: AnswerTimes[] = [];
  const untilMs = performance.now() + seconds * 1000;
  const filmed = Promise.all(photographs.map((photograph, i) => learners[i]?.film(photograph, untilMs) ?? 0));
  await Promise.all(learners.map((learner) => learner.answer(untilMs, (each) => times.push(each))));
  const framesSent = (await filmed).reduce((sum, sent) => sum + sent, 0);
  const [after, cpuAfter] = [await readCounts(url), await cpuSeconds(pid)];
  const since = (name: keyof Counts) => after[name] - before[name];
  const counts = { observed: since("observed"), unread: since("unread"), priors: since("priors") };
  return { times, framesSent, cpuS: cpuAfter - cpuBefore, counts };
}

function report(label: string, parts: readonly Part[], seconds: number): string {
  const times = parts.flatMap((part) => part.times);
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  const ranks = [50, 95, 99];
  const framesSent = sum((part) => part.framesSent);
  const frames = framesSent === 0 ? [] : [
    `  frames sent ${framesSent}, observed ${sum((part) => part.counts.observed)}, dropped or unread ${
      sum((part) => part.counts.unread)
    }`,
  ];
  return [
    `${label}: ${times.length} answers, ${(times.length / (seconds * parts.length)).toFixed(1)} a second`,
    `  answer to lesson_update  ${percentilesMs(times.map(({ updateMs }) => updateMs), ranks)}`,
    `  answer to ack            ${percentilesMs(times.map(({ ackMs }) => ackMs), ranks)}`,
    ...frames,
    `  answered by a prior ${sum((part) => part.counts.priors)}; CPU of the server ${
      (sum((part) => part.cpuS) * 1000 / times.length).toFixed(1)
    } s per 1,000 answers`,
  ].join("\n");
}

async function playInTurns(server: ServerProcess, load: LessonLoad): Promise<readonly string[]> {
  const { sessions, answerEveryMs, cameras, frameEveryMs, rounds, seconds } = load;
  const faces = await Promise.all(
    (["man", "dark", "blonde", "brown", "laughing"] as const).map(async (who) => await asJpeg(await webcamFrame(who))),
  );
  const filming = Array.from({ length: cameras }, (_, i) => faces.slice(i % faces.length)).flatMap(([face]) =>
    face ?? []
  );
  const learners = await enrolAll(server.url, load);
  await play(server, learners, filming, seconds);
  const [withFrames, without]: [Part[], Part[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    without.push(await play(server, learners, [], seconds));
    withFrames.push(await play(server, learners, filming, seconds));
  }
  for (const learner of learners) learner.close();
  return [
    `${sessions} sessions, an answer each ${answerEveryMs / 1000} s (Poisson, seed ${load.seed}), ` +
    `${rounds} x ${seconds} s of each kind in turns, PGlite, power-loss durable`,
    report("no frames", without, seconds),
    report(`${cameras} cameras, a frame each ${frameEveryMs} ms`, withFrames, seconds),
  ];
}

/** A report, line by line. */
export async function measureLessons(load: LessonLoad): Promise<readonly string[]> {
  const dataDir = await Deno.makeTempDir({ prefix: "bench_" });
  // The cheapest hashes and no limits: signing 200 learners in is not what is measured.
  const server = await startServer({ DATA_DIR: dataDir, RATE_LIMITS: "off", BCRYPT_COST: "4", EMOTION: "on" });
  try {
    return await playInTurns(server, load);
  } finally {
    await server.stop("SIGTERM");
    await Deno.remove(dataDir, { recursive: true });
  }
}
