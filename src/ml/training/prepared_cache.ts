/** Keeps prepared sequences on disk, so that several runs over one data set prepare it once. */
import { FEATURES, FEATURES_VERSION } from "../../domain/adaptive/encode.ts";
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import { prepareSequences, type StatisticsMode } from "./prepare_sequences.ts";
import { readAnswers } from "./read_answers.ts";
import { type Part, PARTS, type Split, splitLearners } from "./split_learners.ts";

/** Raised when sequences come out differently from the same answers and features. */
const PREPARATION_VERSION = 2;
/** Features and Elo logits are 32-bit floats; an outcome is one byte. */
const BYTES_PER_FLOAT = 4;

/** How many answers each learner of each part gave. */
type Lengths = { readonly [part in Part]: readonly number[] };

async function cachePath(cacheDir: string, path: string, seed: number, mode: StatisticsMode): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await Deno.readFile(path)));
  const versions = `f${FEATURES_VERSION}p${PREPARATION_VERSION}`;
  return `${cacheDir}/${digest.toHex().slice(0, 16)}-${mode}-${seed}-${versions}`;
}

async function readFileIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Cuts one block of all sequences, `perAnswer` numbers an answer, at their lengths. */
function* slices(lengths: readonly number[], perAnswer: number): Generator<readonly [from: number, to: number]> {
  let from = 0;
  for (const length of lengths) {
    yield [from, from + length * perAnswer];
    from += length * perAnswer;
  }
}

function unpack(bytes: Uint8Array<ArrayBuffer>, lengths: Lengths): Split<AnswerSequence> {
  const all = PARTS.flatMap((part) => lengths[part]);
  const answers = all.reduce((sum, length) => sum + length, 0);
  const features = new Float32Array(bytes.buffer, 0, answers * FEATURES);
  const eloLogits = new Float32Array(bytes.buffer, features.byteLength, answers);
  const correct = new Uint8Array(bytes.buffer, features.byteLength + eloLogits.byteLength, answers);
  const rows = [...slices(all, FEATURES)];
  const sequences = [...slices(all, 1)].map(([from, to], index) => ({
    features: features.subarray(...(rows[index] ?? [0, 0])),
    eloLogits: eloLogits.subarray(from, to),
    correct: correct.subarray(from, to),
  }));
  const trainings = lengths.training.length;
  const tests = trainings + lengths.validation.length;
  return {
    training: sequences.slice(0, trainings),
    validation: sequences.slice(trainings, tests),
    test: sequences.slice(tests),
  };
}

function pack(split: Split<AnswerSequence>): Uint8Array<ArrayBuffer> {
  const all = PARTS.flatMap((part) => split[part]);
  const answers = all.reduce((sum, { correct }) => sum + correct.length, 0);
  const bytes = new Uint8Array(answers * ((FEATURES + 1) * BYTES_PER_FLOAT + 1));
  const features = new Float32Array(bytes.buffer, 0, answers * FEATURES);
  const eloLogits = new Float32Array(bytes.buffer, features.byteLength, answers);
  const correct = new Uint8Array(bytes.buffer, features.byteLength + eloLogits.byteLength, answers);
  let at = 0;
  for (const sequence of all) {
    features.set(sequence.features, at * FEATURES);
    eloLogits.set(sequence.eloLogits, at);
    correct.set(sequence.correct, at);
    at += sequence.correct.length;
  }
  return bytes;
}

function lengthsOf(split: Split<AnswerSequence>): Lengths {
  const of = (part: Part) => split[part].map(({ correct }) => correct.length);
  return { training: of("training"), validation: of("validation"), test: of("test") };
}

/**
 * The sequences of the data set at `path` under the 72 / 8 / 20 split of `seed`, from `cacheDir` where an equal file was
 * prepared before. Null keeps nothing. The lengths file is written last: a broken write is prepared again.
 */
export async function preparedSequences(
  path: string,
  seed: number,
  mode: StatisticsMode,
  cacheDir: string | null,
): Promise<Split<AnswerSequence>> {
  const cached = cacheDir === null ? null : await cachePath(cacheDir, path, seed, mode);
  if (cached !== null) {
    const lengths = await readFileIfThere(`${cached}.json`);
    const bytes = lengths === null ? null : await readFileIfThere(`${cached}.bin`);
    if (lengths !== null && bytes !== null) return unpack(bytes, JSON.parse(new TextDecoder().decode(lengths)));
  }
  const split = prepareSequences(splitLearners((await readAnswers(path)).learners, seed), mode);
  if (cacheDir !== null && cached !== null) {
    await Deno.mkdir(cacheDir, { recursive: true });
    await Deno.writeFile(`${cached}.bin`, pack(split));
    await Deno.writeTextFile(`${cached}.json`, JSON.stringify(lengthsOf(split)));
  }
  return split;
}
