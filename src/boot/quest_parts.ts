/** Where proposals of quests read what they rest on beside the learner: templates, engagement, courses. */
import type { Registry } from "../actors/registry.ts";
import { ENGINE } from "../domain/engine.ts";
import { boardFromView } from "../domain/quest_board/aggregate.ts";
import { QUEST_BOARD } from "../domain/quest_board/messages.ts";
import type { ActivityKind, QuestTemplate } from "../domain/quests/template.ts";
import type { QuestParts } from "../effects/propose_quests.ts";

/** No kind of actor of this engine tells learners of rooms or explanations to peers yet. */
const ACTIVITIES: readonly ActivityKind[] = ["debate"];

export function questParts(
  registry: () => Registry,
  templates: readonly QuestTemplate[],
  newestCourses: (limit: number) => Promise<readonly string[]>,
): QuestParts {
  return {
    templates,
    activities: new Set(ACTIVITIES),
    newestCourses,
    async readBoard() {
      const outcome = await registry().read(QUEST_BOARD, ENGINE);
      const board = outcome.kind === "read" ? boardFromView(outcome.state) : null;
      return outcome.kind === "read" && board !== null ? { board, seq: outcome.seq } : null;
    },
  };
}
