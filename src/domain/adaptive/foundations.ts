/** What every skill of a course rests on, near and far, as bits: what is asked of all skills at once costs no walks. */
import type { Course } from "../curriculum/course.ts";
import { type SkillsById, skillsById } from "./skill_graph.ts";

const WORD_BITS = 32;

/** How many skills an answer on one tells of, itself included. */
export interface Span {
  /** It rests on these. */
  readonly below: number;
  /** These rest on it. */
  readonly above: number;
}

/** A set of skills by number. */
type Bits = Int32Array;
const NONE: Bits = new Int32Array();

function has(bits: Bits, number: number): boolean {
  return ((bits[number >>> 5] ?? 0) >>> (number & 31) & 1) === 1;
}

function put(bits: Bits, number: number): void {
  const word = number >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (number & 31));
}

function drop(bits: Bits, number: number): void {
  const word = number >>> 5;
  bits[word] = (bits[word] ?? 0) & ~(1 << (number & 31));
}

/** Tells whether that brought anything. */
function add(into: Bits, bits: Bits): boolean {
  let brought = 0;
  for (let word = 0; word < into.length; word += 1) {
    const before = into[word] ?? 0;
    const more = bits[word] ?? 0;
    brought |= more & ~before;
    into[word] = before | more;
  }
  return brought !== 0;
}

function remove(from: Bits, bits: Bits): void {
  for (let word = 0; word < from.length; word += 1) from[word] = (from[word] ?? 0) & ~(bits[word] ?? 0);
}

function meet(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word += 1) if (((a[word] ?? 0) & (b[word] ?? 0)) !== 0) return true;
  return false;
}

/** How many there are: bits added up in pairs, fours, eights (Warren, "Hacker's Delight", 2002). */
function sizeOf(bits: Bits): number {
  let size = 0;
  for (const word of bits) {
    const pairs = word - ((word >>> 1) & 0x55555555);
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
    size += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return size;
}

/** The numbers in both, ascending. */
function numbersInBoth(a: Bits, b: Bits): readonly number[] {
  const numbers: number[] = [];
  for (let word = 0; word < a.length; word += 1) {
    for (let left = (a[word] ?? 0) & (b[word] ?? 0); left !== 0; left &= left - 1) {
      numbers.push(word * WORD_BITS + 31 - Math.clz32(left & -left));
    }
  }
  return numbers;
}

/** The numbers in an order in which each comes after those that it leads to, unless they go in a circle. */
function lowestFirst(named: readonly (readonly number[])[]): readonly number[] {
  const order: number[] = [];
  const entered = new Uint8Array(named.length);
  const enter = (skill: number) => {
    entered[skill] = 1;
    for (const below of named[skill] ?? []) if (entered[below] === 0) enter(below);
    order.push(skill);
  };
  for (const skill of named.keys()) if (entered[skill] === 0) enter(skill);
  return order;
}

/**
 * Lets each row take in the rows of those that it names. The highest of these come first: what they brought along need
 * not be added again. Only a circle takes more than one round.
 */
function close(rows: readonly Bits[], named: readonly Bits[], order: readonly number[]): void {
  let [goesRound, grew] = [false, true];
  while (grew) {
    grew = false;
    for (const [place, skill] of order.entries()) {
      const [row, names] = [rows[skill] ?? NONE, named[skill] ?? NONE];
      for (let at = order.length - 1; at >= 0; at -= 1) {
        const below = order[at] ?? 0;
        if (!has(names, below)) continue;
        goesRound ||= at > place;
        if ((goesRound || !has(row, below)) && add(row, rows[below] ?? NONE)) grew = goesRound;
      }
    }
  }
}

/** What the skills of `course` rest on; worth keeping where many choices are made in it. */
export function foundationsOf(course: Course): Foundations {
  return new Foundations(skillsById(course));
}

export class Foundations {
  readonly #ids: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  /** By skill: its prerequisites. */
  readonly #named: readonly Bits[];
  /** By skill: itself and all it rests on. */
  readonly #under: readonly Bits[];
  readonly #all: Bits;
  /** By the skills of an item: prerequisites of any of them, these themselves left out. */
  readonly #needed = new WeakMap<readonly string[], Bits>();

  /** Time grows with skills and prerequisites; one that the course does not have is passed over. */
  constructor(byId: SkillsById) {
    this.#ids = [...byId.keys()];
    this.#numbers = new Map(this.#ids.map((id, number) => [id, number]));
    const named = [...byId.values()].map(({ prerequisites }) => this.#numbersOf(prerequisites));
    this.#named = named.map((numbers) => this.#bits(numbers));
    this.#under = this.#ids.map((_, number) => this.#bits([number]));
    this.#all = this.#bits([...this.#ids.keys()]);
    close(this.#under, this.#named, lowestFirst(named));
  }

  #numbersOf(ids: Iterable<string>): readonly number[] {
    const numbers: number[] = [];
    for (const id of ids) {
      const number = this.#numbers.get(id);
      if (number !== undefined) numbers.push(number);
    }
    return numbers;
  }

  #bits(numbers: readonly number[]): Bits {
    const bits = new Int32Array(Math.ceil(this.#ids.length / WORD_BITS));
    for (const number of numbers) put(bits, number);
    return bits;
  }

  #united(rows: readonly Bits[], numbers: readonly number[]): Bits {
    const union = this.#bits([]);
    for (const number of numbers) add(union, rows[number] ?? union);
    return union;
  }

  #id(number: number): string {
    return this.#ids[number] ?? "";
  }

  /** These skills and everything they rest on, as far as the course has them. */
  under(ids: Iterable<string>): ReadonlySet<string> {
    const united = this.#united(this.#under, this.#numbersOf(ids));
    return new Set(numbersInBoth(united, this.#all).map((number) => this.#id(number)));
  }

  /** These skills and everything that rests on them. */
  over(ids: Iterable<string>): ReadonlySet<string> {
    const asked = this.#bits(this.#numbersOf(ids));
    return new Set(this.#ids.filter((_, skill) => meet(this.#under[skill] ?? NONE, asked)));
  }

  /** For each skill the first of `sources` that rests on it, or is it. */
  firstOver(sources: readonly string[]): ReadonlyMap<string, string> {
    const first = new Map<string, string>();
    const left = this.#all.slice();
    for (const number of this.#numbersOf(sources)) {
      const row = this.#under[number] ?? left;
      for (const one of numbersInBoth(row, left)) first.set(this.#id(one), this.#id(number));
      remove(left, row);
    }
    return first;
  }

  /** For each skill the first of `sources` that it rests on, or is. */
  firstUnder(sources: readonly string[]): ReadonlyMap<string, string> {
    const numbers = this.#numbersOf(sources);
    return new Map(this.#ids.flatMap((id, skill): [string, string][] => {
      const row = this.#under[skill];
      const found = row === undefined ? undefined : numbers.find((number) => has(row, number));
      return found === undefined ? [] : [[id, this.#id(found)]];
    }));
  }

  /** How many of `ids` each of them rests on, and how many of them rest on it. */
  spansAmong(ids: Iterable<string>): ReadonlyMap<string, Span> {
    const among = this.#numbersOf(ids);
    const bits = this.#bits(among);
    const above = new Uint32Array(this.#ids.length);
    const below = among.map((number) => {
      const found = numbersInBoth(this.#under[number] ?? bits, bits);
      for (const one of found) above[one] = (above[one] ?? 0) + 1;
      return found.length;
    });
    return new Map(among.map((number, i) => [this.#id(number), { below: below[i] ?? 0, above: above[number] ?? 0 }]));
  }

  #neededBy(skills: readonly string[]): Bits {
    const known = this.#needed.get(skills);
    if (known !== undefined) return known;
    const numbers = this.#numbersOf(skills);
    const needed = this.#united(this.#named, numbers);
    for (const number of numbers) drop(needed, number);
    this.#needed.set(skills, needed);
    return needed;
  }

  /** Tells how many prerequisites of a set of skills, these themselves left out, are not among `met`. */
  unmetBy(met: Iterable<string>): (skills: readonly string[]) => number {
    const known = this.#bits(this.#numbersOf(met));
    return (skills) => sizeOf(this.#neededBy(skills).map((word, i) => word & ~(known[i] ?? 0)));
  }
}
