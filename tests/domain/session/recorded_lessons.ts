/** Lessons as they may go, second by second: what the learner does and what their face shows; and how they are played. */
import { type Emotion, type EmotionReading, EMOTIONS } from "../../../src/domain/affect/observation.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { rightAnswer } from "../../../tools/month/keyed_answer.ts";
import { begun, PLAN, type SessionRun } from "./session_run.ts";
import { wrongResponse } from "./small_course.ts";

/** Shares of a face that shows mainly one or two expressions; the rest is spread over the others. */
export type Face = { readonly [emotion in Emotion]?: number };

export const CALM: Face = { neutral: 0.8, happy: 0.1 };
export const CROSS: Face = { angry: 0.45, sad: 0.3, neutral: 0.15 };
export const PUZZLED: Face = { surprise: 0.45, fear: 0.25, neutral: 0.2 };
export const UNMOVED: Face = { neutral: 0.95 };

export type Moment =
  /** Time passes before the camera, a frame every half second unless said otherwise; null: the camera is off. */
  | { readonly seconds: number; readonly face: Face | null; readonly everyMs?: number }
  /** Frames in which the model is in doubt, or sees nobody. */
  | { readonly seconds: number; readonly unsure: Face }
  | { readonly seconds: number; readonly nobody: true }
  | { readonly does: "right" | "wrong" | "skip" | "hint" | "pause" | "resume" | "forget" }
  | { readonly tab: "hidden" | "shown" };

/** Calm and right for a minute, then three wrong answers in a row under a face that grows cross. */
export const CROSS_OVER_ERRORS: readonly Moment[] = [
  ...Array.from({ length: 3 }, () => [{ seconds: 20, face: CALM }, { does: "right" }] as const).flat(),
  ...Array.from({ length: 3 }, () => [{ seconds: 20, face: CROSS }, { does: "wrong" }] as const).flat(),
  { seconds: 10, face: CROSS },
];

/** The same face over work that goes well: a matter outside the lesson. */
export const CROSS_BUT_RIGHT: readonly Moment[] = CROSS_OVER_ERRORS.map((moment) =>
  "does" in moment ? { does: "right" } : moment
);

/** The same work with the camera off. */
export const WRONG_UNSEEN: readonly Moment[] = CROSS_OVER_ERRORS.map((moment) =>
  "seconds" in moment ? { seconds: moment.seconds, face: null } : moment
);

/** Answers a second after the question, nearly all wrong. */
export const CLICKED_THROUGH: readonly Moment[] = (["wrong", "wrong", "right", "wrong"] as const).flatMap(
  (does) => [{ seconds: 0.6, face: null }, { does }],
);

/** All three hints within seconds, twice. */
export const HINTS_RUSHED: readonly Moment[] = Array.from({ length: 2 }, () =>
  [
    { seconds: 5, face: null },
    ...Array.from({ length: 3 }, () => [{ does: "hint" }, { seconds: 2, face: null }] as const).flat(),
    { does: "right" },
  ] as const).flat();

/** Half a minute on each question and nothing right. */
export const STUCK: readonly Moment[] = Array.from(
  { length: 4 },
  () => [{ seconds: 30, face: null }, { does: "wrong" }] as const,
).flat();

function sharesOf(face: Face, noise: () => number): readonly number[] {
  const left = 1 - Object.values(face).reduce((sum, share) => sum + share, 0);
  const others = EMOTIONS.length - Object.keys(face).length;
  const raw = EMOTIONS.map((emotion) => Math.max(0.001, (face[emotion] ?? left / others) + (noise() - 0.5) * 0.1));
  const sum = raw.reduce((total, share) => total + share, 0);
  return raw.map((share) => share / sum);
}

/** Plays moments on a session whose items practise one skill, one after the other. */
export class PlayedLesson {
  readonly #noise: () => number;
  #served = 0;

  constructor(readonly run: SessionRun = begun({ ...PLAN, targetItems: 400 }), seed = 7) {
    this.#noise = randomFrom(seed);
    this.serve();
  }

  serve(): void {
    if (this.run.open === null) this.run.serve(this.#served++ % 2);
  }

  play(moments: readonly Moment[]): this {
    for (const moment of moments) this.#live(moment);
    return this;
  }

  /** One frame, now. */
  show(face: Face, confidence: "sure" | "unsure" = "sure"): void {
    const probabilities = sharesOf(face, this.#noise);
    this.#observe({ kind: "face", probabilities, confident: confidence === "sure", faces: 1 });
  }

  #observe(reading: EmotionReading): void {
    const observation = { capturedAtMs: this.run.nowMs, model: "recorded", source: "server", reading } as const;
    this.#send({ type: "observe_emotion", observation });
  }

  #live(moment: Moment): void {
    const { run } = this;
    if ("does" in moment) return this.#do(moment.does);
    if ("tab" in moment) return this.#send({ type: "attention", hidden: moment.tab === "hidden", at: run.nowMs });
    const everyMs = "face" in moment ? moment.everyMs ?? 500 : 500;
    const untilMs = run.nowMs + moment.seconds * 1_000;
    if ("face" in moment && moment.face === null) {
      run.nowMs = untilMs;
      return;
    }
    while (run.nowMs + everyMs <= untilMs) {
      run.nowMs += everyMs;
      if ("nobody" in moment) this.#observe({ kind: "no_face" });
      else if ("unsure" in moment) this.show(moment.unsure, "unsure");
      else if (moment.face !== null) this.show(moment.face);
    }
    run.nowMs = untilMs;
  }

  #do(does: Extract<Moment, { does: string }>["does"]): void {
    const { run } = this;
    switch (does) {
      case "pause":
      case "resume":
        return this.#send({ type: does });
      case "forget":
        return this.#send({ type: "forget_emotion" });
      case "hint":
      case "skip":
        this.#send({ type: does, item: run.opened().number });
        break;
      case "right":
      case "wrong": {
        const { number, item } = run.opened();
        const response = does === "right" ? rightAnswer(item) : wrongResponse(item);
        this.#send({ type: "answer", item: number, response });
      }
    }
    this.serve();
  }

  #send(command: Parameters<SessionRun["send"]>[0]): void {
    this.run.done(command);
  }
}
