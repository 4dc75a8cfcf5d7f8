/** The actors that quests concern, with their messages, timers and effects, under virtual time and seeded chance. */
import { type ActorId, keyOf, kindOf } from "../../src/domain/address.ts";
import type { Decision, Origin, TimerChange } from "../../src/domain/decision.ts";
import { createLearner } from "../../src/domain/learner/aggregate.ts";
import type { LearnerState } from "../../src/domain/learner/knowledge.ts";
import {
  learnerAddress,
  type LearnerCommand,
  type LearnerEffect,
  type LearnerEvent,
} from "../../src/domain/learner/messages.ts";
import { questBoard } from "../../src/domain/quest_board/aggregate.ts";
import { QUEST_BOARD } from "../../src/domain/quest_board/messages.ts";
import type { EngagementBoard } from "../../src/domain/quests/engagement.ts";
import type { QuestTemplate } from "../../src/domain/quests/template.ts";
import { randomFrom } from "../../src/domain/random.ts";
import type { BadgeRule } from "../../src/domain/rewards/badge.ts";
import { submission } from "../../src/domain/submission/aggregate.ts";
import type { Submission } from "../../src/domain/submission/messages.ts";
import type { Course } from "../../src/domain/curriculum/course.ts";
import { teamQuest } from "../../src/domain/team_quest/aggregate.ts";
import { predictByElo } from "../../src/effects/elo_predictor.ts";
import { createProposeQuests, type QuestSources } from "../../src/effects/propose_quests.ts";
import type { Agenda } from "./agenda.ts";
import { VirtualActor } from "./virtual_actor.ts";

const IS_EVERYBODY_TAUGHT = true;

type LearnerActor = VirtualActor<LearnerState, LearnerCommand, LearnerEvent, LearnerEffect>;
type AnyDecision = Decision<unknown, { readonly type: string }, { readonly kind: string }>;

/** What the simulation does not play, so that nothing is passed over unseen. */
export class NotPlayedError extends Error {
  override readonly name = "NotPlayedError";
}

export interface SchoolParts {
  readonly course: Course;
  readonly templates: readonly QuestTemplate[];
  readonly badges: readonly BadgeRule[];
  readonly seed: number;
}

/** Whoever looks on. */
export interface SchoolWatchers {
  learnerEvent(learnerId: string, event: LearnerEvent): void;
  /** A text waits for a teacher. */
  submitted(id: ActorId, submission: Submission): void;
}

interface OpenActor {
  take(command: unknown, origin: Origin): AnyDecision;
  readonly seq: number;
  /** What the actor is told once the effect has run. */
  run(effect: unknown): Promise<unknown>;
}

export class VirtualSchool {
  readonly sources: QuestSources;
  readonly #agenda: Agenda;
  readonly #watchers: SchoolWatchers;
  readonly #random: () => number;
  readonly #learnerRules;
  readonly #learners = new Map<string, LearnerActor>();
  readonly #actors = new Map<ActorId, OpenActor>();
  readonly #timers = new Map<string, TimerChange>();
  #board: EngagementBoard = {};

  constructor({ course, templates, badges, seed }: SchoolParts, agenda: Agenda, watchers: SchoolWatchers) {
    this.#agenda = agenda;
    this.#watchers = watchers;
    this.#random = randomFrom(seed);
    this.#learnerRules = createLearner(badges);
    this.sources = {
      templates,
      isTaught: () => Promise.resolve(IS_EVERYBODY_TAUGHT),
      courseById: (id) => Promise.resolve(id === course.id ? { course, version: 1 } : null),
      statisticsOf: () => Promise.resolve(null),
      readLearner: (id) => {
        const actor = this.#learner(id);
        return Promise.resolve({ learner: actor.state, seq: actor.seq });
      },
      predict: predictByElo,
      nowMs: () => agenda.nowMs,
      readBoard: () => Promise.resolve({ board: this.#board, seq: this.#actors.get(QUEST_BOARD)?.seq ?? 0 }),
      newestCourses: () => Promise.resolve([course.id]),
    };
  }

  learner(learnerId: string): LearnerState {
    return this.#learner(learnerId).state;
  }

  /** Sends as the learner; a refusal is an answer. */
  async does(learnerId: string, command: LearnerCommand): Promise<AnyDecision> {
    const principal = { userId: learnerId, role: "student" } as const;
    return await this.tell(learnerAddress(learnerId), command, { kind: "client", principal });
  }

  /** One turn and all that follows from it at once. */
  async tell(to: ActorId, command: unknown, origin: Origin): Promise<AnyDecision> {
    const actor = this.#actor(to);
    const decision = actor.take(command, origin);
    if (decision.kind !== "accepted") return decision;
    for (const change of decision.timers) this.#setTimer(to, change);
    const from = { kind: "actor", sender: to, seq: actor.seq } as const;
    for (const message of decision.messages) await this.tell(message.to, message.command, from);
    for (const effect of decision.effects) {
      await this.tell(to, await actor.run(effect), { kind: "effect", basisSeq: actor.seq });
    }
    return decision;
  }

  #setTimer(owner: ActorId, change: TimerChange): void {
    const key = `${owner}#${change.name}`;
    this.#timers.set(key, change);
    if (change.kind === "clear") return;
    const { name, dueMs, command } = change;
    this.#agenda.at(dueMs, async () => {
      if (this.#timers.get(key) !== change) return;
      this.#timers.delete(key);
      await this.tell(owner, command, { kind: "timer", name, dueMs });
    });
  }

  #learner(learnerId: string): LearnerActor {
    const known = this.#learners.get(learnerId);
    if (known !== undefined) return known;
    const actor = new VirtualActor(this.#learnerRules, learnerId);
    this.#learners.set(learnerId, actor);
    return actor;
  }

  #actor(id: ActorId): OpenActor {
    const known = this.#actors.get(id);
    if (known !== undefined) return known;
    const opened = this.#opened(id);
    this.#actors.set(id, opened);
    return opened;
  }

  #opened(id: ActorId): OpenActor {
    const key = keyOf(id);
    switch (kindOf(id)) {
      case "learner":
        return this.#openedAs(
          id,
          this.#learner(key),
          (event) => this.#watchers.learnerEvent(key, event),
          this.#propose(),
        );
      case "quests": {
        const board = new VirtualActor(questBoard, key);
        return this.#openedAs(id, board, () => {
          this.#board = board.state.counts;
        });
      }
      case "teamquest":
        return this.#openedAs(id, new VirtualActor(teamQuest, key), () => {});
      case "submission":
        return this.#openedAs(id, new VirtualActor(submission, key), (event) => {
          if (event.type === "submitted") this.#watchers.submitted(id, event.submission);
        });
    }
    throw new NotPlayedError(`nothing plays ${id}`);
  }

  #propose(): (effect: LearnerEffect) => Promise<LearnerCommand> {
    const propose = createProposeQuests(this.sources);
    const signal = new AbortController().signal;
    return (effect) => {
      if (effect.kind !== "propose_quests") throw new NotPlayedError(`nothing plays the effect ${effect.kind}`);
      return propose(effect, learnerAddress(effect.learnerId), signal);
    };
  }

  /** Without `run` effects fail, as they do where a deployment has nothing to run them on. */
  #openedAs<State, Command, Event extends { readonly type: string }, Effect extends { readonly kind: string }>(
    id: ActorId,
    actor: VirtualActor<State, Command, Event, Effect>,
    watch: (event: Event) => void,
    run: (effect: Effect) => Promise<Command> = (effect) =>
      Promise.resolve(actor.aggregate.effectFailed(effect, "nothing runs it here")),
  ): OpenActor {
    return {
      get seq() {
        return actor.seq;
      },
      run: (effect) => run(effect as Effect),
      take: (command, origin) => {
        const seed = Math.floor(this.#random() * 2 ** 32);
        const context = { actor: id, nowMs: this.#agenda.nowMs, seed, commandId: "", origin };
        const decision = actor.take(command as Command, context);
        if (decision.kind === "accepted") decision.events.forEach((event) => watch(event));
        return decision;
      },
    };
  }
}
