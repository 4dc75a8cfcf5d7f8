/** What is kept of a learner's emotion with their consent: theirs to read and to delete, and nobody else's (M9). */
import type { Principal } from "../domain/principal.ts";
import type { EmotionMinutes } from "./emotion_minutes.ts";
import type { EmotionHistoryFilter, EmotionMinute } from "../domain/affect/emotion_minute.ts";
import type { EmotionHistory, Page } from "./ports.ts";

export interface EmotionRecordParts {
  readonly emotionHistory: EmotionHistory;
  readonly emotionMinutes: Pick<EmotionMinutes, "drop">;
}

export class EmotionRecords {
  constructor(private readonly parts: EmotionRecordParts) {}

  /** A learner's own summaries, newest first. */
  history(
    { userId }: Principal,
    filter: EmotionHistoryFilter,
    cursor: string | null,
    limit: number,
  ): Promise<Page<EmotionMinute>> {
    return this.parts.emotionHistory.page(userId, filter, cursor, limit);
  }

  /** Deletes a learner's own history, what still waits to be stored included. */
  async erase({ userId }: Principal): Promise<void> {
    await this.parts.emotionMinutes.drop(userId);
    await this.parts.emotionHistory.erase(userId);
  }
}
