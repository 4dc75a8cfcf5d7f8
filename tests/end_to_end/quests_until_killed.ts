/** A process in which learners answer and complete small quests for ever, printing a line an answer; made to be killed. */
import { BusyLearner } from "../../bench/engine/session_load.ts";
import type { Registry } from "../../src/actors/registry.ts";
import { readBadgeRules } from "../../src/boot/badge_rules.ts";
import { startEngine } from "../../src/boot/start_engine.ts";
import type { Course } from "../../src/domain/curriculum/course.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { learnerFromView } from "../../src/domain/learner/knowledge.ts";
import { learnerAddress, type LearnerCommand } from "../../src/domain/learner/messages.ts";
import { LEVEL_BANDS, type QuestTemplate } from "../../src/domain/quests/template.ts";
import { sessionAddress } from "../../src/domain/session/messages.ts";
import { CourseCache } from "../../src/effects/course_cache.ts";
import { openStore } from "../../src/store/open_store.ts";
import { itemOf } from "../domain/session/small_course.ts";

const IS_EVERYBODY_TAUGHT = true;

export const NODE = "mortal";
export const LEARNERS: readonly string[] = ["ada", "ben", "cleo"];
const ANSWERS_A_SESSION = 3;

/** Every answer that {@link BusyLearner} gives is right. */
export const ONES: Course = {
  id: "ones",
  title: "Ones",
  description: "For tests.",
  language: "en",
  licence: "CC0",
  skills: [{ id: "one", title: "One", description: "", prerequisites: [] }],
  items: Array.from(
    { length: 6 },
    (_, i) => itemOf(`one-${i}`, ["one"], 3, { kind: "number", value: "1", tolerance: 0, unit: null, factors: {} }),
  ),
};

export function rightAnswers(count: number): QuestTemplate["criteria"][number] {
  return {
    id: "right",
    text: "{count} right answers",
    weight: 1,
    evidence: {
      kind: "automatic",
      measure: { kind: "right_answers", within: "anywhere", unaided: false, difficultyMin: 1 },
      count,
    },
  };
}

/** A quest of one right answer, of two and of three, each of which may come again at once. */
const TEMPLATES: readonly QuestTemplate[] = [1, 2, 3].map((count) => ({
  id: `right-${count}`,
  kind: "mastery",
  title: "Right",
  story: "Answer.",
  tags: [],
  bands: LEVEL_BANDS,
  subject: { kind: "anything" },
  team: null,
  criteria: [rightAnswers(count)],
  threshold: 1,
  points: 10 * count,
  badges: count === 3 ? ["quest-explorer"] : [],
  days: 1,
  retries: 0,
  restDays: 0,
}));

/** The engine on the store in `dataDir`; whoever held it before is dead. */
export async function openEngine(dataDir: string, questTemplates: readonly QuestTemplate[] = TEMPLATES) {
  const opened = await openStore({ kind: "pglite", dataDir, durability: "process" });
  const { store, listings, credentials, migrate, close } = opened;
  await migrate();
  const { registry } = await startEngine({
    node: NODE,
    store,
    courses: new CourseCache(() => Promise.resolve({ course: ONES, version: 1 })),
    askModel: null,
    languageModel: null,
    newestCourses: () => Promise.resolve([ONES.id]),
    isTaught: () => Promise.resolve(IS_EVERYBODY_TAUGHT),
    listings,
    badges: await readBadgeRules(),
    questTemplates,
    meter: { count() {}, observe() {} },
  });
  return { registry, store, credentials, close };
}

/** Takes up what is offered and asks for more. What a turn of another kind has overtaken is tried again next time. */
export async function seekAdventure(registry: Registry, learnerId: string): Promise<void> {
  const outcome = await registry.read(learnerAddress(learnerId), ENGINE);
  const known = outcome.kind === "read" ? learnerFromView(outcome.state) : null;
  const accepts = (known?.quests.offers ?? []).map(({ id }): LearnerCommand => ({ type: "accept_quest", questId: id }));
  for (const command of [...accepts, { type: "seek_quests" } as const]) {
    const origin = { kind: "client", principal: { userId: learnerId, role: "student" } } as const;
    await registry.tell(learnerAddress(learnerId), command, { commandId: crypto.randomUUID(), origin });
  }
}

async function learnForEver(registry: Registry, learnerId: string): Promise<never> {
  const output = new TextEncoder();
  const origin = { kind: "client", principal: { userId: learnerId, role: "student" } } as const;
  for (;;) {
    const session = new BusyLearner(registry, crypto.randomUUID(), learnerId);
    await session.start(ONES.id);
    for (let i = 0; i < ANSWERS_A_SESSION; i++) {
      await seekAdventure(registry, learnerId);
      await session.answer();
      Deno.stdout.writeSync(output.encode(`${learnerId}\n`));
    }
    session.leave();
    await registry.tell(sessionAddress(session.sessionId), { type: "complete" }, { commandId: "complete", origin });
  }
}

if (import.meta.main) {
  const [dataDir = ""] = Deno.args;
  const { registry } = await openEngine(dataDir);
  // Two sessions of each learner at a time: their answers reach the learner in any order.
  await Promise.all([...LEARNERS, ...LEARNERS].map((learnerId) => learnForEver(registry, learnerId)));
}
