/**
 * From an answer's frame to the `lesson_update`, over real sockets: a served process on PGlite with power-loss durability
 * (the default), its learners in this one, with and without webcam frames in turns.
 */
import { randomFrom } from "../../src/domain/random.ts";
import { enrol, startSession } from "../../tests/end_to_end/people.ts";
import { asJpeg, webcamFrame } from "../../tests/ml/photographs.ts";
import { type ServerProcess, startServer } from "../../tests/support/server_process.ts";
import { percentile, percentilesMs } from "../percentiles.ts";
import { coreWaitSeconds, cpuSeconds } from "../process_cpu.ts";
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

/** What the server has counted since it started. */
interface Counts {
  readonly observed: number;
  readonly unread: number;
  readonly priors: number;
  readonly cpuS: number;
  readonly coreWaitS: number;
}

/** What one part of the run showed. */
interface Part {
  readonly times: readonly AnswerTimes[];
  readonly framesSent: number;
  readonly before: Counts;
  readonly after: Counts;
}

const ENROLLING_AT_ONCE = 8;
const TARGET_ITEMS = 500;
const FRAMES_DONE_MS_MAX = 5_000;

async function readCounts({ url, pid }: ServerProcess): Promise<Counts> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const count = (name: string) => Number(text.match(new RegExp(`^neurolearn_${name} (\\S+)$`, "m"))?.[1] ?? 0);
  return {
    observed: count("sockets_camera_observed"),
    unread: count("sockets_camera_unread"),
    priors: count("knowledge_priors_total"),
    cpuS: await cpuSeconds(pid),
    coreWaitS: await coreWaitSeconds(pid),
  };
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
  server: ServerProcess,
  learners: readonly PacedLearner[],
  photographs: readonly Uint8Array[],
  seconds: number,
): Promise<Part> {
  const before = await readCounts(server);
  const times: AnswerTimes[] = [];
  const untilMs = performance.now() + seconds * 1000;
  const filmed = Promise.all(photographs.map((photograph, i) => learners[i]?.film(photograph, untilMs) ?? 0));
  await Promise.all(learners.map((learner) => learner.answer(untilMs, (each) => times.push(each))));
  const framesSent = (await filmed).reduce((sum, sent) => sum + sent, 0);
  const after = await readCounts(server);
  await framesDone(server, before.observed + before.unread + framesSent);
  return { times, framesSent, before, after };
}

/** Waits until the server has read or dropped so many frames, so that none is left over for what is measured next. */
async function framesDone(server: ServerProcess, frames: number): Promise<void> {
  const giveUpMs = performance.now() + FRAMES_DONE_MS_MAX;
  while (performance.now() < giveUpMs) {
    const { observed, unread } = await readCounts(server);
    if (observed + unread >= frames) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The 99th percentile of answer to ack over all `parts`, milliseconds. */
function ackP99Ms(parts: readonly Part[]): number {
  return percentile(parts.flatMap(({ times }) => times.map(({ ackMs }) => ackMs)), 99);
}

function report(label: string, parts: readonly Part[], seconds: number): string {
  const times = parts.flatMap((part) => part.times);
  const playedS = seconds * parts.length;
  const counted = (name: keyof Counts) => parts.reduce((sum, part) => sum + part.after[name] - part.before[name], 0);
  const framesSent = parts.reduce((sum, part) => sum + part.framesSent, 0);
  const ranks = [50, 95, 99];
  return [
    `${label}: ${times.length} answers, ${(times.length / playedS).toFixed(1)} a second; ${
      counted("priors")
    } predictions by the prior`,
    `  answer to lesson_update  ${percentilesMs(times.map(({ updateMs }) => updateMs), ranks)}`,
    `  answer to ack            ${percentilesMs(times.map(({ ackMs }) => ackMs), ranks)}`,
    `  frames sent ${framesSent}, read ${counted("observed")}, dropped ${counted("unread")}`,
    `  CPU of the server ${(counted("cpuS") * 1000 / times.length).toFixed(1)} s per 1,000 answers; ` +
    `its main thread waited for a core ${(counted("coreWaitS") * 100 / playedS).toFixed(0)}% of the time`,
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
    `the p99 of answer to ack is ${(ackP99Ms(withFrames) / ackP99Ms(without)).toFixed(2)} times that without frames`,
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
