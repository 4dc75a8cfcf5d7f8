/** What the teacher's client knows of the class: the view it was given and the updates since, and when it knew what. */
import { z } from "zod";

const rowSchema = z.looseObject({
  user_id: z.string(),
  name: z.string(),
  admission: z.string(),
  hand_since: z.string().nullable(),
  has_answered: z.boolean(),
  answered: z.number(),
  correct: z.number(),
  points: z.number(),
  work: z.looseObject({ answered: z.number(), correct: z.number(), status: z.string() }).nullable(),
});
export type StudentRow = z.infer<typeof rowSchema>;

const questionSchema = z.looseObject({
  question: z.number(),
  round: z.number(),
  step: z.string(),
  answered: z.number(),
  present: z.number(),
});
export type QuestionRow = z.infer<typeof questionSchema>;

const updateSchema = z.looseObject({
  students: z.array(rowSchema).optional(),
  gone: z.array(z.string()).optional(),
  question: questionSchema.nullable().optional(),
  help: z.array(z.looseObject({ user_id: z.string(), kind: z.string(), move: z.string() })).optional(),
  skills: z.array(z.looseObject({ skill_id: z.string() })).optional(),
  breakouts: z.looseObject({ breakouts: z.number(), over_at_ms: z.number().nullable() }).nullish(),
  wrong_answers: z.array(z.looseObject({ answer: z.string(), count: z.number() })).optional(),
});
const viewSchema = updateSchema.extend({ status: z.string() });
const statusSchema = z.looseObject({ status: z.string() });

/** The fact that a student's answer to this opening of the question is in. */
export function answerFact(userId: string, question: number, round: number): string {
  return `answer ${userId} ${question}.${round}`;
}

/** The fact that a student has done so many items in their own session. */
export function workFact(userId: string, answered: number): string {
  return `work ${userId} ${answered}`;
}

export class ClassView {
  readonly students = new Map<string, StudentRow>();
  question: QuestionRow | null = null;
  status = "open";
  /** The rooms of the class; null before there are any. */
  breakouts: { readonly breakouts: number; readonly over_at_ms: number | null } | null = null;
  help: readonly { readonly user_id: string; readonly kind: string; readonly move: string }[] = [];
  skills = new Set<string>();
  wrongAnswers = 0;
  /** When each fact was first in the view, by the process's own clock. */
  readonly knownAtMs = new Map<string, number>();
  readonly #workKnown = new Map<string, number>();

  /** The whole, as it is when the teacher comes or comes back. */
  given(data: unknown, atMs: number): void {
    const view = viewSchema.parse(data);
    this.status = view.status;
    this.students.clear();
    this.#take(view, atMs);
  }

  update(data: unknown, atMs: number): void {
    this.#take(updateSchema.parse(data), atMs);
  }

  statusTold(data: unknown): void {
    this.status = statusSchema.parse(data).status;
  }

  #take(told: z.infer<typeof updateSchema>, atMs: number): void {
    const { students, gone, question, help, skills, wrong_answers, breakouts } = told;
    if (breakouts) this.breakouts = breakouts;
    if (question !== undefined) this.question = question;
    for (const row of students ?? []) this.#row(row, atMs);
    for (const userId of gone ?? []) this.students.delete(userId);
    this.#answersKnown(atMs);
    for (const { skill_id } of skills ?? []) this.skills.add(skill_id);
    if (help !== undefined) this.help = help;
    if (wrong_answers !== undefined) this.wrongAnswers = wrong_answers.length;
  }

  #row(row: StudentRow, atMs: number): void {
    const { user_id: userId, work } = row;
    this.students.set(userId, row);
    const before = this.#workKnown.get(userId) ?? 0;
    for (let n = before + 1; n <= (work?.answered ?? 0); n += 1) this.#known(workFact(userId, n), atMs);
    this.#workKnown.set(userId, Math.max(before, work?.answered ?? 0));
  }

  /** Of all rows: one that is as it was is not told again, whichever question it is about. */
  #answersKnown(atMs: number): void {
    if (this.question === null) return;
    const { question, round } = this.question;
    for (const { user_id: userId, has_answered } of this.students.values()) {
      if (has_answered) this.#known(answerFact(userId, question, round), atMs);
    }
  }

  #known(fact: string, atMs: number): void {
    if (!this.knownAtMs.has(fact)) this.knownAtMs.set(fact, atMs);
  }
}
