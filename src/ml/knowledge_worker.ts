/** The worker that owns a backend and the knowledge model; it answers one batch of questions at a time. */
import { assertNever } from "../domain/assert_never.ts";
import { deviceLoss, planBackends, startBackend } from "./backend.ts";
import { answerQuestions } from "./knowledge/answer_questions.ts";
import { KnowledgeModelError } from "./knowledge/knowledge_manifest.ts";
import { type KnowledgeModel, loadKnowledgeModel } from "./knowledge/knowledge_model.ts";
import type { FromKnowledgeWorker, KnowledgeReport, ToKnowledgeWorker } from "./knowledge_protocol.ts";

/** The worker's end of the channel: `self`, as the DOM's worker library types it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToKnowledgeWorker>) => void) | null;
  postMessage(message: FromKnowledgeWorker): void;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Loads and proves the model on the best backend that computes it right. @throws KnowledgeModelError */
async function openModel(
  { backend, folder }: Extract<ToKnowledgeWorker, { kind: "start" }>,
): Promise<{ readonly model: KnowledgeModel; readonly report: KnowledgeReport }> {
  const plan = await planBackends(backend);
  const notes = [...plan.notes];
  for (const name of plan.order) {
    try {
      await startBackend(name);
      const model = await loadKnowledgeModel(folder);
      return { model, report: { backend: name, model: model.id, notes } };
    } catch (error) {
      // Files at fault stay at fault on every backend.
      if (error instanceof KnowledgeModelError) throw error;
      notes.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new KnowledgeModelError(`no backend runs the model in ${folder}: ${notes.join("; ")}`);
}

/** Answers messages in the order they came. */
function serve(scope: WorkerScope): void {
  let model: KnowledgeModel | null = null;

  async function answer(message: ToKnowledgeWorker): Promise<void> {
    switch (message.kind) {
      case "start": {
        const opened = await openModel(message);
        model = opened.model;
        scope.postMessage({ kind: "started", report: opened.report });
        scope.postMessage({ kind: "device_lost", reason: await deviceLoss() });
        return;
      }
      case "ask": {
        if (model === null) throw new TypeError("a batch came before the model was loaded");
        const answers = await answerQuestions(model, message.questions);
        scope.postMessage({ kind: "answered", batch: message.batch, answers });
        return;
      }
      default:
        assertNever(message);
    }
  }

  scope.onmessage = (event) => {
    const message = event.data;
    answer(message).catch((error: unknown) => {
      const reason = reasonOf(error);
      scope.postMessage(
        message.kind === "start"
          ? { kind: "start_failed", reason }
          : { kind: "ask_failed", batch: message.batch, reason },
      );
    });
  };
}

serve(globalThis as typeof globalThis & WorkerScope);
