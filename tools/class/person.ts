/** A student of a simulated class as their work at the desk and their talk in rooms know them. */
import type { Channel } from "../../web/client/neurolearn.js";
import type { Trait } from "./cast.ts";
import type { Device, Sent } from "./device.ts";
import type { Gate } from "./gate.ts";
import type { Answer, ItemSeen } from "./item_seen.ts";
import type { ClassRecord } from "./record.ts";
import type { Account, Rest } from "./rest.ts";
import type { Way } from "./way.ts";

export interface StudentParts {
  readonly account: Account;
  readonly trait: Trait;
  readonly way: Way;
  readonly lessonId: string;
  readonly questionMs: number;
  readonly itemMs: number;
  readonly record: ClassRecord;
  readonly rest: Rest;
  readonly courseId: string;
  readonly classId: string;
  /** Open while everybody works at their own pace. */
  readonly selfPaced: Gate;
}

export interface Person {
  readonly parts: StudentParts;
  readonly userId: string;
  /** The one that they hold in their hand. */
  readonly device: Device;
  /** What they gave last to a question of the class. */
  readonly lastVote: Answer | null;
  /** Commands refused, with the code. */
  readonly refusals: string[];
  answerTo(item: ItemSeen, help: number): Answer;
  askForHelp(): void;
  /** Runs beside everything else until it is done. */
  run(task: () => Promise<void>): void;
  /** Null when it was refused. */
  timedSend(device: Device, channel: Channel, command: string, args: Record<string, unknown>): Promise<Sent | null>;
}
