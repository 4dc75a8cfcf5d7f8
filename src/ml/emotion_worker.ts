/** The worker that owns a backend and both networks; it reads one batch of frames at a time. */
import { openImageDecoder } from "./decode_image.ts";
import type { EmotionDialogue } from "./emotion_protocol.ts";
import { FrameReader } from "./frame_reader.ts";
import { modelFolders, openModels } from "./proven_models.ts";
import { serveBatches } from "./serve_batches.ts";
import { standBack } from "./stand_back.ts";

serveBatches<EmotionDialogue>(async ({ backend, emotionModelPath }) => {
  // Lessons come first: while cores are short, frames are dropped rather than answers kept waiting.
  const unchanged = standBack();
  const models = await openModels(backend, modelFolders(emotionModelPath));
  const { decoder, notes } = await openImageDecoder();
  const reader = new FrameReader(decoder, models.faces, models.emotions);
  return {
    report: {
      backend: models.backend,
      faceModel: models.faces.id,
      emotionModel: models.emotions.id,
      imageDecoder: decoder.name,
      warmUpMs: models.warmUpMs,
      notes: [...models.notes, ...notes, ...unchanged],
    },
    answer: (frames) => reader.read(frames),
  };
});
