/** What runs beside a debate's turns: words for the AI and drafted judgements, where there is a language model. */
import type { EffectRunner } from "../actors/ports.ts";
import { assertNever } from "../domain/assert_never.ts";
import type {
  DebateCommand,
  DebateEffect,
  DraftJudgementEffect,
  WordStatementsEffect,
} from "../domain/debate/messages.ts";
import type { LanguageModel, LlmOutcome } from "../domain/llm/language_model.ts";

const WORDING_TOKENS_MAX = 220;
const JUDGEMENT_TOKENS_MAX = 900;
const JUDGEMENT_MS_MAX = 25_000;

const WORDING_RULES = `You speak for one side in a debate between school students aged 12 and over, as an AI.
Put the argument in "argument" in other words, in 1 to 3 plain sentences of English, at most 500 characters. Keep what it
denies, what it compares and the words that carry it. Where there is "answered", it is what the other side said: take up
its words and answer it with the argument. Keep to the argument's meaning. Add no fact, figure, name, source or link that is not in it. Speak of arguments, never of
people, and never of yourself; tell nobody what to do. Give the sentences alone.`;

const JUDGEMENT_RULES = `You draft a judgement of one school student's part in a debate; a teacher will check it.
Judge five criteria from 0 (not shown) to 4 (shown strongly): claim, evidence, reasoning, rebuttal, civility.
Answer with one JSON object: {"claim":{"score":0,"quotes":[],"why":""},"evidence":{…},"reasoning":{…},"rebuttal":{…},
"civility":{…}}. "quotes": up to 3 passages copied letter for letter from the statements, at least one where the score is
above 0. "why": one friendly sentence to the student, at most 250 characters. Judge what is there, not the opinion held.`;

const unheard = () => undefined;

/** The text, where it is whole. */
function wholeText(outcome: LlmOutcome): string | null {
  return outcome.kind === "answered" && !outcome.isCut ? outcome.text : null;
}

async function word(
  model: LanguageModel | null,
  effect: WordStatementsEffect,
  signal: AbortSignal,
): Promise<DebateCommand> {
  const { turn, motion, statements, answerMsMax, learnerId, classId } = effect;
  if (model === null || answerMsMax === 0) return { type: "statements_worded", turn, texts: [] };
  const outcomes = await Promise.all(statements.map(({ text, answers }) => {
    const data = [{ name: "motion", text: motion }, { name: "argument", text }];
    if (answers !== null) data.push({ name: "answered", text: answers });
    const question = {
      purpose: "debate",
      rules: WORDING_RULES,
      data,
      form: "text",
      tokensMax: WORDING_TOKENS_MAX,
      answerMsMax,
      learnerId,
      classId,
    } as const;
    return model.ask(question, unheard, signal);
  }));
  return { type: "statements_worded", turn, texts: outcomes.map(wholeText) };
}

async function draft(
  model: LanguageModel | null,
  { userId, motion, statements, classId }: DraftJudgementEffect,
  signal: AbortSignal,
): Promise<DebateCommand> {
  if (model === null) return { type: "judgement_not_drafted", userId, reason: "there is no language model" };
  const outcome = await model.ask(
    {
      purpose: "debate",
      rules: JUDGEMENT_RULES,
      data: [
        { name: "motion", text: motion },
        ...statements.map(({ number, kind, text }) => ({ name: `${kind}_${number}`, text })),
      ],
      form: "json",
      tokensMax: JUDGEMENT_TOKENS_MAX,
      answerMsMax: JUDGEMENT_MS_MAX,
      learnerId: userId,
      classId,
    },
    unheard,
    signal,
  );
  const text = wholeText(outcome);
  if (text !== null) return { type: "judgement_drafted", userId, text };
  const reason = outcome.kind === "no_answer" ? outcome.reason : "the answer was too long";
  return { type: "judgement_not_drafted", userId, reason };
}

/** @param model null where the deployment runs without one */
export function createDebateEffects(model: LanguageModel | null): EffectRunner<DebateEffect, DebateCommand> {
  return (effect, _actor, signal) => {
    switch (effect.kind) {
      case "word_statements":
        return word(model, effect, signal);
      case "draft_judgement":
        return draft(model, effect, signal);
      default:
        return assertNever(effect);
    }
  };
}
