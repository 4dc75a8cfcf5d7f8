/** A learner on a bad network: cut off at times, late, sending twice, with a clock that is a little off or lies. */
import type { Broadcast, Reply } from "../../../src/actors/envelope.ts";
import type { Response } from "../../../src/domain/curriculum/rendered_item.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import { SECRET_NUMBER } from "../../domain/session/small_course.ts";
import type { SeededChance } from "../seeded_chance.ts";
import type { Address } from "../../../src/domain/address.ts";
import type { AttendingDevice } from "../../../src/domain/attendance.ts";
import { roomAddress } from "../../../src/domain/room/messages.ts";
import type { Attempt, Word } from "./lesson_history.ts";
import { LESSON, type School } from "./school.ts";

/** The way takes at most this long; far below the grace, and above what a blip goes unnoticed. */
const WAY_MS_MAX = 700;
/** The edge notices a lost socket, or a new one, within this. */
const NOTICE_MS_MAX = 300;
const CLOCK_ERROR_MS = 40;
/** Older than any question. */
const LYING_STAMP_MS = 0;
const RETRY_MS = 400;

interface Frame {
  readonly question?: unknown;
}

/** The room that a frame or view sends its reader to; null when none. */
function roomIn(data: unknown): string | null {
  const { room_id } = (data ?? {}) as { readonly room_id?: unknown };
  return typeof room_id === "string" ? room_id : null;
}

/** The number of the open question in a frame's data or a view; null when there is none. */
function openQuestion(data: unknown): number | null {
  const { question } = (data ?? {}) as Frame;
  return typeof question === "number" ? question : null;
}

export class SimulatedLearner {
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
  #online = false;
  #roomId: string | null = null;
  /** Rises with each connection; what belongs to an earlier one is over. */
  #connection = 0;
  #hereSinceMs: number | null = null;
  /** Questions, with their round, that this learner has begun to answer. */
  readonly #begun = new Set<string>();

  constructor(school: School, number: number, chance: SeededChance) {
    this.#school = school;
    this.#chance = chance;
    this.#number = number;
    this.#clockErrorMs = chance.between(-CLOCK_ERROR_MS, CLOCK_ERROR_MS);
    this.#isLiar = chance.hit(0.15);
    this.principal = { userId: `learner-${number}`, role: "student" };
    school.died.add(() => this.#lost());
  }

  /** Comes in after `afterMs` and, once in a while, is cut off. */
  start(afterMs: number): void {
    this.#school.time.in(afterMs, () => void this.#connect());
    if (this.#chance.hit(0.6)) this.#cutSoon();
  }

  #cutSoon(): void {
    this.#school.time.in(this.#chance.between(2_000, 25_000), () => {
      const awayMs = this.#chance.between(200, 12_000);
      this.#cut(awayMs);
      if (this.#chance.hit(0.5)) this.#cutSoon();
    });
  }

  async #connect(): Promise<void> {
    if (this.#online) return;
    const { time } = this.#school;
    const connection = ++this.#connection;
    const watcher = {
      deliver: (broadcast: Broadcast) => {
        time.in(this.#way(), () => connection === this.#connection && this.#heard(broadcast));
      },
      lost: () => this.#lost(),
    };
    const state = await this.#school.watch(this.principal, watcher);
    if (state === null || connection !== this.#connection) {
      if (connection === this.#connection) time.in(RETRY_MS, () => void this.#connect());
      return;
    }
    this.#online = true;
    this.#hereSinceMs = time.nowMs();
    const device = { id: `${this.principal.userId}-${connection}`, isHeard: true };
    time.in(this.#chance.between(0, NOTICE_MS_MAX), () => this.#attend(connection, [device]));
    this.#send(LESSON, { type: "enter" }, `${this.principal.userId}-enter`, () => {});
    const { question, breakouts } = (state ?? {}) as {
      question?: { step?: string; round?: number } | null;
      breakouts?: { over_at_ms: number | null } | null;
    };
    if (breakouts?.over_at_ms === null) this.#sit(roomIn(breakouts));
    if (question?.step === "open") this.#begin(openQuestion(question), question.round ?? 1);
    for (const attempt of this.attempts) if (attempt.outcome === null) this.#deliver(attempt);
    for (const word of this.words) if (word.outcome === null) this.#deliverWord(word);
  }

  #attend(connection: number, devices: readonly AttendingDevice[]): void {
    if (connection === this.#connection) this.#school.attend(this.principal.userId, devices);
  }

  /** The socket is gone with its node; the learner comes back by themself. */
  #lost(): void {
    if (!this.#online) return;
    this.#goOff();
    this.#school.time.in(this.#chance.between(50, 1_200), () => void this.#connect());
  }

  /** The network is gone for `awayMs`: the node notices a little later. */
  #cut(awayMs: number): void {
    if (!this.#online) return;
    this.#goOff();
    const connection = this.#connection;
    const { time } = this.#school;
    time.in(Math.min(awayMs, this.#chance.between(0, NOTICE_MS_MAX)), () => this.#attend(connection, []));
    time.in(awayMs, () => void this.#connect());
  }

  #goOff(): void {
    this.#online = false;
    this.#hereSinceMs = null;
    this.#connection += 1;
    for (const sent of [...this.attempts, ...this.words]) if (sent.outcome === null) sent.wasCutOff = true;
  }

  #way(): number {
    return this.#chance.between(5, this.#chance.hit(0.2) ? WAY_MS_MAX : 80);
  }

  #heard(broadcast: Broadcast): void {
    this.frames.push(broadcast);
    const { type, data } = broadcast;
    const { round } = (data ?? {}) as { round?: number };
    if (type === "breakouts" || type === "seated") this.#sit(roomIn(data));
    if (type === "question" || type === "question_reopened") this.#begin(openQuestion(data), round ?? 1);
  }

  /** Thinks, then answers; a reopened question may be answered by who has not. */
  #begin(question: number | null, round: number): void {
    if (question === null || this.#begun.has(`${question} ${round}`)) return;
    const thinkMs = this.#chance.hit(0.15) ? this.#chance.between(9_000, 16_000) : this.#chance.between(100, 9_000);
    if (this.#chance.hit(0.1)) return;
    this.#begun.add(`${question} ${round}`);
    this.#school.time.in(thinkMs, () => {
      this.#press(question);
      // A second press of the button: the same again under another id, or a change of mind.
      if (this.#chance.hit(0.3)) this.#school.time.in(this.#chance.between(5, 600), () => this.#press(question));
    });
  }

  #press(question: number): void {
    const value = this.#chance.hit(0.5) ? SECRET_NUMBER : 700_000 + this.#number * 100 + this.#chance.whole(0, 9);
    const response: Response = { kind: "number", value, unit: null };
    const attempt: Attempt = {
      userId: this.principal.userId,
      commandId: `${this.principal.userId}-${this.attempts.length}`,
      question,
      response,
      stampMs: this.#school.time.nowMs() + this.#clockErrorMs,
      isLie: this.#isLiar,
      hereSinceMs: this.#hereSinceMs,
      sentAtMs: null,
      arrivedAtMs: null,
      wasCutOff: !this.#online,
      outcome: null,
    };
    this.attempts.push(attempt);
    if (this.#online) this.#deliver(attempt);
    if (this.#chance.hit(0.15)) this.#school.time.in(this.#chance.between(0, 300), () => this.#deliver(attempt));
  }

  #deliver(attempt: Attempt): void {
    if (!this.#online) return;
    const { question, response, stampMs, isLie, commandId } = attempt;
    attempt.sentAtMs ??= this.#school.time.nowMs();
    const answeredAtMs = isLie ? LYING_STAMP_MS : stampMs;
    const command = { type: "answer", question, round: null, response, answeredAtMs } as const;
    this.#send(LESSON, command, commandId, (reply) => {
      if (attempt.outcome !== null) return;
      if (reply.kind === "done") attempt.outcome = { kind: "counted" };
      if (reply.kind === "rejected") attempt.outcome = { kind: "refused", code: reply.code };
      if (reply.kind === "refused") this.#school.time.in(reply.retryAfterMs, () => this.#deliver(attempt));
    }, () => attempt.outcome === null && (attempt.arrivedAtMs = this.#school.time.nowMs()));
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
      wasCutOff: !this.#online,
      outcome: null,
    };
    this.words.push(word);
    this.#deliverWord(word);
    // The same again, as a client does that has not heard.
    if (this.#chance.hit(0.15)) this.#school.time.in(this.#chance.between(0, 300), () => this.#deliverWord(word));
  }

  #deliverWord(word: Word): void {
    if (!this.#online || word.outcome !== null) return;
    const { roomId, text, commandId } = word;
    this.#send(roomAddress(roomId), { type: "say", text }, commandId, (reply) => {
      if (word.outcome !== null) return;
      if (reply.kind === "done") word.outcome = { kind: "counted" };
      // The lesson was faster to tell than the room to form.
      const isEarly = reply.kind === "rejected" && (reply.code === "not_created" || reply.code === "forbidden");
      if (reply.kind === "refused" || (isEarly && roomId === this.#roomId)) {
        this.#school.time.in(RETRY_MS, () => this.#deliverWord(word));
      } else if (reply.kind === "rejected") word.outcome = { kind: "refused", code: reply.code };
    }, () => word.outcome === null && (word.arrivedAtMs = this.#school.time.nowMs()));
  }

  #send<Command>(
    to: Address<Command>,
    command: Command,
    commandId: string,
    answered: (reply: Reply) => void,
    arrived: () => void = () => {},
  ): void {
    const { time } = this.#school;
    const connection = this.#connection;
    const heardSinceMs = this.#hereSinceMs ?? time.nowMs();
    time.in(this.#way(), () => {
      if (connection !== this.#connection) return;
      arrived();
      const from = {
        principal: this.principal,
        commandId,
        connection: { id: `${this.principal.userId}-${connection}`, heardSinceMs },
      };
      this.#school.tell(to, command, from, (reply) => {
        time.in(this.#way(), () => connection === this.#connection && answered(reply));
      });
    });
  }
}
