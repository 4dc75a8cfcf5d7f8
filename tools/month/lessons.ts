/** Simulated learners at work: each opens the course, looks at quests, answers item after item, goes. */
import { rightIn } from "../../src/domain/adaptive/met_item.ts";
import { normalAround } from "../../src/domain/adaptive/simulation/draws.ts";
import type { Course, Item } from "../../src/domain/curriculum/course.ts";
import type { Origin } from "../../src/domain/decision.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { evaluateQuest } from "../../src/domain/quests/evaluate.ts";
import { scoreShareAfterHints } from "../../src/domain/session/limits.ts";
import {
  type CompletionCause,
  type PastItem,
  sessionAddress,
  type SessionPlan,
} from "../../src/domain/session/messages.ts";
import { EMPTY_TALLY, type Tally, withAnswer } from "../../src/domain/session/tally.ts";
import { createChooseItem } from "../../src/effects/choose_item.ts";
import type { Agenda } from "./agenda.ts";
import { keepCompany } from "./company.ts";
import { actOnQuests, NO_WISH, questInMind, wishOf } from "./quest_choices.ts";
import type { Student } from "./student.ts";
import type { VirtualSchool } from "./virtual_school.ts";

/** A session in progress. */
interface Sitting {
  readonly student: Student;
  readonly sessionId: string;
  readonly plan: SessionPlan;
  readonly startedAtMs: number;
  readonly history: readonly PastItem[];
  readonly tally: Tally;
  /** A quest that they have in mind asks for answers without hints. */
  readonly shunsHints: boolean;
}

/** What they aim at: the usual three right in four. */
const TARGET_PROBABILITY = 0.75;
const READING_MS = 3_000;
const ANSWER_SPREAD = 0.5;
/** How much a hint brings a wrong answer nearer. */
const HINT_HELP = 0.3;
/** Chance to stop after a wrong answer for who has no persistence at all. */
const GIVES_UP = 0.15;
/** From here on a quest is near enough to go on for. */
const NEAR_PROGRESS = 0.6;
const EXTRA_ITEMS = 5;

function from(sessionId: string): Origin {
  return { kind: "actor", sender: sessionAddress(sessionId), seq: 1 };
}

export class Lessons {
  readonly #school: VirtualSchool;
  readonly #agenda: Agenda;
  readonly #items: ReadonlyMap<string, Item>;
  readonly #courseId: string;
  readonly #choose;
  readonly #signal = new AbortController().signal;

  constructor(school: VirtualSchool, agenda: Agenda, course: Course) {
    this.#school = school;
    this.#agenda = agenda;
    this.#courseId = course.id;
    this.#items = new Map(course.items.map((item) => [item.id, item]));
    this.#choose = createChooseItem({ ...school.sources, askedOf: () => Promise.resolve([]) });
  }

  /** Begins a session now; the rest of it follows on the agenda. */
  async begin(student: Student): Promise<void> {
    await actOnQuests(this.#school, student);
    const { id, habits, random } = student;
    const startedAtMs = this.#agenda.nowMs;
    const inMind = questInMind(this.#school.learner(id).quests.active, habits, random);
    const wants = inMind === null ? NO_WISH : wishOf(inMind);
    const isNear = inMind !== null && evaluateQuest(inMind).score >= NEAR_PROGRESS;
    await this.#next({
      student,
      sessionId: `${id}.${startedAtMs.toString(36)}`,
      plan: {
        learnerId: id,
        courseId: this.#courseId,
        classId: null,
        topic: wants.topic,
        learningObjectives: [],
        difficulty: wants.difficulty,
        targetItems: habits.sessionItems + (isNear ? EXTRA_ITEMS : 0),
      },
      startedAtMs,
      history: [],
      tally: EMPTY_TALLY,
      shunsHints: wants.shunsHints,
    });
  }

  /** Chooses an item as the engine does; the answer comes when the student is done with it. */
  async #next(sitting: Sitting): Promise<void> {
    const { student: { random, habits }, plan, sessionId, history } = sitting;
    const seed = Math.floor(random() * 2 ** 32);
    const choice = await this.#choose(
      {
        kind: "choose_item",
        basisSeq: history.length,
        sessionId,
        seed,
        plan,
        history,
        right: [...rightIn(history)],
        targetProbability: TARGET_PROBABILITY,
      },
      sessionAddress(sessionId),
      this.#signal,
    );
    const item = choice.type === "serve_item" ? this.#items.get(choice.item.itemId) : undefined;
    if (choice.type !== "serve_item" || item === undefined) return await this.#end(sitting, "no_item_left");
    const responseMs = Math.round(habits.answerMsMedian * Math.exp(ANSWER_SPREAD * normalAround(random, 0, 1)));
    const { policy } = choice.receipt;
    this.#agenda.at(
      this.#agenda.nowMs + READING_MS + responseMs,
      () => this.#answer(sitting, item, policy, responseMs),
    );
  }

  async #answer(sitting: Sitting, item: Item, policy: PastItem["policy"], responseMs: number): Promise<void> {
    const { student: { random, habits, truth }, sessionId, shunsHints, history, plan } = sitting;
    const { id: itemId, skills, difficulty } = item;
    const alone = truth.probabilityRight(item);
    const hintShare = habits.hintShare * (1 - alone) * (shunsHints ? 0.3 : 1);
    const hintsUsed = random() < hintShare ? 1 : 0;
    const correct = random() < alone + (1 - alone) * HINT_HELP * hintsUsed;
    truth.practise(item, correct);
    const score = correct ? scoreShareAfterHints(hintsUsed) : 0;
    const atMs = this.#agenda.nowMs;
    const answer = { sessionId, courseId: this.#courseId, itemId, skills, difficulty, correct, score, hintsUsed };
    await this.#school.tell(learnerAddress(plan.learnerId), {
      type: "record_answer",
      answer: { ...answer, responseMs, atMs, presentations: [], behaviour: [], sighting: null },
    }, from(sessionId));
    const counted = withAnswer(sitting.tally, { correct, score, responseMs }, skills);
    const tally = {
      ...counted,
      hintsUsed: counted.hintsUsed + hintsUsed,
      timeOnTaskMs: counted.timeOnTaskMs + READING_MS + responseMs,
    };
    const after = {
      ...sitting,
      tally,
      history: [...history, { itemId, skills, correct, score, answeredAtMs: atMs, policy }],
    };
    if (tally.answered >= plan.targetItems) return await this.#end(after, "target_reached");
    if (!correct && random() < GIVES_UP * (1 - habits.persistence)) return await this.#end(after, "learner");
    await this.#next(after);
  }

  async #end({ student, sessionId, plan, startedAtMs, tally }: Sitting, cause: CompletionCause): Promise<void> {
    const { courseId, classId, topic } = plan;
    const completedAtMs = this.#agenda.nowMs;
    await this.#school.tell(learnerAddress(student.id), {
      type: "record_session",
      session: { sessionId, courseId, classId, topic, cause, startedAtMs, completedAtMs, tally },
    }, from(sessionId));
    await actOnQuests(this.#school, student);
    keepCompany(this.#school, this.#agenda, student);
  }
}
