/** What a simulated learner does with others after a session: a room, an explanation in it, a debate. */
import { addressOf } from "../../src/domain/address.ts";
import { entryOf } from "../../src/domain/entry_of.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { amountOf, emptyTally } from "../../src/domain/quests/tally.ts";
import type { ActivityKind } from "../../src/domain/quests/template.ts";
import type { Agenda } from "./agenda.ts";
import type { Habits } from "./habits.ts";
import type { Student } from "./student.ts";
import type { VirtualSchool } from "./virtual_school.ts";

const MINUTE_MS = 60_000;
const LASTS_MS = 25 * MINUTE_MS;
/** Chance after a session of a room for the most sociable, of a debate for the best writers. */
const ROOM_SHARE = 0.25;
const DEBATE_SHARE = 0.08;
/** Chance, in a room, of an explanation that others rate well, for the best writers. */
const EXPLAINS = 0.4;
/** What a quest that asks for it adds to each, for the most persistent. */
const WANTED = 0.4;

/** Whether a quest under way asks for more of them. */
function isWanted(school: VirtualSchool, { id }: Student, kind: ActivityKind): boolean {
  return school.learner(id).quests.active.some(({ quest, tallies }) =>
    quest.criteria.some(({ id: criterionId, evidence }) => {
      if (evidence.kind !== "automatic" || evidence.measure.kind !== "activities") return false;
      const { measure, count } = evidence;
      const amount = amountOf(measure, entryOf(tallies, criterionId) ?? emptyTally(measure));
      return measure.activity === kind && amount < count;
    })
  );
}

function usualShare({ sociability, writing }: Habits, kind: ActivityKind): number {
  const shares = {
    debate: DEBATE_SHARE * writing,
    colearning: ROOM_SHARE * sociability,
    explanation: EXPLAINS * writing,
  };
  return shares[kind];
}

/** Begins what they find company for; what they did there is told once it is over. */
export function keepCompany(school: VirtualSchool, agenda: Agenda, student: Student): void {
  const { id, habits, random } = student;
  const sinceMs = agenda.nowMs;
  const isUp = (kind: ActivityKind) =>
    random() < usualShare(habits, kind) + (isWanted(school, student, kind) ? WANTED * habits.persistence : 0);
  const done = (place: "room" | "debate", kinds: readonly ActivityKind[]) =>
    agenda.at(sinceMs + LASTS_MS, async () => {
      const name = `${id}.${sinceMs.toString(36)}`;
      for (const [i, kind] of kinds.entries()) {
        const activity = {
          kind,
          id: name,
          courseId: null,
          skills: [],
          partners: [],
          subject: name,
          sinceMs,
          atMs: agenda.nowMs,
        };
        const from = { kind: "actor", sender: addressOf(place, name), seq: i + 1 } as const;
        await school.tell(learnerAddress(id), { type: "record_activity", activity }, from);
      }
    });
  // Who has something to explain looks for a room.
  if (isUp("colearning") || (isWanted(school, student, "explanation") && isUp("explanation"))) {
    done("room", isUp("explanation") ? ["explanation", "colearning"] : ["colearning"]);
  } else if (isUp("debate")) done("debate", ["debate"]);
}
