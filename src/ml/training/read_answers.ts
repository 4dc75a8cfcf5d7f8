/** Reads a recorded data set: `user,item,skills(;-separated),correct[,t_s | gap_min][,rt_ms]`, in time order per user. */
import { PLACE_NUMBERS_MAX } from "../../domain/adaptive/answer_contexts.ts";
import type { Answered, ItemPlace } from "../../domain/adaptive/answered.ts";
import { answerLines } from "./answer_lines.ts";
import { AnswerLogError } from "./answer_log_error.ts";

export interface LearnerAnswers {
  readonly learner: string;
  /** Oldest first. */
  readonly answers: readonly Answered[];
}

export interface AnswerLog {
  readonly name: string;
  readonly learners: readonly LearnerAnswers[];
  readonly rows: number;
  /** How many distinct ones there are; places number them from 0. */
  readonly items: number;
  readonly skills: number;
  readonly skillSets: number;
}

/** Where each column is; -1 where a file lacks an optional one. */
interface Columns {
  /** How many there are. */
  readonly count: number;
  readonly user: number;
  readonly item: number;
  readonly skills: number;
  readonly correct: number;
  readonly atS: number;
  readonly gapMin: number;
  readonly responseMs: number;
}

function columnsOf(header: string): Columns {
  const names = header.trim().split(",");
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) < index);
  if (twice !== undefined) throw new AnswerLogError(`The header names "${twice}" twice: ${header}`);
  const required = (name: string) => {
    if (!names.includes(name)) throw new AnswerLogError(`The header has no column "${name}": ${header}`);
    return names.indexOf(name);
  };
  return {
    count: names.length,
    user: required("user"),
    item: required("item"),
    skills: required("skills"),
    correct: required("correct"),
    atS: names.indexOf("t_s"),
    gapMin: names.indexOf("gap_min"),
    responseMs: names.indexOf("rt_ms"),
  };
}

/** Gives ids dense numbers from 0, in the order they come. */
class Numbering {
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#numbers.size;
  }

  of(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    if (number === PLACE_NUMBERS_MAX) throw new AnswerLogError(`More than ${PLACE_NUMBERS_MAX} items or skills.`);
    this.#numbers.set(id, number);
    return number;
  }
}

class LogReader {
  readonly #columns: Columns;
  readonly #learners = new Map<string, Answered[]>();
  readonly #items = new Numbering();
  readonly #skills = new Numbering();
  readonly #skillSets = new Numbering();
  /** One object for each (item, skills): rows of a large file share it. */
  readonly #places = new Map<string, ItemPlace>();
  #rows = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  read(line: string): void {
    this.#rows += 1;
    const cells = line.split(",");
    if (cells.length > this.#columns.count) {
      throw new AnswerLogError(
        `Row ${this.#rows} has ${cells.length} cells for ${this.#columns.count} columns: ${line}`,
      );
    }
    const cell = (column: number) => {
      const text = cells[column];
      if (text === undefined) throw new AnswerLogError(`Row ${this.#rows} is short: ${line}`);
      return text;
    };
    const correct = cell(this.#columns.correct);
    if (correct !== "0" && correct !== "1") {
      throw new AnswerLogError(`Row ${this.#rows}: correct is 0 or 1, found "${correct}".`);
    }
    const user = cell(this.#columns.user);
    let answers = this.#learners.get(user);
    if (answers === undefined) this.#learners.set(user, answers = []);
    const number = (column: number) => column === -1 ? null : this.#number(cell(column));
    const responseMs = number(this.#columns.responseMs);
    answers.push({
      place: this.#place(cell(this.#columns.item), cell(this.#columns.skills)),
      correct: correct === "1",
      atS: this.#columns.atS === -1
        ? atAfterGap(answers.at(-1), number(this.#columns.gapMin))
        : number(this.#columns.atS),
      responseMs: responseMs !== null && responseMs < 0 ? null : responseMs,
    });
  }

  finish(name: string): AnswerLog {
    if (this.#rows === 0) throw new AnswerLogError(`${name} has no answers.`);
    return {
      name,
      learners: [...this.#learners].map(([learner, answers]) => ({ learner, answers })),
      rows: this.#rows,
      items: this.#items.size,
      skills: this.#skills.size,
      skillSets: this.#skillSets.size,
    };
  }

  #number(text: string): number | null {
    if (text === "") return null;
    const value = Number(text);
    if (!Number.isFinite(value)) throw new AnswerLogError(`Row ${this.#rows}: "${text}" is not a number.`);
    return value;
  }

  #place(item: string, skills: string): ItemPlace {
    // A cell holds no comma, so no two pairs of cells share a key.
    const key = `${item},${skills}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const names = new Set(skills.split(";").filter((skill) => skill !== ""));
    const numbers = [...names].map((skill) => this.#skills.of(skill));
    const place = { item: this.#items.of(item), skills: numbers, skillSet: this.#skillSets.of(numbers.join(" ")) };
    this.#places.set(key, place);
    return place;
  }
}

/** Files with gaps only get a clock of their own that starts at 0. */
function atAfterGap(previous: Answered | undefined, gapMin: number | null): number | null {
  if (gapMin === null) return null;
  return previous === undefined ? 0 : (previous.atS ?? 0) + Math.max(0, gapMin) * 60;
}

/**
 * Reads the file at `path`, gzipped or plain, named after itself. An empty cell of skills means none, and a skill named
 * twice counts once.
 * @throws AnswerLogError when the file cannot be read, or naming the row that does not fit the format
 */
export async function readAnswers(path: string): Promise<AnswerLog> {
  const name = (path.split("/").at(-1) ?? path).replace(/\.csv(\.gz)?$/, "");
  let reader: LogReader | null = null;
  for await (const line of answerLines(path)) {
    if (reader === null) reader = new LogReader(columnsOf(line));
    else if (line.trim() !== "") reader.read(line.trimEnd());
  }
  if (reader === null) throw new AnswerLogError(`${path} is empty.`);
  return reader.finish(name);
}
