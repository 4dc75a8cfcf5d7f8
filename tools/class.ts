/**
 * Holds a simulated class over the real protocol and checks what came of it. Run:
 * deno task class [--students N] [--minutes M] [--seed S] [--chaos] [--json] [--url URL --teacher LOGIN]
 * Exits with 1 when something that must hold did not, with 2 when the command line cannot be followed.
 */
import { ClassUsageError, PASSWORD_VARIABLE, readClassOptions } from "./class/class_options.ts";
import { classJson, classTable } from "./class/class_report.ts";
import { ClassFailedError, holdClass } from "./class/hold_class.ts";
import { ProgressLine } from "./class/progress_line.ts";

try {
  const options = readClassOptions(Deno.args, Deno.env.get(PASSWORD_VARIABLE));
  const report = await holdClass(options, new ProgressLine());
  const look = Deno.stdout.isTerminal() ? "colours" : "plain";
  console.log(options.output === "json" ? classJson(report) : classTable(report, look));
  Deno.exit(report.checks.every(({ holds }) => holds) ? 0 : 1);
} catch (error) {
  if (!(error instanceof ClassUsageError || error instanceof ClassFailedError)) throw error;
  console.error(error.message);
  Deno.exit(error instanceof ClassUsageError ? 2 : 1);
}
