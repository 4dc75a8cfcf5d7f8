/** One graded answer as the knowledge model sees it, and where its item stands in the catalogue. */

/** An item of a catalogue in dense numbers from 0; {@link Catalogue} gives them to ids. */
export interface ItemPlace {
  readonly item: number;
  /** The skills it practises; none is allowed and counts as average. */
  readonly skills: readonly number[];
  /** One number for each distinct combination of skills. */
  readonly skillSet: number;
}

export interface Answered {
  readonly place: ItemPlace;
  readonly correct: boolean;
  /** Seconds on any clock that runs through the learner's answers; null when unknown. */
  readonly atS: number | null;
  readonly responseMs: number | null;
}
