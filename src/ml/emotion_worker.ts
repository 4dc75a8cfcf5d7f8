/** The worker that owns a backend and both networks; it reads one batch of frames at a time. */
import { assertNever } from "../domain/assert_never.ts";
import { deviceLoss } from "./backend.ts";
import { openImageDecoder } from "./decode_image.ts";
import type { FromEmotionWorker, ToEmotionWorker, WorkerReport } from "./emotion_protocol.ts";
import { FrameReader } from "./frame_reader.ts";
import { modelFolders, openModels } from "./proven_models.ts";

/** The worker's end of the channel: `self`, as the DOM's worker library types it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToEmotionWorker>) => void) | null;
  postMessage(message: FromEmotionWorker): void;
}

/** Loads and proves everything a worker needs. */
async function openReader(
  message: Extract<ToEmotionWorker, { kind: "start" }>,
): Promise<{ reader: FrameReader; report: WorkerReport }> {
  const models = await openModels(message.backend, modelFolders(message.emotionModelPath));
  const { decoder, notes } = await openImageDecoder();
  const report: WorkerReport = {
    backend: models.backend,
    faceModel: models.faces.id,
    emotionModel: models.emotions.id,
    imageDecoder: decoder.name,
    warmUpMs: models.warmUpMs,
    notes: [...models.notes, ...notes],
  };
  return { reader: new FrameReader(decoder, models.faces, models.emotions), report };
}

/** Answers messages in the order they came. */
function serve(scope: WorkerScope): void {
  let reader: FrameReader | null = null;

  async function answer(message: ToEmotionWorker): Promise<void> {
    switch (message.kind) {
      case "start": {
        const opened = await openReader(message);
        reader = opened.reader;
        scope.postMessage({ kind: "started", report: opened.report });
        scope.postMessage({ kind: "device_lost", reason: await deviceLoss() });
        return;
      }
      case "read": {
        if (reader === null) throw new TypeError("a batch came before the models were loaded");
        const reading = await reader.read(message.frames);
        scope.postMessage({ kind: "read", batch: message.batch, reading });
        return;
      }
      default:
        assertNever(message);
    }
  }

  scope.onmessage = (event) => {
    const message = event.data;
    answer(message).catch((error: unknown) => {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      scope.postMessage(
        message.kind === "start"
          ? { kind: "start_failed", reason }
          : { kind: "read_failed", batch: message.batch, reason },
      );
    });
  };
}

serve(globalThis as typeof globalThis & WorkerScope);
