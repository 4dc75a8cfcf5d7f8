/**
 * Plays a month of learners with the engine's own rules, templates and badges. Run:
 * deno task simulate:month [--learners N] [--seed S] [--out DIR] [--json]
 * Exits with 1 when somebody had no quest to take up, or books do not balance.
 */
import { readContent } from "../src/boot/content.ts";
import { courseSchema } from "../src/http/documents/course_schemas.ts";
import { faultsOf, templateResults } from "./month/month_figures.ts";
import { type MonthOptions, MonthUsageError, readMonthOptions } from "./month/month_options.ts";
import { drawCompletionCurves, drawDays, drawPoints, drawTemplates } from "./month/month_plots.ts";
import type { MonthRecord } from "./month/month_record.ts";
import { monthJson, monthTable } from "./month/month_report.ts";
import { playMonth } from "./month/play_month.ts";

const COURSE = new URL("../content/elementary-algebra.json", import.meta.url);

async function writePlots(folder: string, record: MonthRecord, templateIds: readonly string[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const plots = {
    month_completion: drawCompletionCurves(record),
    month_days: drawDays(record),
    month_points: drawPoints(record),
    month_templates: drawTemplates(templateResults(record, templateIds)),
  };
  for (const [name, svg] of Object.entries(plots)) await Deno.writeTextFile(`${folder}/${name}.svg`, svg);
}

async function simulateMonth({ learners, seed, out, output }: MonthOptions): Promise<boolean> {
  const course = courseSchema.parse(JSON.parse(await Deno.readTextFile(COURSE)));
  const { badges, questTemplates: templates } = await readContent();
  const record = await playMonth({ course, templates, badges, seed }, learners);
  const templateIds = templates.map(({ id }) => id);
  if (out !== null) await writePlots(out, record, templateIds);
  const subject = { learners, seed, templateIds };
  console.log(output === "json" ? monthJson(subject, record) : monthTable(subject, record));
  return Object.values(faultsOf(record)).every((count) => count === 0);
}

try {
  if (!await simulateMonth(readMonthOptions(Deno.args))) Deno.exit(1);
} catch (error) {
  if (!(error instanceof MonthUsageError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
