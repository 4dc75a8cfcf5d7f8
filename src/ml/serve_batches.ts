/** A model worker's end of the dialogue: open the models once, then carry out batches in the order they come. */
import { assertNever } from "../domain/assert_never.ts";
import { deviceLoss } from "./backend.ts";
import type { FromWorker, ToWorker, WorkerDialogue } from "./worker_dialogue.ts";

/** Models that are loaded and proved. */
export interface OpenedModels<Dialogue extends WorkerDialogue> {
  readonly report: Dialogue["report"];
  answer(batch: Dialogue["batch"]): Promise<Dialogue["answer"]>;
}

/** The worker's end of the channel: `self`, as the DOM's worker library types it. */
interface WorkerScope<Dialogue extends WorkerDialogue> {
  onmessage: ((event: MessageEvent<ToWorker<Dialogue>>) => void) | null;
  postMessage(message: FromWorker<Dialogue>): void;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Answers everything the main thread says, failures included. */
export function serveBatches<Dialogue extends WorkerDialogue>(
  open: (setup: Dialogue["setup"]) => Promise<OpenedModels<Dialogue>>,
): void {
  const scope: WorkerScope<Dialogue> = globalThis as typeof globalThis & WorkerScope<Dialogue>;
  let models: OpenedModels<Dialogue> | null = null;

  async function start(setup: Dialogue["setup"]): Promise<void> {
    models = await open(setup);
    scope.postMessage({ kind: "started", report: models.report });
    void deviceLoss().then((reason) => scope.postMessage({ kind: "device_lost", reason }));
  }

  async function ask(number: number, batch: Dialogue["batch"]): Promise<void> {
    if (models === null) throw new TypeError("a batch came before the models were loaded");
    scope.postMessage({ kind: "answered", number, answer: await models.answer(batch) });
  }

  scope.onmessage = ({ data: message }) => {
    switch (message.kind) {
      case "start":
        start(message.setup).catch((error: unknown) =>
          scope.postMessage({ kind: "start_failed", reason: reasonOf(error) })
        );
        return;
      case "ask": {
        const { number, batch } = message;
        ask(number, batch).catch((error: unknown) =>
          scope.postMessage({ kind: "ask_failed", number, reason: reasonOf(error) })
        );
        return;
      }
      default:
        assertNever(message);
    }
  };
}
