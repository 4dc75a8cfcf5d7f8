/** A room's task as one of its audiences may see it: no key while it is open, no answer before answers are shown. */
import { publicItem } from "../curriculum/public_item.ts";
import { entryOf } from "../entry_of.ts";
import { type Json, plainJson } from "../json.ts";
import type { RoomAudience } from "./permission.ts";
import type { OwnAnswers, Task, TaskOutcome } from "./task.ts";

type JsonObject = { readonly [key: string]: Json };

export function answersJson(answers: OwnAnswers): Json {
  return Object.entries(answers).map(([userId, response]) => ({ user_id: userId, response: plainJson(response) }));
}

export function outcomeJson({ by, response, answer, grade, solution }: TaskOutcome): JsonObject {
  return {
    by,
    response: response === null ? null : plainJson(response),
    answer,
    correct: grade?.correct ?? null,
    score: grade?.score ?? null,
    correct_answer: solution?.correctAnswer ?? null,
    explanation: solution?.explanation ?? null,
  };
}

function stepJson({ step, answers }: Task): JsonObject {
  switch (step.kind) {
    case "alone":
      return { step: "alone", due_at_ms: step.dueMs, answered: Object.keys(answers) };
    case "turns": {
      const { turn, userId, dueMs, proposal } = step;
      const proposed = proposal === null
        ? null
        : { by: proposal.by, response: plainJson(proposal.response), agreed: proposal.agreed };
      return { step: "turns", turn, turn_of: userId, due_at_ms: dueMs, proposal: proposed };
    }
    case "closing":
      return { step: "closing" };
    case "over":
      return { step: "over", outcome: outcomeJson(step.outcome) };
  }
}

export function taskJson(task: Task, audience: RoomAudience): JsonObject {
  const { number, item, mode, graded, answers, step } = task;
  const own = audience.kind === "member" ? entryOf(answers, audience.userId) : null;
  // The staff sees what is being answered: it is their class.
  const areShown = step.kind !== "alone" || audience.kind === "staff";
  return {
    task: number,
    item: publicItem(item),
    mode,
    graded,
    your_answer: own === null ? null : plainJson(own),
    answers: areShown ? answersJson(answers) : null,
    ...stepJson(task),
  };
}
