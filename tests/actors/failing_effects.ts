/** Effects that go wrong: those asked to hang never answer, all others fail. */
import type { EffectRunner } from "../../src/actors/ports.ts";
import { ExplosionError, type NotebookCommand, type Question } from "./notebook.ts";

export const effectFailures: EffectRunner<Question, NotebookCommand> = ({ question }) =>
  question === "hang" ? new Promise(() => {}) : Promise.reject(new ExplosionError(question));
