/** The dense numbers of a course's items and skills. Numbers once given stay, so that statistics outlive new versions. */
import type { ItemPlace } from "./answered.ts";
import { PLACE_NUMBERS_MAX } from "./answer_contexts.ts";

/** Ids by number, plain JSON. */
export interface Catalogue {
  readonly items: readonly string[];
  readonly skills: readonly string[];
  /** Skill numbers joined by spaces. */
  readonly skillSets: readonly string[];
}

/** What a catalogue needs to know of an item. */
export interface CataloguedItem {
  readonly id: string;
  readonly skills: readonly string[];
}

export const EMPTY_CATALOGUE: Catalogue = { items: [], skills: [], skillSets: [] };

/** A catalogue that would outgrow the numbers that contexts have room for. */
export class CatalogueFullError extends Error {
  override readonly name = "CatalogueFullError";
}

function skillSetKey(skills: readonly number[]): string {
  return skills.join(" ");
}

/** `known` followed by what is new in `ids`, each once. */
function appended(known: readonly string[], ids: readonly string[]): readonly string[] {
  const all = [...new Set([...known, ...ids])];
  if (all.length > PLACE_NUMBERS_MAX) throw new CatalogueFullError(`more than ${PLACE_NUMBERS_MAX} items or skills`);
  return all;
}

/** Finds the places of items by id. */
export class CatalogueIndex {
  readonly #items: ReadonlyMap<string, number>;
  readonly #skills: ReadonlyMap<string, number>;
  readonly #skillSets: ReadonlyMap<string, number>;

  constructor({ items, skills, skillSets }: Catalogue) {
    const numbered = (ids: readonly string[]) => new Map(ids.map((id, number) => [id, number]));
    this.#items = numbered(items);
    this.#skills = numbered(skills);
    this.#skillSets = numbered(skillSets);
  }

  skillNumber(skill: string): number | null {
    return this.#skills.get(skill) ?? null;
  }

  /** Null when the item, or this set of skills, is not in the catalogue: extend it first. */
  placeOf({ id, skills }: CataloguedItem): ItemPlace | null {
    const item = this.#items.get(id);
    const numbers = skills.flatMap((skill) => this.#skills.get(skill) ?? []);
    const skillSet = this.#skillSets.get(skillSetKey(numbers));
    if (item === undefined || skillSet === undefined || numbers.length < skills.length) return null;
    return { item, skills: numbers, skillSet };
  }
}

/**
 * The catalogue with `items` added at the end. Those that left the course keep their numbers.
 * @throws CatalogueFullError
 */
export function extendCatalogue(catalogue: Catalogue, items: readonly CataloguedItem[]): Catalogue {
  const skills = appended(catalogue.skills, items.flatMap((item) => item.skills));
  const numbers = new Map(skills.map((id, number) => [id, number]));
  const sets = items.map((item) => skillSetKey(item.skills.flatMap((skill) => numbers.get(skill) ?? [])));
  return {
    items: appended(catalogue.items, items.map(({ id }) => id)),
    skills,
    skillSets: appended(catalogue.skillSets, sets),
  };
}
