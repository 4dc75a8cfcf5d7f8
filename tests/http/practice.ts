/** Gives learners answers as their sessions would tell them, placed in a course's catalogue. */
import assert from "node:assert/strict";
import type { Registry } from "../../src/actors/registry.ts";
import { FEATURES } from "../../src/domain/adaptive/encode.ts";
import { addressOf } from "../../src/domain/address.ts";
import { courseAddress } from "../../src/domain/course/messages.ts";
import { statisticsFromView } from "../../src/domain/course/view.ts";
import type { Course } from "../../src/domain/curriculum/course.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { type AnswerFact, learnerAddress } from "../../src/domain/learner/messages.ts";

export class Practice {
  #answers = 0;

  constructor(private readonly registry: Registry, private readonly course: Course) {}

  /** One answer of the learner to the item numbered `item`, after the course has taken it in. */
  async answer(learnerId: string, item: number, atMs: number, outcome: "right" | "wrong" = "right"): Promise<void> {
    const { registry, course } = this;
    const seq = ++this.#answers;
    const authored = course.items[item];
    assert.ok(authored);
    const { id: itemId, skills, difficulty } = authored;
    const correct = outcome === "right";
    const answer: AnswerFact = {
      sessionId: "practice",
      courseId: course.id,
      itemId,
      skills,
      difficulty,
      correct,
      score: correct ? 1 : 0,
      hintsUsed: 0,
      responseMs: 8_000,
      atMs,
      presentations: [],
      behaviour: [],
      sighting: {
        place: await this.#placeOf(item),
        difficulty: 0,
        features: Array.from({ length: FEATURES }, () => 0),
      },
    };
    const origin = { kind: "actor", sender: addressOf("session", `practice-${learnerId}`.slice(0, 64)), seq } as const;
    const from = { commandId: `practice-${seq}`, origin };
    const reply = await registry.tell(learnerAddress(learnerId), { type: "record_answer", answer }, from);
    assert.equal(reply.kind, "done", JSON.stringify(reply));
  }

  async #placeOf(item: number) {
    const { registry, course } = this;
    const items = course.items.map(({ id, skills, difficulty }) => ({ id, skills, difficulty }));
    const from = { commandId: `list-${this.#answers}`, origin: { kind: "effect", basisSeq: 0 } } as const;
    await registry.tell(courseAddress(course.id), { type: "list_items", items }, from);
    const outcome = await registry.read(courseAddress(course.id), ENGINE);
    assert.equal(outcome.kind, "read");
    const authored = course.items[item];
    const place = authored === undefined ? null : statisticsFromView(outcome.state)?.placeOf(authored);
    assert.ok(place);
    return place;
  }
}
