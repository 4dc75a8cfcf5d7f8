/** Work in a live lesson: a learner's own session in it, what its teachers see, and what the class's questions teach. */
import assert from "node:assert/strict";
import type { Broadcast } from "../../src/actors/envelope.ts";
import { classroomAddress, type ClassroomCommand } from "../../src/domain/classroom/messages.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { learnerFromView } from "../../src/domain/learner/knowledge.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { entry, PLAN } from "../domain/classroom/lesson_run.ts";
import { EngineWorld } from "./engine_world.ts";
import { openItem } from "./open_item.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

/** A lesson as its teacher holds it, with everything that they are told. */
class HeldLesson {
  readonly id = crypto.randomUUID();
  readonly heard: Broadcast[] = [];
  readonly #waiting: (() => void)[] = [];
  #commands = 0;

  constructor(private readonly teacher: Principal) {}

  get address() {
    return classroomAddress(this.id);
  }

  async tell(principal: Principal, command: ClassroomCommand): Promise<void> {
    const from = { commandId: `t${++this.#commands}`, origin: { kind: "client", principal } } as const;
    const reply = await world.registry.tell(this.address, command, from);
    assert.equal(reply.kind, "done", JSON.stringify(reply));
  }

  wish(command: ClassroomCommand): Promise<void> {
    return this.tell(this.teacher, command);
  }

  async watch(): Promise<void> {
    const watcher = {
      deliver: (broadcast: Broadcast) => {
        this.heard.push(broadcast);
        for (const go of this.#waiting.splice(0)) go();
      },
      lost: () => {},
    };
    await world.registry.watch(this.address, this.teacher, null, watcher);
  }

  /** Waits until the teacher's view, looked at whenever something was told, holds this. */
  async sees(holds: (view: ReturnType<typeof JSON.parse>) => boolean) {
    for (;;) {
      const told = new Promise<void>((resolve) => void this.#waiting.push(resolve));
      const outcome = await world.registry.read(this.address, this.teacher);
      const view = JSON.parse(JSON.stringify(outcome.kind === "read" ? outcome.state : {}));
      if (holds(view)) return view;
      await told;
    }
  }
}

async function held(change: Partial<typeof PLAN> = {}) {
  const edge = await world.serve();
  const [teacher, student] = await edge.signUpAll("teacher", "student");
  const { body: made } = await edge.ask("POST", "/api/v1/classes", { token: teacher.token, body: { title: "one" } });
  const lesson = new HeldLesson({ userId: teacher.id, role: "teacher" });
  const plan = { ...PLAN, classId: made.id, courseId: "doubling", ...change };
  await lesson.wish({ type: "open_lesson", plan, roster: [entry(teacher.id, { part: "teacher" }), entry(student.id)] });
  await lesson.watch();
  await lesson.wish({ type: "start", reason: null });
  const pupil: Principal = { userId: student.id, role: "student" };
  const start = (body: object = {}) =>
    edge.ask("POST", "/api/v1/sessions", {
      token: student.token,
      body: { course_id: "doubling", class_id: made.id, lesson_id: lesson.id, ...body },
    });
  return { edge, lesson, student, pupil, start };
}

Deno.test("[J12] a session of the lesson shows its teachers the item, a wrong answer, the mastery that moved; an override reaches it", async () => {
  const { lesson, pupil, start } = await held();
  await lesson.tell(pupil, { type: "enter" });
  const begun = await start();
  assert.equal(begun.status, 201, JSON.stringify(begun.body));
  assert.equal(begun.body.lesson_id, lesson.id);
  const { id: sessionId } = begun.body;
  const item = await openItem(world.registry, sessionId, pupil.userId);
  await lesson.sees((view) => view.students[0].work?.item_id !== undefined && view.students[0].work?.item_id !== null);
  const answer = { type: "answer", item, response: { kind: "number", value: -1, unit: null } } as const;
  const from = { commandId: "answer", origin: { kind: "client", principal: pupil } } as const;
  assert.equal((await world.registry.tell(sessionAddress(sessionId), answer, from)).kind, "done");
  const view = await lesson.sees((view) => view.students[0].mastery_change !== null && view.wrong_answers.length > 0);
  assert.equal(view.students[0].work.answered, 1);
  assert.ok(view.students[0].mastery_change < 0);
  assert.deepEqual([view.wrong_answers[0].answer, view.wrong_answers[0].user_ids], ["-1", [pupil.userId]]);
  assert.equal(view.skills[0].answered, 1);
  const next = await openItem(world.registry, sessionId, pupil.userId, item);
  await lesson.wish({
    type: "override_item",
    userId: pupil.userId,
    itemId: view.wrong_answers[0].item_id,
    reason: "once more",
  });
  assert.ok(await openItem(world.registry, sessionId, pupil.userId, next) > next);
  await lesson.wish({ type: "pause", reason: null });
  await lesson.sees((view) => view.students[0].work.status === "paused");
  await lesson.wish({ type: "resume", reason: null });
  await lesson.sees((view) => view.students[0].work.status === "active");
});

Deno.test("[J9] an answer to the class's question moves the learner's knowledge as a session's would", async () => {
  const { lesson, pupil } = await held();
  await lesson.tell(pupil, { type: "enter" });
  await lesson.wish({ type: "next", itemId: null, purpose: "question", limitMs: null, reason: null });
  const { question } = await lesson.sees((view) => view.question?.step === "open");
  assert.equal(question.answers, null);
  const response = { kind: "number", value: -1, unit: null } as const;
  await lesson.tell(pupil, {
    type: "answer",
    question: question.question,
    round: 1,
    response,
    answeredAtMs: Date.now(),
  });
  await lesson.wish({ type: "close_question", inMs: 0, reason: null });
  await lesson.wish({ type: "end_wait", reason: null });
  await lesson.wish({ type: "reveal", reason: null });
  const view = await lesson.sees((view) => view.students[0].mastery_change !== null);
  assert.deepEqual([view.students[0].answered, view.students[0].correct], [1, 0]);
  const outcome = await world.registry.read(learnerAddress(pupil.userId), ENGINE);
  const learner = outcome.kind === "read" ? learnerFromView(outcome.state) : null;
  assert.equal(learner?.answered, 1);
  assert.ok(learner?.courses.doubling, "with what was known of the item, so that the network learns of it too");
});

Deno.test("[J2] a session names a lesson only of its own class and course, once its learner has been let in", async () => {
  const { edge, lesson, pupil, start } = await held({ admission: "lobby" });
  assert.deepEqual([(await start()).body.code, (await start({ lesson_id: "nowhere" })).status], ["lesson_unfit", 404]);
  const stranger = await edge.signUp("student");
  const foreign = await edge.ask("POST", "/api/v1/sessions", {
    token: stranger.token,
    body: { course_id: "doubling", lesson_id: lesson.id },
  });
  assert.equal(foreign.status, 404);
  await lesson.wish({ type: "admit", userId: pupil.userId, reason: null });
  assert.equal((await start({ class_id: null })).body.code, "lesson_unfit");
  assert.equal((await start()).status, 201);
});
