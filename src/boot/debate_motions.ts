/** Reads the motions that can be debated, with their maps of arguments, checked before anything starts. */
import { z } from "zod";
import { checkMotion } from "../domain/debate/check_motion.ts";
import { STATEMENT_LENGTH_MAX } from "../domain/debate/limits.ts";
import { ARGUMENT_KINDS, type Motion, SIDES } from "../domain/debate/motion.ts";

const MOTIONS_FOLDER = new URL("../../content/debates/", import.meta.url);
const ARGUMENTS_MAX = 100;
const AGE_MIN = 12;
const AGE_MAX = 18;

export class BadDebateMotionsError extends Error {
  override readonly name = "BadDebateMotionsError";
}

const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(40);
const lineSchema = z.string().trim().min(1);

const motionSchema = z.strictObject({
  id: idSchema,
  title: lineSchema.max(120),
  background: lineSchema.max(600),
  ageMin: z.int().min(AGE_MIN).max(AGE_MAX),
  arguments: z.array(z.strictObject({
    id: idSchema,
    side: z.enum(SIDES),
    kind: z.enum(ARGUMENT_KINDS),
    target: idSchema.nullable(),
    text: lineSchema.max(STATEMENT_LENGTH_MAX),
    source: lineSchema.max(200).nullable(),
  })).max(ARGUMENTS_MAX),
}) satisfies z.ZodType<Motion>;

async function readFile(file: URL): Promise<Motion> {
  try {
    return motionSchema.parse(JSON.parse(await Deno.readTextFile(file)));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new BadDebateMotionsError(`${file.pathname} holds no motion: ${why}`, { cause });
  }
}

/**
 * A motion a file, by their ids.
 * @throws BadDebateMotionsError with what is wrong with the first bad file, or with every fault of the maps
 */
export async function readDebateMotions(folder: URL = MOTIONS_FOLDER): Promise<readonly Motion[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".json")) names.push(name);
  const motions: Motion[] = [];
  for (const name of names.sort()) motions.push(await readFile(new URL(name, folder)));
  const faults = motions.flatMap((motion) => checkMotion(motion).map((one) => ({ ...one, motion: motion.id })));
  const twice = motions.filter(({ id }, i) => motions.findIndex((one) => one.id === id) !== i);
  for (const { id } of twice) faults.push({ motion: id, path: "id", message: "is used twice" });
  if (faults.length > 0) {
    const lines = faults.map(({ motion, path, message }) => `${motion}/${path}: ${message}`);
    throw new BadDebateMotionsError(lines.join("\n"));
  }
  return motions;
}
