/** Learners who look for partners, made up for tests of matching. */
import fc from "fast-check";
import type { Candidate, SkillStanding } from "../../../src/domain/matching/search.ts";

export const SKILLS = ["add", "cut", "map"];

export function knows(skillId: string, probability: number, error = 0.02): SkillStanding {
  return { skillId, title: skillId.toUpperCase(), probability, error };
}

/** Knows each of {@link SKILLS} so well; looks for one partner, wherever nothing else is said. */
export function person(
  userId: string,
  probabilities: readonly number[],
  more: { readonly wished?: readonly string[]; readonly notAgain?: readonly string[]; readonly error?: number } = {},
): Candidate {
  const standing = SKILLS.map((skillId, i) => knows(skillId, probabilities[i] ?? 0, more.error));
  const { wished = [], notAgain = [] } = more;
  return { userId, wished, standing, sizeMin: 2, sizeMax: 2, notAgain, waited: 0 };
}

/** So many people; `choosy` ones may wait for a size, or not be with somebody. */
export function people(
  count: { readonly min: number; readonly max: number; readonly mood: "agreeable" | "choosy" },
) {
  const isAgreeable = count.mood === "agreeable";
  const one = fc.record({
    probabilities: fc.array(fc.integer({ min: 0, max: 100 }).map((n) => n / 100), { minLength: 3, maxLength: 3 }),
    wished: fc.subarray(SKILLS),
    sizeMax: fc.integer({ min: 2, max: 4 }),
    isPatient: fc.boolean(),
    notAgain: fc.array(fc.integer({ min: 0, max: count.max - 1 }), { maxLength: isAgreeable ? 0 : 2 }),
    waited: fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
  });
  return fc.array(one, { minLength: count.min, maxLength: count.max }).map((drawn): readonly Candidate[] =>
    drawn.map(({ probabilities, wished, sizeMax, isPatient, notAgain, waited }, i) => ({
      ...person(`u${i}`, probabilities, { wished, notAgain: notAgain.filter((n) => n !== i).map((n) => `u${n}`) }),
      sizeMin: isPatient && !isAgreeable ? sizeMax : 2,
      sizeMax,
      waited,
    }))
  );
}
