/** Limits on the ids and texts of a course. */
import type { CourseFault } from "./course.ts";

const ID_LENGTH_MAX = 64;
const TEXT_LENGTH_MAX = 4_000;

/** Lower-case words joined by `-`, `_` or `.`: safe in a URL, a log line and a file name. */
const ID = /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/;

export function checkId(id: string, path: string): readonly CourseFault[] {
  if (id.length <= ID_LENGTH_MAX && ID.test(id)) return [];
  const shown = id.slice(0, ID_LENGTH_MAX);
  return [{
    path,
    message: `"${shown}" is no id; use a-z, 0-9 and single - _ . between them, at most ${ID_LENGTH_MAX} characters`,
  }];
}

export function checkText(text: string, path: string): readonly CourseFault[] {
  if (text.trim() === "") return [{ path, message: "is empty; write something" }];
  if (text.length <= TEXT_LENGTH_MAX) return [];
  return [{ path, message: `has ${text.length} characters; at most ${TEXT_LENGTH_MAX} are allowed` }];
}
