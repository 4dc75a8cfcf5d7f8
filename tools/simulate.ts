/**
 * Compares ways to choose the next item on simulated learners. Run:
 * deno task simulate --policy ours|random|fixed|lowest_mastery|elo75|skill_by_skill|all --learners N
 *   [--truth bkt|irt|prerequisite|all] [--seed S] [--course FILE] [--out DIR] [--json]
 */
import { z } from "zod";
import { measurePolicy } from "../src/domain/adaptive/simulation/compare_policies.ts";
import { checkCourse } from "../src/domain/curriculum/check_course.ts";
import type { Course } from "../src/domain/curriculum/course.ts";
import { courseSchema } from "../src/http/documents/course_schemas.ts";
import { drawLearningCurves } from "./learning_curves_svg.ts";
import { readSimulationOptions, type SimulationOptions, SimulationUsageError } from "./simulation_options.ts";
import { FolderError, makeWritable } from "./writable_folder.ts";
import { reportOn, simulationJson, simulationTable, type TruthReport } from "./simulation_report.ts";

async function readCourse(file: string | URL): Promise<Course> {
  const parsed = courseSchema.safeParse(await readJson(file));
  if (!parsed.success) throw new SimulationUsageError(`${file} is no course: ${z.prettifyError(parsed.error)}`);
  const faults = checkCourse(parsed.data);
  if (faults.length === 0) return parsed.data;
  throw new SimulationUsageError(faults.map(({ path, message }) => `${path}: ${message}`).join("\n"));
}

async function readJson(file: string | URL): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SimulationUsageError(`cannot read --course ${file}: ${reason}`, { cause });
  }
}

async function writePlots(folder: string, reports: readonly TruthReport[]): Promise<void> {
  for (const { truth, results } of reports) {
    const title = `Skills truly mastered, mean over learners (${truth})`;
    await Deno.writeTextFile(`${folder}/learning_curves_${truth}.svg`, drawLearningCurves(title, results));
  }
}

async function simulate(options: SimulationOptions): Promise<string> {
  const { policies, truths, learners, seed } = options;
  const course = await readCourse(options.course);
  if (options.out !== null) await makeWritable(options.out);
  const reports = truths.map((truth) => {
    const results = policies.map((policy) => {
      console.error(`${truth}: ${policy}`);
      return measurePolicy(course, truth, policy, { learners, seed });
    });
    return reportOn(truth, results, seed);
  });
  if (options.out !== null) await writePlots(options.out, reports);
  const subject = { course: course.id, learners, seed };
  return options.output === "json" ? simulationJson(subject, reports) : simulationTable(subject, reports);
}

try {
  console.log(await simulate(readSimulationOptions(Deno.args)));
} catch (error) {
  if (!(error instanceof SimulationUsageError || error instanceof FolderError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
