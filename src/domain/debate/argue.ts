/** What the AI says in its turn, out of the authored map alone: nothing twice, and a point conceded when nothing is left. */
import { assertNever } from "../assert_never.ts";
import { bm25 } from "./bm25.ts";
import type { NewStatement } from "./messages.ts";
import type { AuthoredArgument, Motion, Side } from "./motion.ts";
import { type Turn, turnOf } from "./plan.ts";
import type { OpenedDebate, Statement } from "./state.ts";
import { sharedStems, stemsOf } from "./words.ts";

/** Fewer words in common, those that much of the map has apart, and an answer would be beside the point. */
const SHARED_STEMS_MIN = 2;
/** Of the arguments; a word in more of them says what the debate is about, not which point is meant. */
const COMMON_SHARE = 0.3;
const CONCESSION = "I have no further answer to this point, so I let it stand.";

/** What the AI has to hand: its side of the map without what it has said, and what the other side said. */
class Case {
  readonly said: NewStatement[] = [];

  constructor(readonly debate: OpenedDebate, readonly turn: Turn, readonly sizeMax: number) {}

  get side(): Side {
    return this.turn.side;
  }

  get isFull(): boolean {
    return this.said.length >= this.sizeMax;
  }

  /** Arguments of its side that were not made yet. */
  unused(): readonly AuthoredArgument[] {
    const made = [...this.debate.statements, ...this.said].map(({ argumentId }) => argumentId);
    return this.debate.plan.motion.arguments.filter((one) => one.side === this.side && !made.includes(one.id));
  }

  /** Points of the other side that it has not answered, newest first. */
  open(): readonly Statement[] {
    const answered = [...this.debate.statements, ...this.said].map(({ target }) => target);
    return this.debate.statements.filter((one) =>
      one.side !== this.side && one.kind !== "concession" && !answered.includes(one.number)
    ).toReversed();
  }

  make({ id, kind, text, source }: AuthoredArgument, target: number | null): number {
    const number = this.debate.statements.length + this.said.length + 1;
    this.#push({ kind, target, text, source, argumentId: id });
    return number;
  }

  concede(target: number): void {
    this.#push({ kind: "concession", target, text: CONCESSION, source: null, argumentId: null });
  }

  #push(one: Pick<NewStatement, "kind" | "target" | "text" | "source" | "argumentId">): void {
    this.said.push({ turn: this.turn.number, by: { kind: "ai" }, wordedBy: "author", ...one });
  }
}

/** A rebuttal with what it was written against, so that either may meet the learner's words. */
function matterOf({ target, text }: AuthoredArgument, all: readonly AuthoredArgument[]): string {
  const against = all.find(({ id }) => id === target)?.text ?? "";
  return `${text} ${against}`;
}

/** Words of the motion's title, and those that many of its arguments have. */
function commonStems({ title, arguments: all }: Motion): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of all) {
    for (const stem of new Set(stemsOf(text))) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  const common = [...counts].filter(([, count]) => count > COMMON_SHARE * all.length).map(([stem]) => stem);
  return new Set([...stemsOf(title), ...common]);
}

/** The authored rebuttal that fits `point` best among those not made yet; null when none is to the point. */
function counterTo(point: string, mine: Case): AuthoredArgument | null {
  const { motion } = mine.debate.plan;
  const common = commonStems(motion);
  const candidates = mine.unused().filter(({ kind }) => kind === "rebuttal");
  const matters = candidates.map((one) => matterOf(one, motion.arguments));
  const scores = bm25(point, matters);
  const ranked = candidates
    .map((argument, i) => ({ argument, score: scores[i] ?? 0, shared: sharedStems(point, matters[i] ?? "", common) }))
    .filter(({ shared }) => shared >= SHARED_STEMS_MIN)
    .sort((a, b) => b.score - a.score);
  return ranked[0]?.argument ?? null;
}

/** Support or evidence for an argument that has been made as statement `number`. */
function back(argumentId: string, number: number, mine: Case): void {
  const backing = mine.unused().find(({ target }) => target === argumentId);
  if (backing !== undefined && !mine.isFull) mine.make(backing, number);
}

function claimMore(mine: Case): void {
  while (!mine.isFull) {
    const claim = mine.unused().find(({ kind }) => kind === "claim");
    if (claim === undefined) return;
    back(claim.id, mine.make(claim, null), mine);
  }
}

function answer(mine: Case): void {
  for (const point of mine.open()) {
    const counter = mine.isFull ? null : counterTo(point.text, mine);
    if (counter !== null) back(counter.id, mine.make(counter, point.number), mine);
  }
}

/** What it has said before, with more to rest on. */
function sumUp(mine: Case): void {
  const before = mine.debate.statements.filter(({ side }) => side === mine.side);
  for (const { argumentId, number } of before) if (argumentId !== null) back(argumentId, number, mine);
}

function concedeNewest(mine: Case): void {
  const [newest] = mine.open();
  if (mine.said.length === 0 && newest !== undefined) mine.concede(newest.number);
}

/** The AI's statements for turn `number` of its own; none when it has nothing to add and nothing to concede. */
export function arguedByAi(debate: OpenedDebate, number: number): readonly NewStatement[] {
  const turn = turnOf(debate.plan, number);
  if (turn === null || turn.speaker.kind !== "ai") return [];
  const mine = new Case(debate, turn, debate.plan.statementsATurn);
  switch (turn.round) {
    case "opening":
      claimMore(mine);
      break;
    case "rebuttal":
      answer(mine);
      if (mine.said.length === 0) claimMore(mine);
      concedeNewest(mine);
      break;
    case "closing":
      answer(mine);
      sumUp(mine);
      concedeNewest(mine);
      break;
    default:
      return assertNever(turn.round);
  }
  return mine.said;
}
