/** What is kept of a learner, read from their actor, and what happened to them, read from its journal. */
import { ENGINE } from "../domain/engine.ts";
import type { Json } from "../domain/json.ts";
import { createLearner } from "../domain/learner/aggregate.ts";
import type { LearnerState } from "../domain/learner/knowledge.ts";
import { learnerAddress, type LearnerEvent } from "../domain/learner/messages.ts";
import { requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { requireLearner } from "./learner_profiles.ts";
import type { History, Page } from "./ports.ts";

/** Tells events as watchers are told of them, which no badge rule changes. */
const learner = createLearner([]);

export interface LearnerRecordParts {
  readonly actors: ActorDoor;
  readonly history: History;
}

export interface Told {
  readonly seq: number;
  readonly atMs: number;
  /** As on the learner's channel. */
  readonly type: string;
  readonly data: Json;
}

export class LearnerRecords {
  constructor(private readonly parts: LearnerRecordParts) {}

  async state(learnerId: string): Promise<LearnerState> {
    return requireLearner(requireRead(await this.parts.actors.read(learnerAddress(learnerId), ENGINE)));
  }

  /** Events of the named types, newest first; `cursor` is the number of the last one shown. */
  async newest(
    learnerId: string,
    types: readonly LearnerEvent["type"][],
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<Told>> {
    const beforeSeq = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
    const stored = await this.parts.history.newest(learnerAddress(learnerId), types, beforeSeq, limit + 1);
    const shown = stored.slice(0, limit);
    const rows = shown.flatMap(({ seq, atMs, type, version, body }) => {
      const told = learner.project(learner.upcastEvent(version, type, body), "learner");
      return told === null ? [] : [{ seq, atMs, ...told }];
    });
    const last = shown.at(-1);
    return { rows, next: last !== undefined && stored.length > limit ? String(last.seq) : null };
  }
}
