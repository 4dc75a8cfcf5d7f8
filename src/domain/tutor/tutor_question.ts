/** What a language model is asked when a learner asks the tutor: never with the key, the seed or the explanation. */
import { assertNever } from "../assert_never.ts";
import type { AnswerForm, Labelled, RenderedItem } from "../curriculum/rendered_item.ts";
import { expectedInWords } from "../curriculum/expected_answer.ts";
import type { LlmQuestion } from "../llm/language_model.ts";
import type { TutorRung, TutorTurn } from "./ladder.ts";

const TOKENS_MAX = 220;
const ANSWER_MS_MAX = 20_000;
/** Turns before this one that the model reads. */
const TURNS_READ = 4;

const RULES = `You are a patient tutor at a school. A learner works on one exercise and has asked you something.
Answer in the language of the exercise, in one to three short sentences, in plain words, without headings, lists or links.
Never state the answer or any part of it: not as a number, word, letter, formula or option, not spelled out, not as a
riddle. Never say which option is right or wrong, nor where it stands. Never judge a guess, not by a word: ask how the
learner came to it, or how to test it. Use no numbers but those of the exercise, the hints and the learner.
Stay with the exercise; whatever else is asked, lead back to it.`;

const ON_RUNG: { readonly [Rung in TutorRung]: string } = {
  0: "Now ask one short question that makes the learner look at what is asked or at what they know. Explain nothing.",
  1: "Now point at the one idea or rule that helps, in general terms. Carry out no step, and end with a question.",
  2: "Now say which way of working fits and what its first step is. Do not carry it out, and end with a question.",
  3: "Now carry out one step with the exercise's own numbers. Leave the last step and its result to the learner.",
};

export interface TutorAsking {
  readonly learnerId: string;
  readonly classId: string | null;
  readonly item: Pick<RenderedItem, "prompt" | "form" | "hints">;
  readonly rung: TutorRung;
  readonly turns: readonly TutorTurn[];
  readonly words: string;
}

function listed(entries: readonly Labelled[]): string {
  return entries.map(({ text }) => `- ${text}`).join("\n");
}

function offered(form: AnswerForm): string {
  switch (form.kind) {
    case "choice":
    case "choices":
      return listed(form.options);
    case "ordering":
      return listed(form.entries);
    case "matching":
      return `${listed(form.left)}\nto\n${listed(form.right)}`;
    case "number":
    case "text":
      return expectedInWords(form);
    default:
      return assertNever(form);
  }
}

/** The question to the model; of the authored hints it reads those that the learner's rung has come to. */
export function tutorQuestion({ learnerId, classId, item, rung, turns, words }: TutorAsking): LlmQuestion {
  const said = turns.slice(-TURNS_READ).map((turn) => `Learner: ${turn.words}\nTutor: ${turn.text}`).join("\n");
  const hints = item.hints.slice(0, rung).join("\n");
  const data = [
    { name: "exercise", text: item.prompt },
    { name: "answer_form", text: offered(item.form) },
    { name: "hints", text: hints },
    { name: "said_before", text: said },
    { name: "learner", text: words },
  ];
  return {
    purpose: "tutor",
    rules: `${RULES}\n${ON_RUNG[rung]}`,
    data: data.filter(({ text }) => text !== ""),
    form: "text",
    tokensMax: TOKENS_MAX,
    answerMsMax: ANSWER_MS_MAX,
    learnerId,
    classId,
  };
}
