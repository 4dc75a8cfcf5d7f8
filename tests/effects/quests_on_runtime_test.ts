/** Quests on the real runtime: proposed, shared, judged; a process that dies at any moment pays nobody twice. */
import assert from "node:assert/strict";
import { type Address, addressOf } from "../../src/domain/address.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { learnerFromView } from "../../src/domain/learner/knowledge.ts";
import { learnerAddress, type LearnerCommand } from "../../src/domain/learner/messages.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { QUEST_BOARD } from "../../src/domain/quest_board/messages.ts";
import type { CriterionTemplate, QuestTemplate } from "../../src/domain/quests/template.ts";
import { submissionAddress, type SubmissionCommand } from "../../src/domain/submission/messages.ts";
import { teamQuestAddress } from "../../src/domain/team_quest/messages.ts";
import { chainCourse } from "../domain/adaptive/practice_course.ts";
import { factOf } from "../domain/learner/learner_run.ts";
import { LessonWorld } from "./lesson_world.ts";

const DAY_MS = 86_400_000;
const COURSE = chainCourse(["a", "b"], 3, "fresh");
const TESS: Principal = { userId: "tess", role: "teacher" };
const BADGES = [{
  id: "together",
  title: "Together",
  description: "-",
  points: 5,
  criterion: { kind: "quest" },
}] as const;

function template(id: string, criteria: readonly CriterionTemplate[], terms: Partial<QuestTemplate>): QuestTemplate {
  return {
    id,
    kind: "collaboration",
    title: id,
    story: "Go on.",
    tags: [],
    bands: ["newcomer"],
    subject: { kind: "anything" },
    team: null,
    criteria,
    threshold: 0.6,
    points: 30,
    badges: [],
    days: 7,
    retries: 1,
    restDays: 7,
    ...terms,
  };
}

const MEASURE = { kind: "right_answers", within: "anywhere", unaided: false, difficultyMin: 1 } as const;
const RELAY = template("relay", [
  { id: "right", text: "{count} together", weight: 1, evidence: { kind: "automatic", measure: MEASURE, count: 4 } },
], { team: { sizeMin: 2, sizeMax: 3 }, badges: ["together"] });
const LEVELS = [0, 1, 2].map((points) => ({ points, text: `level ${points}` }));
const ESSAY = template("essay", [
  { id: "clear", text: "Clear", weight: 1, evidence: { kind: "assisted", levels: LEVELS } },
], { kind: "explanation" });

/** People in a world that dies and comes back before whatever they do. */
class QuestWorld {
  readonly world: LessonWorld;
  #commands = 0;

  constructor(templates: readonly QuestTemplate[]) {
    this.world = new LessonWorld(COURSE, null, { badges: BADGES, questTemplates: templates });
  }

  async crash(): Promise<void> {
    this.world.kill();
    await this.world.start();
  }

  /** The process dies and comes back when `days` have passed. */
  async away(days: number): Promise<void> {
    this.world.kill();
    const backAtMs = this.world.time.nowMs() + days * DAY_MS;
    this.world.time.in(days * DAY_MS, () => {});
    await this.world.until(() => this.world.time.nowMs() >= backAtMs);
    await this.world.start();
  }

  /** Sends the command, dies, and sends it again as one whose answer was lost: it must not be done twice. */
  async send<Command>(
    to: Address<Command>,
    command: Command,
    origin: Parameters<LessonWorld["registry"]["tell"]>[2]["origin"],
  ) {
    const from = { commandId: `c${this.#commands++}`, origin };
    const tell = () => this.world.settled(this.world.registry.tell(to, command, from));
    const first = await tell();
    assert.equal(first.kind, "done", JSON.stringify(first));
    await this.crash();
    const again = await tell();
    assert.ok(again.kind === "done" && again.repeated);
    await this.delivered();
    return Object(again.body);
  }

  does(userId: string, command: LearnerCommand) {
    return this.send(learnerAddress(userId), command, { kind: "client", principal: { userId, role: "student" } });
  }

  /** A right answer, told by the learner's session. */
  answers(userId: string) {
    const answer = { ...factOf(COURSE.id, Math.ceil(this.world.time.nowMs())), sighting: null };
    const origin = { kind: "actor", sender: addressOf("session", `of-${userId}`), seq: ++this.#commands } as const;
    return this.send(learnerAddress(userId), { type: "record_answer", answer }, origin);
  }

  async delivered(): Promise<void> {
    await this.world.until(() => this.world.store.tables.pending("only", 10).length === 0);
  }

  async quests(userId: string) {
    const outcome = await this.world.settled(this.world.registry.read(learnerAddress(userId), ENGINE));
    const learner = outcome.kind === "read" ? learnerFromView(outcome.state) : null;
    assert.ok(learner);
    return learner.quests;
  }

  /** Asks for quests until one is offered; gives its id. */
  async offeredTo(userId: string): Promise<string> {
    await this.does(userId, { type: "seek_quests" });
    for (;;) {
      const [offer] = (await this.quests(userId)).offers;
      if (offer !== undefined) return offer.id;
      assert.ok(await this.world.time.step(), "nothing is offered");
    }
  }

  /** Numbers of the learner's events by type. */
  counts(userId: string, ...types: readonly string[]): readonly number[] {
    const events = this.world.store.tables.read(learnerAddress(userId), 0, 10_000);
    return types.map((type) => events.filter((event) => event.type === type).length);
  }
}

const ENDED = ["quest_completed", "points_awarded", "badge_earned"];

Deno.test("[Q7] [X2] a team's quest is completed once for each who had a part, by a server that dies before every step", async () => {
  const quests = new QuestWorld([RELAY]);
  await quests.world.start();
  const { team_id } = await quests.does("ada", { type: "accept_quest", questId: await quests.offeredTo("ada") });
  for (const userId of ["bob", "cleo"]) await quests.does(userId, { type: "join_team", teamId: team_id });
  await quests.does("dan", { type: "join_team", teamId: team_id });
  assert.deepEqual(quests.counts("dan", "team_join_refused", "quest_accepted"), [1, 0], "the team is full");
  for (const userId of ["ada", "ada", "ada", "ada"]) await quests.answers(userId);
  assert.deepEqual(quests.counts("ada", ...ENDED), [0, 0, 0], "one alone is no team");
  await quests.answers("bob");
  for (const userId of ["ada", "bob"]) {
    assert.deepEqual(quests.counts(userId, ...ENDED), [1, 2, 1], `${userId}: completed, paid with the badge's points`);
  }
  assert.deepEqual(quests.counts("cleo", ...ENDED, "quest_closed"), [0, 0, 0, 1]);
  await quests.answers("ada");
  assert.deepEqual(quests.counts("ada", ...ENDED), [1, 2, 1]);
  const board = await quests.world.settled(quests.world.registry.read(QUEST_BOARD, TESS));
  assert.deepEqual(board.kind === "read" && board.state, {
    counts: { "relay:newcomer": { accepted: 1, passed: 0, completed: 2, dropped: 1 } },
  });
  const team = teamQuestAddress(team_id);
  const asDan = await quests.world.settled(quests.world.registry.read(team, { userId: "dan", role: "student" }));
  const asBob = await quests.world.settled(quests.world.registry.read(team, { userId: "bob", role: "student" }));
  assert.deepEqual([asDan.kind, asBob.kind], ["forbidden", "read"]);
});

Deno.test("[Q7] [T1] a team that runs out of time is told so once, and who left is not told", async () => {
  const quests = new QuestWorld([RELAY]);
  await quests.world.start();
  const { team_id } = await quests.does("ada", { type: "accept_quest", questId: await quests.offeredTo("ada") });
  for (const userId of ["bob", "cleo"]) await quests.does(userId, { type: "join_team", teamId: team_id });
  const [active] = (await quests.quests("cleo")).active;
  await quests.does("cleo", { type: "abandon_quest", questId: active?.quest.id ?? "" });
  await quests.answers("bob");
  await quests.away(8);
  await quests.world.until(() => quests.counts("ada", "quest_closed")[0] === 1);
  await quests.delivered();
  const outcomes = ["ada", "bob", "cleo"].map((userId) =>
    quests.world.store.tables.read(learnerAddress(userId), 0, 1_000)
      .filter(({ type }) => type === "quest_closed").map(({ body }) => Object(body).outcome)
  );
  assert.deepEqual(outcomes, [["expired"], ["expired"], ["abandoned"]]);
});

Deno.test("[Q8] [X2] a submission waits in the teachers' list; judged once, it completes the quest once", async () => {
  const quests = new QuestWorld([ESSAY]);
  await quests.world.start();
  const questId = await quests.offeredTo("ada");
  await quests.does("ada", { type: "accept_quest", questId });
  await quests.does("ada", { type: "submit_quest", questId, answers: {}, text: "Because it is so.", digest: "d" });
  const address = submissionAddress("ada", questId, 1);
  const row = () => quests.world.store.tables.listingOf(address);
  assert.deepEqual([row()?.ownerId, row()?.status], ["staff", "waiting"]);
  const teacher = { kind: "client", principal: TESS } as const;
  const evaluate = (points: number): SubmissionCommand => ({
    type: "evaluate",
    points: { clear: points },
    comment: "Yes.",
  });
  const misfit = await quests.world.settled(
    quests.world.registry.tell(address, evaluate(7), { commandId: "misfit", origin: teacher }),
  );
  assert.equal(misfit.kind === "rejected" && misfit.code, "bad_points");
  await quests.send(address, evaluate(2), teacher);
  assert.equal(row()?.status, "evaluated");
  assert.deepEqual(quests.counts("ada", ...ENDED), [1, 1, 0]);
  const again = await quests.world.settled(
    quests.world.registry.tell(address, evaluate(2), { commandId: "again", origin: teacher }),
  );
  assert.equal(again.kind === "rejected" && again.code, "not_waiting");
});
