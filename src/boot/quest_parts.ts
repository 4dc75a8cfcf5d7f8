/** Where proposals of quests read what they rest on beside the learner: templates, engagement, courses, classes. */
import type { Registry } from "../actors/registry.ts";
import { ENGINE } from "../domain/engine.ts";
import { boardFromView } from "../domain/quest_board/aggregate.ts";
import { QUEST_BOARD } from "../domain/quest_board/messages.ts";
import type { QuestTemplate } from "../domain/quests/template.ts";
import type { QuestParts } from "../effects/propose_quests.ts";

export function questParts(
  registry: () => Registry,
  templates: readonly QuestTemplate[],
  { newestCourses, isTaught }: Pick<QuestParts, "newestCourses" | "isTaught">,
): QuestParts {
  return {
    templates,
    newestCourses,
    isTaught,
    async readBoard() {
      const outcome = await registry().read(QUEST_BOARD, ENGINE);
      const board = outcome.kind === "read" ? boardFromView(outcome.state) : null;
      return outcome.kind === "read" && board !== null ? { board, seq: outcome.seq } : null;
    },
  };
}
