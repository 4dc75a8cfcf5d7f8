/** What a learner knows in one course: the knowledge itself and the answers that the network has not read yet. */
import type { Answered } from "../adaptive/answered.ts";
import { knowledgeFromSnapshot, type KnowledgeSnapshot, knowledgeSnapshot } from "../adaptive/knowledge_snapshot.ts";
import {
  abilityAt,
  type HiddenState,
  type LearnerKnowledge,
  newKnowledge,
  recordAnswer,
} from "../adaptive/learner_knowledge.ts";
import { sigmoid } from "../adaptive/logistic.ts";
import { observeExpected } from "../adaptive/observe_answer.ts";
import type { Observation } from "../adaptive/observation.ts";
import type { NetworkAnswer, Sighting } from "../adaptive/sighting.ts";
import type { AnswerFact } from "./messages.ts";

/** Answers that wait for the network. Without a model the older ones are let go; all else keeps counting. */
export const UNREAD_MAX = 32;

/** An answer that waits to be read, with the number of the event that recorded it. */
export interface UnreadAnswer extends NetworkAnswer {
  readonly seq: number;
}

/** Plain JSON. */
export interface CourseKnowledge {
  readonly knowledge: KnowledgeSnapshot;
  /** Oldest first, at most {@link UNREAD_MAX}. */
  readonly unread: readonly UnreadAnswer[];
  /** While a reading is under way: the number of the first and the last answer that it reads. */
  readonly reading: { readonly fromSeq: number; readonly untilSeq: number } | null;
  readonly lastAnswerAtMs: number;
}

/** An answer whose item had a place in the course's catalogue when it was chosen. */
export interface SightedAnswer {
  readonly fact: AnswerFact;
  readonly sighting: Sighting;
}

function answeredOf({ fact, sighting }: SightedAnswer): Answered {
  const { correct, atMs, responseMs } = fact;
  return { place: sighting.place, correct, atS: atMs / 1000, responseMs };
}

function knownIn(known: CourseKnowledge | null): LearnerKnowledge {
  return known === null ? newKnowledge() : knowledgeFromSnapshot(known.knowledge);
}

function expectedOf(knowledge: LearnerKnowledge, { place, difficulty }: Sighting): number {
  return sigmoid(abilityAt(knowledge, place) - difficulty);
}

/** What the answer teaches the course, read before the learner has learnt from it. */
export function observationOf(known: CourseKnowledge | null, answer: SightedAnswer): Observation {
  const knowledge = knownIn(known);
  return observeExpected(knowledge, answeredOf(answer), expectedOf(knowledge, answer.sighting));
}

/** The knowledge after one more answer, recorded by event number `seq`; the network has yet to read it. */
export function afterSightedAnswer(
  known: CourseKnowledge | null,
  answer: SightedAnswer,
  seq: number,
): CourseKnowledge {
  const { fact, sighting } = answer;
  const knowledge = knownIn(known);
  recordAnswer(knowledge, answeredOf(answer), expectedOf(knowledge, sighting));
  const unread = [...(known?.unread ?? []), { seq, features: sighting.features, correct: fact.correct }];
  return {
    knowledge: knowledgeSnapshot(knowledge),
    unread: unread.slice(-UNREAD_MAX),
    reading: known?.reading ?? null,
    lastAnswerAtMs: Math.max(known?.lastAnswerAtMs ?? 0, fact.atMs),
  };
}

/** With a reading of everything unread begun; as it is when one is under way or there is nothing to read. */
export function withReadingBegun(known: CourseKnowledge): CourseKnowledge {
  const [first, last] = [known.unread[0], known.unread.at(-1)];
  if (known.reading !== null || first === undefined || last === undefined) return known;
  return { ...known, reading: { fromSeq: first.seq, untilSeq: last.seq } };
}

/** With what was read: the network's memory moves on, and what came meanwhile waits for its turn. */
export function withHidden(known: CourseKnowledge, hidden: HiddenState, untilSeq: number): CourseKnowledge {
  return {
    ...known,
    knowledge: { ...known.knowledge, hidden },
    unread: known.unread.filter(({ seq }) => seq > untilSeq),
    reading: null,
  };
}
