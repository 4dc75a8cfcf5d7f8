/** What a simulated learner does about quests: looks at offers, works towards some, hands in, gives up. */
import type { Random } from "../../src/domain/adaptive/simulation/draws.ts";
import type { Difficulty, Response } from "../../src/domain/curriculum/rendered_item.ts";
import { evaluateQuest } from "../../src/domain/quests/evaluate.ts";
import type { ActiveQuest, Criterion, Quest } from "../../src/domain/quests/quest.ts";
import { ACTIVE_MAX } from "../../src/domain/quests/state.ts";
import { rightAnswer, wrongAnswer } from "./keyed_answer.ts";
import type { Habits } from "./habits.ts";
import type { Student } from "./student.ts";
import type { VirtualSchool } from "./virtual_school.ts";

/** Chance, whenever they look, to turn an offer down for good that they do not take up. */
const DECLINES = 0.1;
/** Chance, whenever they look, to give a quest up for who has no persistence at all. */
const ABANDONS = 0.04;
/** Chance to sit down for a text that a quest asks for, for the best writers. */
const WRITES = 0.6;
/** Chance to answer a quest's question now. */
const ANSWERS_NOW = 0.5;
/** How often a question on a known skill goes wrong, and one on an unknown skill right. */
const SLIP = 0.1;
const GUESS = 0.2;

/** Whether all that is counted is done, so that only what is answered or judged is left. */
function isCountedDone(active: ActiveQuest): boolean {
  const counted = new Set(
    active.quest.criteria.filter(({ evidence }) => evidence.kind === "automatic").map(({ id }) => id),
  );
  return evaluateQuest(active).results.every(({ criterionId, score }) => !counted.has(criterionId) || score === 1);
}

/** By appetite for quests, taste for this kind, and the room that those under way leave. */
function takesUp({ habits, random }: Student, { kind }: Quest, underWay: number): boolean {
  const room = 1 - underWay / ACTIVE_MAX;
  return random() < habits.questAppeal * (habits.taste.get(kind) ?? 1) * room;
}

async function lookAtOffers(school: VirtualSchool, student: Student): Promise<void> {
  await school.does(student.id, { type: "seek_quests" });
  for (const quest of school.learner(student.id).quests.offers) {
    const { active } = school.learner(student.id).quests;
    if (takesUp(student, quest, active.length)) {
      await school.does(student.id, { type: "accept_quest", questId: quest.id });
    } else if (student.random() < DECLINES) {
      await school.does(student.id, { type: "decline_quest", questId: quest.id });
    }
  }
}

function answersTo({ truth, random }: Student, { criteria, subject }: Quest): { [criterionId: string]: Response } {
  const isKnown = subject.skills.every((id) => truth.hasMastered(id));
  const answers: { [criterionId: string]: Response } = {};
  for (const { id, evidence } of criteria) {
    if (evidence.kind !== "keyed") continue;
    const isRight = random() < (isKnown ? 1 - SLIP : GUESS);
    answers[id] = isRight ? rightAnswer(evidence.question) : wrongAnswer(evidence.question);
  }
  return answers;
}

function isWritten({ evidence }: Criterion): boolean {
  return evidence.kind === "rubric" || evidence.kind === "assisted";
}

/** Hands in once what is counted is done, when they get round to it. */
async function handIn(school: VirtualSchool, student: Student, active: ActiveQuest): Promise<void> {
  const { quest, phase } = active;
  const isCounted = quest.criteria.every(({ evidence }) => evidence.kind === "automatic");
  if (active.teamId !== null || phase.kind === "under_review" || isCounted || !isCountedDone(active)) return;
  const { habits, random } = student;
  const chance = quest.criteria.some(isWritten) ? WRITES * habits.writing : ANSWERS_NOW;
  if (random() >= chance) return;
  const answers = answersTo(student, quest);
  await school.does(student.id, {
    type: "submit_quest",
    questId: quest.id,
    answers,
    text: "What I think of it.",
    digest: quest.id,
  });
}

/** All that a learner does about quests when they open the course, and again before they close it. */
export async function actOnQuests(school: VirtualSchool, student: Student): Promise<void> {
  const { id, habits, random } = student;
  for (const active of school.learner(id).quests.active) {
    if (random() < ABANDONS * (1 - habits.persistence)) {
      await school.does(id, { type: "abandon_quest", questId: active.quest.id });
    } else await handIn(school, student, active);
  }
  await lookAtOffers(school, student);
}

/** The quest that a session is meant for; null where they just go on with the course. */
export function questInMind(
  actives: readonly ActiveQuest[],
  { persistence }: Habits,
  random: Random,
): ActiveQuest | null {
  const open = actives.filter(({ phase }) => phase.kind === "open");
  const [soonest] = [...open].sort((a, b) => a.deadlineMs - b.deadlineMs);
  return soonest !== undefined && random() < persistence ? soonest : null;
}

/** What a session for a quest asks for. */
export interface SessionWish {
  readonly topic: string | null;
  readonly difficulty: Difficulty | null;
  /** The quest counts only what is done without hints. */
  readonly shunsHints: boolean;
}

export const NO_WISH: SessionWish = { topic: null, difficulty: null, shunsHints: false };

export function wishOf({ quest: { criteria, subject } }: ActiveQuest): SessionWish {
  const measures = criteria.flatMap(({ evidence }) => evidence.kind === "automatic" ? [evidence.measure] : []);
  const hardest = measures.flatMap((measure) => measure.kind === "right_answers" ? [measure.difficultyMin] : [])
    .filter((difficulty) => difficulty > 1).sort().at(-1);
  const shunsHints = measures.some((measure) => "unaided" in measure && measure.unaided);
  return { topic: subject.skills[0] ?? null, difficulty: hardest ?? null, shunsHints };
}
