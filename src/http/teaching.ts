/** Who teaches whom at this moment: rosters read through a small cache that forgets when told of a change (A7). */
import type { Rosters } from "./ports.ts";

/** How long another node's change may go unseen here; this node's own changes are seen at once. */
const FRESH_MS = 5_000;
const CACHED_ANSWERS_MAX = 10_000;

interface Entry {
  readonly answer: Promise<boolean>;
  readonly staleAtMs: number;
}

export class Teaching {
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly rosters: Pick<Rosters, "teaches" | "member">,
    private readonly clock: { nowMs(): number },
  ) {}

  /** Whether the one teaches a class of which the other is an admitted student. */
  teaches(teacherId: string, learnerId: string): Promise<boolean> {
    return this.#remembered(`teaches ${teacherId} ${learnerId}`, () => this.rosters.teaches(teacherId, learnerId));
  }

  /** Whether the person is an admitted member of the class. */
  isIn(userId: string, classId: string): Promise<boolean> {
    return this.#remembered(`is in ${userId} ${classId}`, async () => {
      return (await this.rosters.member(classId, userId))?.isAdmitted === true;
    });
  }

  /** Whether the person teaches the class, or helps to. */
  teachesIn(userId: string, classId: string): Promise<boolean> {
    return this.#remembered(`teaches in ${userId} ${classId}`, async () => {
      const member = await this.rosters.member(classId, userId);
      return member !== null && member.isAdmitted && member.part !== "student";
    });
  }

  /** Forgets everything, reads under way included: a roster has changed. */
  changed(): void {
    this.#entries.clear();
  }

  #remembered(question: string, ask: () => Promise<boolean>): Promise<boolean> {
    const nowMs = this.clock.nowMs();
    const known = this.#entries.get(question);
    if (known !== undefined && nowMs < known.staleAtMs) return known.answer;
    const entry: Entry = { answer: ask(), staleAtMs: nowMs + FRESH_MS };
    this.#entries.delete(question);
    this.#entries.set(question, entry);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size > CACHED_ANSWERS_MAX) this.#entries.delete(oldest);
    entry.answer.catch(() => {
      if (this.#entries.get(question) === entry) this.#entries.delete(question);
    });
    return entry.answer;
  }
}
