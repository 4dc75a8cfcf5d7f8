/** Counts and Elo difficulties of the items, or of the skills, of one catalogue, by dense number. */

/** Parallel lists by number; what lies beyond their end was never answered and reads as 0. */
export interface RatedGroup {
  readonly answers: number[];
  readonly right: number[];
  /** How many answers moved the difficulty: the step shrinks with it. */
  readonly moves: number[];
  /** Deviation from the mean above it in the hierarchy, in logits. */
  readonly difficulty: number[];
}

export function newRatedGroup(): RatedGroup {
  return { answers: [], right: [], moves: [], difficulty: [] };
}

export function copyRatedGroup({ answers, right, moves, difficulty }: RatedGroup): RatedGroup {
  return { answers: answers.slice(), right: right.slice(), moves: moves.slice(), difficulty: difficulty.slice() };
}

/** Lengthens the lists to hold `number`, without holes, which would make them slow. */
function reach(group: RatedGroup, number: number): void {
  while (group.answers.length <= number) {
    group.answers.push(0);
    group.right.push(0);
    group.moves.push(0);
    group.difficulty.push(0);
  }
}

export function countIn(group: RatedGroup, number: number, correct: boolean): void {
  reach(group, number);
  group.answers[number] = (group.answers[number] ?? 0) + 1;
  if (correct) group.right[number] = (group.right[number] ?? 0) + 1;
}

/** Lowers the difficulty of `number` by `step(moves so far, this one included)`. */
export function moveIn(group: RatedGroup, number: number, stepMax: number, stepShrink: number): void {
  reach(group, number);
  const moves = (group.moves[number] ?? 0) + 1;
  group.moves[number] = moves;
  group.difficulty[number] = (group.difficulty[number] ?? 0) - stepMax / (1 + stepShrink * moves);
}
