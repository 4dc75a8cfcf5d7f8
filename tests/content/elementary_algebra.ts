/** The course under test, and its items drawn from many seeds. */
import type { Course, Item } from "../../src/domain/curriculum/course.ts";
import { renderItem } from "../../src/domain/curriculum/render_item.ts";
import type { RenderedItem } from "../../src/domain/curriculum/rendered_item.ts";

export const COURSE: Course = JSON.parse(
  Deno.readTextFileSync(new URL("../../content/elementary-algebra.json", import.meta.url)),
);

/** Spread over all 32 bits: sessions draw seeds from the whole range. */
export const SEEDS: readonly number[] = Array.from({ length: 200 }, (_, index) => (index * 0x9e3779b1) >>> 0);

export function* drawn(belongs: (item: Item) => boolean): Generator<RenderedItem> {
  for (const item of COURSE.items.filter(belongs)) {
    for (const seed of SEEDS) yield renderItem(item, seed);
  }
}

/** Where a failing assertion came from. */
export function placeOf(item: RenderedItem): string {
  return `${item.itemId} from seed ${item.seed}: ${item.prompt}`;
}

export function textsOf(item: RenderedItem): readonly string[] {
  const labels = "options" in item.form
    ? item.form.options
    : item.form.kind === "ordering"
    ? item.form.entries
    : item.form.kind === "matching"
    ? [...item.form.left, ...item.form.right]
    : [];
  return [
    item.prompt,
    ...item.hints,
    item.explanation,
    ...labels.map((label) => label.text),
    ...item.presentations.map((presentation) => presentation.body),
  ];
}
