/** Checks a text with placeholders before anything is drawn. */
import { checkNames } from "./check_parameters.ts";
import { checkText } from "./check_text.ts";
import type { CourseFault } from "./course.ts";
import { ExpressionSyntaxError } from "./expression_errors.ts";
import { parseTemplate } from "./template.ts";

/** A text that is neither empty nor too long and whose placeholders can all be filled. */
export function checkTemplate(text: string, known: ReadonlySet<string>, path: string): readonly CourseFault[] {
  const faults = checkText(text, path);
  if (faults.length > 0) return faults;
  try {
    return parseTemplate(text).flatMap((part) => {
      if (part.kind === "literal") return [];
      return checkNames(part.kind === "value" ? part.expression : part.condition, known, path);
    });
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [{ path, message: error.message }];
    throw error;
  }
}
