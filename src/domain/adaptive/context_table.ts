/** How often answers in each of many contexts were right: a hash table of counters with a bound. */

const SLOTS_MIN = 1 << 10;
/** Beyond this share of full slots, probing grows long. */
const LOAD_MAX = 0.6;

interface Slots {
  /** Context + 1; 0 marks a free slot. */
  readonly keys: Float64Array;
  readonly answers: Uint32Array;
  readonly right: Uint32Array;
}

/** Counts of one context. */
export interface ContextCount {
  readonly context: number;
  readonly answers: number;
  readonly right: number;
}

/** Enough for `contexts`, so that a table that is restored need not grow into its size. */
function slotsFor(contexts: number): number {
  let slots = SLOTS_MIN;
  while (contexts > slots * LOAD_MAX) slots *= 2;
  return slots;
}

function emptySlots(size: number): Slots {
  return { keys: new Float64Array(size), answers: new Uint32Array(size), right: new Uint32Array(size) };
}

/** The slot that holds `key`, or the free one where it belongs. Slots are a power of two. */
function slotOf(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  // Fibonacci hashing of both halves: keys are structured, so their low bits alone would collide.
  const mixed = Math.imul(key >>> 0, 0x9e3779b1) ^ Math.imul((key / 2 ** 32) >>> 0, 0x85ebca6b);
  let slot = (mixed ^ (mixed >>> 15)) & mask;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

/**
 * Right and all answers by context, at most `contextsMax` of them. When it is full the rarest contexts are forgotten
 * until half are left, after the lossy counting of Manku and Motwani (VLDB 2002): frequent ones keep their counts.
 * Contexts are integers from 0 to 2^53 - 2.
 */
export class ContextTable {
  readonly #contextsMax: number;
  #slots: Slots;
  #size = 0;

  constructor(contextsMax: number, counts: readonly ContextCount[] = []) {
    this.#contextsMax = contextsMax;
    this.#slots = emptySlots(slotsFor(counts.length));
    for (const count of counts) this.#add(count.context + 1, count.answers, count.right);
  }

  get size(): number {
    return this.#size;
  }

  count(context: number, correct: boolean): void {
    this.#add(context + 1, 1, correct ? 1 : 0);
  }

  answersIn(context: number): number {
    return this.#slots.answers[slotOf(this.#slots.keys, context + 1)] ?? 0;
  }

  rightIn(context: number): number {
    return this.#slots.right[slotOf(this.#slots.keys, context + 1)] ?? 0;
  }

  /** Every context held, in no promised order. */
  counts(): ContextCount[] {
    const { keys, answers, right } = this.#slots;
    const found: ContextCount[] = [];
    keys.forEach((key, slot) => {
      if (key !== 0) found.push({ context: key - 1, answers: answers[slot] ?? 0, right: right[slot] ?? 0 });
    });
    return found;
  }

  copy(): ContextTable {
    const copy = new ContextTable(this.#contextsMax);
    const { keys, answers, right } = this.#slots;
    copy.#slots = { keys: keys.slice(), answers: answers.slice(), right: right.slice() };
    copy.#size = this.#size;
    return copy;
  }

  #add(key: number, answers: number, right: number): void {
    let slot = slotOf(this.#slots.keys, key);
    if (this.#slots.keys[slot] === 0) {
      slot = this.#claim(key);
      this.#size += 1;
    }
    this.#slots.answers[slot] = (this.#slots.answers[slot] ?? 0) + answers;
    this.#slots.right[slot] = (this.#slots.right[slot] ?? 0) + right;
  }

  /** A slot for a key not yet held, making room first. */
  #claim(key: number): number {
    if (this.#size >= this.#contextsMax) this.#forgetRarest();
    if (this.#size + 1 > this.#slots.keys.length * LOAD_MAX) this.#rehash(this.#slots.keys.length * 2, 0);
    const slot = slotOf(this.#slots.keys, key);
    this.#slots.keys[slot] = key;
    return slot;
  }

  #forgetRarest(): void {
    for (let answersMin = 2; this.#size > this.#contextsMax / 2; answersMin *= 2) {
      this.#rehash(this.#slots.keys.length, answersMin);
    }
  }

  /** Moves the contexts with `answersMin` answers or more to a table of `size` slots. */
  #rehash(size: number, answersMin: number): void {
    const old = this.#slots;
    this.#slots = emptySlots(size);
    this.#size = 0;
    for (let from = 0; from < old.keys.length; from++) {
      const key = old.keys[from] ?? 0;
      const answers = old.answers[from] ?? 0;
      if (key === 0 || answers < answersMin) continue;
      const slot = slotOf(this.#slots.keys, key);
      this.#slots.keys[slot] = key;
      this.#slots.answers[slot] = answers;
      this.#slots.right[slot] = old.right[from] ?? 0;
      this.#size += 1;
    }
  }
}
