/** Data sets made up for tests of training and evaluation: learners of different ability on items of different difficulty. */
import { randomFrom } from "../../../src/domain/random.ts";
import type { LearnerAnswers } from "../../../src/ml/training/read_answers.ts";

/** How large a made-up data set is. */
export interface MadeUpSize {
  readonly learners: number;
  readonly answers: number;
  readonly items: number;
  readonly skills: number;
}

/** Each learner's answers follow the logistic model: ability minus difficulty, both spread over ±2 logits. */
export function madeUpLearners(seed: number, { learners, answers, items, skills }: MadeUpSize): LearnerAnswers[] {
  const random = randomFrom(seed);
  const spread = () => 4 * random() - 2;
  const places = Array.from(
    { length: items },
    (_, item) => ({ item, skills: [item % skills], skillSet: item % skills }),
  );
  const difficulties = places.map(spread);
  return Array.from({ length: learners }, (_, learner) => {
    const ability = spread();
    const history = Array.from({ length: answers }, (_, index) => {
      const item = Math.floor(random() * items);
      const logit = ability - (difficulties[item] ?? 0);
      return {
        place: places[item] ?? { item, skills: [], skillSet: 0 },
        correct: random() < 1 / (1 + Math.exp(-logit)),
        atS: index * 100,
        responseMs: Math.floor(1000 + random() * 60_000),
      };
    });
    return { learner: `learner ${learner}`, answers: history };
  });
}

/** The learners as a file in the format of recorded data. */
export function asCsv(learners: readonly LearnerAnswers[]): string {
  const rows = learners.flatMap(({ learner, answers }) =>
    answers.map(({ place, correct, atS, responseMs }) =>
      [learner, place.item, place.skills.join(";"), correct ? 1 : 0, atS ?? "", responseMs ?? ""].join(",")
    )
  );
  return ["user,item,skills,correct,t_s,rt_ms", ...rows, ""].join("\n");
}
