/** A learner who presses answers and says words on one device or two: twice, late, with a clock that is off or lies. */
import type { Broadcast } from "../../../src/actors/envelope.ts";
import type { Response } from "../../../src/domain/curriculum/rendered_item.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import { roomAddress } from "../../../src/domain/room/messages.ts";
import { SECRET_NUMBER } from "../../domain/session/small_course.ts";
import type { SeededChance } from "../seeded_chance.ts";
import type { Attempt, Word } from "./lesson_history.ts";
import { LESSON, type School } from "./school.ts";
import { type DeviceOwner, SimulatedDevice } from "./simulated_device.ts";

const CLOCK_ERROR_MS = 40;
/** Older than any question. */
const LYING_STAMP_MS = 0;
const RETRY_MS = 400;

/** The room that a frame or view sends its reader to; null when none. */
function roomIn(data: unknown): string | null {
  const { room_id } = (data ?? {}) as { readonly room_id?: unknown };
  return typeof room_id === "string" ? room_id : null;
}

/** The number of the open question in a frame's data or a view; null when there is none. */
function openQuestion(data: unknown): number | null {
  const { question } = (data ?? {}) as { readonly question?: unknown };
  return typeof question === "number" ? question : null;
}

export class SimulatedLearner implements DeviceOwner {
  readonly principal: Principal;
  readonly frames: Broadcast[] = [];
  readonly attempts: Attempt[] = [];
  readonly words: Word[] = [];
  readonly #school: School;
  readonly #chance: SeededChance;
  readonly #number: number;
  readonly #clockErrorMs: number;
  /** Wants more time than they have. */
  readonly #isLiar: boolean;
  readonly #devices: readonly [SimulatedDevice, ...SimulatedDevice[]];
  /** On which device each answer waits until the server has decided. */
  readonly #keptOn = new Map<Attempt, SimulatedDevice>();
  #roomId: string | null = null;
  /** Questions, with their round, that this learner has begun to answer. */
  readonly #begun = new Set<string>();

  constructor(school: School, number: number, chance: SeededChance) {
    this.#school = school;
    this.#chance = chance;
    this.#number = number;
    this.#clockErrorMs = chance.between(-CLOCK_ERROR_MS, CLOCK_ERROR_MS);
    this.#isLiar = chance.hit(0.15);
    this.principal = { userId: `learner-${number}`, role: "student" };
    const device = (name: string) =>
      new SimulatedDevice(school, this, `${this.principal.userId}-${name}`, chance.fork());
    this.#devices = chance.hit(0.3) ? [device("laptop"), device("phone")] : [device("laptop")];
  }

  start(): void {
    // Together: one that came after the other had gone would be taken for that one come back.
    const afterMs = this.#devices.length > 1 ? 1_000 : this.#chance.between(1_000, 3_000);
    for (const device of this.#devices) device.start(afterMs);
  }

  joined(device: SimulatedDevice, state: unknown): void {
    const { question, breakouts } = (state ?? {}) as {
      question?: { step?: string; round?: number } | null;
      breakouts?: { over_at_ms: number | null } | null;
    };
    if (breakouts?.over_at_ms === null) this.#sit(roomIn(breakouts));
    if (question?.step === "open") this.#begin(device, openQuestion(question), question.round ?? 1);
  }

  heard(device: SimulatedDevice, broadcast: Broadcast): void {
    this.frames.push(broadcast);
    const { type, data } = broadcast;
    const { round } = (data ?? {}) as { round?: number };
    if (type === "breakouts" || type === "seated") this.#sit(roomIn(data));
    if (type === "question" || type === "question_reopened") this.#begin(device, openQuestion(data), round ?? 1);
  }

  lost(device: SimulatedDevice): void {
    if (device !== this.#devices[0]) return;
    for (const word of this.words) if (word.outcome === null) word.wasCutOff = true;
  }

  back(device: SimulatedDevice, on: string): void {
    for (const attempt of this.attempts) {
      if (attempt.outcome !== null || this.#keptOn.get(attempt) !== device) continue;
      attempt.cameBack = on;
      if (on !== "same_unmissed") attempt.wasCutOff = true;
      this.#deliver(attempt);
    }
    for (const word of this.words) if (word.outcome === null) this.#deliverWord(word);
  }

  /** Thinks, then answers; a reopened question may be answered by who has not. */
  #begin(device: SimulatedDevice, question: number | null, round: number): void {
    if (question === null || this.#begun.has(`${question} ${round}`)) return;
    const thinkMs = this.#chance.hit(0.15) ? this.#chance.between(9_000, 16_000) : this.#chance.between(100, 9_000);
    if (this.#chance.hit(0.1)) return;
    this.#begun.add(`${question} ${round}`);
    this.#school.time.in(thinkMs, () => {
      this.#press(device, question, round);
      // A second press of the button, there or on the other device: the same again, or a change of mind.
      if (!this.#chance.hit(0.3)) return;
      const second = this.#chance.pick([...this.#devices]);
      this.#school.time.in(this.#chance.between(5, 600), () => this.#press(second, question, round));
    });
  }

  #press(device: SimulatedDevice, question: number, round: number): void {
    const value = this.#chance.hit(0.5) ? SECRET_NUMBER : 700_000 + this.#number * 100 + this.#chance.whole(0, 9);
    const response: Response = { kind: "number", value, unit: null };
    const attempt: Attempt = {
      userId: this.principal.userId,
      commandId: `${this.principal.userId}-${this.attempts.length}`,
      question,
      round,
      response,
      stampMs: this.#school.time.nowMs() + this.#clockErrorMs,
      isLie: this.#isLiar,
      devices: this.#devices.length,
      cutAtMs: device.isOnline ? null : device.cutAtMs,
      arrivals: [],
      sentAtMs: null,
      arrivedAtMs: null,
      wasCutOff: false,
      cameBack: null,
      outcome: null,
    };
    this.attempts.push(attempt);
    this.#keptOn.set(attempt, device);
    this.#deliver(attempt);
    if (this.#chance.hit(0.15)) this.#school.time.in(this.#chance.between(0, 300), () => this.#deliver(attempt));
  }

  #deliver(attempt: Attempt): void {
    const device = this.#keptOn.get(attempt);
    if (device === undefined || !device.isOnline) return;
    const { question, round, response, stampMs, isLie, commandId } = attempt;
    attempt.sentAtMs ??= this.#school.time.nowMs();
    const answeredAtMs = isLie ? LYING_STAMP_MS : stampMs;
    const command = { type: "answer", question, round, response, answeredAtMs } as const;
    device.send(LESSON, command, commandId, (reply) => {
      if (attempt.outcome !== null) return;
      if (reply.kind === "done") attempt.outcome = { kind: "counted" };
      if (reply.kind === "rejected") attempt.outcome = { kind: "refused", code: reply.code };
      if (reply.kind === "refused") this.#school.time.in(reply.retryAfterMs, () => this.#deliver(attempt));
    }, ({ heardSinceMs }) => {
      const atMs = this.#school.time.nowMs();
      attempt.arrivals.push({ atMs, heardSinceMs });
      if (attempt.outcome === null) attempt.arrivedAtMs = atMs;
    });
  }

  /** Says a few things in the room, now and then. */
  #sit(roomId: string | null): void {
    if (roomId === null || roomId === this.#roomId) return;
    this.#roomId = roomId;
    for (let words = this.#chance.whole(0, 3); words > 0; words--) {
      this.#school.time.in(this.#chance.between(0, 14_000), () => this.#say(roomId));
    }
  }

  #say(roomId: string): void {
    const commandId = `${this.principal.userId}-word-${this.words.length}`;
    const word: Word = {
      userId: this.principal.userId,
      commandId,
      roomId,
      text: `${commandId} is what I think`,
      arrivedAtMs: null,
      wasCutOff: !this.#devices[0].isOnline,
      outcome: null,
    };
    this.words.push(word);
    this.#deliverWord(word);
    // The same again, as a client does that has not heard.
    if (this.#chance.hit(0.15)) this.#school.time.in(this.#chance.between(0, 300), () => this.#deliverWord(word));
  }

  #deliverWord(word: Word): void {
    const [device] = this.#devices;
    if (!device.isOnline || word.outcome !== null) return;
    const { roomId, text, commandId } = word;
    device.send(roomAddress(roomId), { type: "say", text }, commandId, (reply) => {
      if (word.outcome !== null) return;
      if (reply.kind === "done") word.outcome = { kind: "counted" };
      // The lesson was faster to tell than the room to form.
      const isEarly = reply.kind === "rejected" && (reply.code === "not_created" || reply.code === "forbidden");
      if (reply.kind === "refused" || (isEarly && roomId === this.#roomId)) {
        this.#school.time.in(RETRY_MS, () => this.#deliverWord(word));
      } else if (reply.kind === "rejected") word.outcome = { kind: "refused", code: reply.code };
    }, () => {
      if (word.outcome === null) word.arrivedAtMs = this.#school.time.nowMs();
    });
  }
}
