/** The worker in which one course is checked: hundreds of draws of thousands of items would hold up live classes. */
/// <reference lib="deno.worker" />
import { checkCourse } from "../domain/curriculum/check_course.ts";
import type { Course } from "../domain/curriculum/course.ts";

self.onmessage = ({ data }: MessageEvent<Course>) => self.postMessage(checkCourse(data));
