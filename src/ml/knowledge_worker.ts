/** The worker that owns a backend and the knowledge model; it answers one batch of questions at a time. */
import { planBackends, startBackend } from "./backend.ts";
import { answerQuestions } from "./knowledge/answer_questions.ts";
import { KnowledgeModelError } from "./knowledge/knowledge_manifest.ts";
import { loadKnowledgeModel } from "./knowledge/load_knowledge_model.ts";
import type { KnowledgeDialogue } from "./knowledge_protocol.ts";
import { type OpenedModels, serveBatches } from "./serve_batches.ts";

/** Loads and proves the model on the best backend that computes it right. @throws KnowledgeModelError */
async function openModel({ backend, folder }: KnowledgeDialogue["setup"]): Promise<OpenedModels<KnowledgeDialogue>> {
  const plan = await planBackends(backend);
  const notes = [...plan.notes];
  for (const name of plan.order) {
    try {
      await startBackend(name);
      const model = await loadKnowledgeModel(folder);
      const report = { backend: name, model: model.id, notes };
      return { report, answer: (questions) => answerQuestions(model, questions) };
    } catch (error) {
      // Files at fault stay at fault on every backend.
      if (error instanceof KnowledgeModelError) throw error;
      notes.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new KnowledgeModelError(`no backend runs the model in ${folder}: ${notes.join("; ")}`);
}

serveBatches(openModel);
