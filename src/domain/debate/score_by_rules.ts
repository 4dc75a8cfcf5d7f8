/** Judges a debater by rules that count what can be seen: they read words and links, and know nothing of truth. */
import { type Criterion, type CriterionScore, type Quote, type Rubric, rubricOf } from "./rubric.ts";
import type { OpenedDebate, Statement } from "./state.ts";
import { sharedStems, stemsOf } from "./words.ts";

const CLAIM_STEMS_MIN = 3;
const QUOTES_MAX = 3;
const REASON =
  /\b(?:because|therefore|hence|thus|so that|as a result|which means|this means|that means|it follows|since|if\b[^.!?]*\bthen|leads? to|due to|consequently)\b/i;
const FIGURE = /\p{N}/u;
const SENTENCE = /[^.!?]+[.!?]*/gu;

interface Read {
  readonly own: readonly Statement[];
  readonly all: readonly Statement[];
  readonly heldCount: number;
}

/** The first sentence of the statement that `holds`, letter for letter; its first one where none does. */
function quoteFrom({ number, text }: Statement, holds: (sentence: string) => boolean = () => true): Quote {
  const sentences = (text.match(SENTENCE) ?? [text]).map((one) => one.trim());
  return { statement: number, quote: sentences.find(holds) ?? sentences[0] ?? text };
}

function quotes(statements: readonly Statement[], holds?: (sentence: string) => boolean): readonly Quote[] {
  return statements.slice(0, QUOTES_MAX).map((one) => quoteFrom(one, holds));
}

function scoreClaim({ own, all }: Read): CriterionScore {
  const claims = own.filter(({ kind }) => kind === "claim");
  const clear = claims.filter(({ text }) => stemsOf(text).length >= CLAIM_STEMS_MIN);
  const backed = clear.filter(({ number, side }) => all.some((one) => one.target === number && one.side === side));
  const score = clear.length === 0 ? Math.min(1, claims.length) : Math.min(2, backed.length) + 2;
  const why = `${claims.length} claims, ${clear.length} of them full, ${backed.length} backed by their own side.`;
  return { score, grounds: quotes(backed.length > 0 ? backed : claims), why };
}

function scoreEvidence({ own }: Read): CriterionScore {
  const evidence = own.filter(({ kind }) => kind === "evidence");
  const firm = evidence.filter(({ source, text }) => source !== null || FIGURE.test(text));
  const sourced = evidence.filter(({ source }) => source !== null);
  const targets = new Set(firm.map(({ target }) => target)).size;
  const isFull = targets >= 2 && sourced.length === evidence.length;
  const score = firm.length === 0 ? Math.min(1, evidence.length) : isFull ? 4 : 1 + Math.min(2, firm.length);
  const why = `${evidence.length} pieces of evidence, ${sourced.length} with a source, for ${targets} statements.`;
  return { score, grounds: quotes(firm.length > 0 ? firm : evidence), why };
}

function scoreReasoning({ own }: Read): CriterionScore {
  const reasoned = own.filter(({ text }) => REASON.test(text));
  const isMost = reasoned.length >= 3 && 2 * reasoned.length > own.length;
  const score = isMost ? 4 : Math.min(3, reasoned.length);
  const why = `${reasoned.length} of ${own.length} statements say why.`;
  return { score, grounds: quotes(reasoned, (sentence) => REASON.test(sentence)), why };
}

function scoreRebuttal({ own, all }: Read): CriterionScore {
  const rebuttals = own.filter(({ kind }) => kind === "rebuttal");
  const met = rebuttals.filter(({ text, target }) => {
    const answered = all.find(({ number }) => number === target);
    return answered !== undefined && sharedStems(text, answered.text) > 0;
  });
  const points = new Set(met.map(({ target }) => target)).size;
  const score = points === 0 ? Math.min(1, rebuttals.length) : Math.min(4, 1 + points);
  const why = `${rebuttals.length} rebuttals, to ${points} points of the other side in its own words.`;
  return { score, grounds: quotes(met.length > 0 ? met : rebuttals), why };
}

function scoreCivility({ own, heldCount }: Read): CriterionScore {
  const why = heldCount === 0 ? "Nothing had to be held back." : `${heldCount} texts had to be held back.`;
  return { score: Math.max(0, 4 - 2 * heldCount), grounds: quotes(own.slice(0, 1)), why };
}

const SCORES: { readonly [criterion in Criterion]: (read: Read) => CriterionScore } = {
  claim: scoreClaim,
  evidence: scoreEvidence,
  reasoning: scoreReasoning,
  rebuttal: scoreRebuttal,
  civility: scoreCivility,
};

/** The judgement of one who spoke; null for who said nothing: there is nothing to judge. */
export function scoreByRules({ statements, held }: OpenedDebate, userId: string): Rubric | null {
  const own = statements.filter(({ by }) => by.kind === "learner" && by.userId === userId);
  if (own.length === 0) return null;
  const heldCount = held.filter((one) => one.userId === userId).length;
  return rubricOf((criterion) => SCORES[criterion]({ own, all: statements, heldCount }));
}
