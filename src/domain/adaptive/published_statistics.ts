/** One version of a course's statistics, ready to be read: catalogue, rates and difficulties together. */
import { type CataloguedItem, CatalogueIndex } from "./catalogue.ts";
import { CatalogueStatistics, type ReadableStatistics } from "./catalogue_statistics.ts";
import type { ItemPlace } from "./answered.ts";
import type { Observation } from "./observation.ts";
import type { StoredStatistics } from "./statistics_version.ts";

export interface PublishedStatistics {
  /** The number of the course's event up to which they count; the same number always names the same statistics. */
  readonly version: number;
  readonly statistics: ReadableStatistics;
  placeOf(item: CataloguedItem): ItemPlace | null;
  skillNumber(skillId: string): number | null;
}

/** The statistics in `stored` and what was observed since, as version `version`. */
export function publishedStatistics(
  version: number,
  stored: StoredStatistics,
  gathered: readonly Observation[],
): PublishedStatistics {
  const statistics = CatalogueStatistics.fromSnapshot(stored.statistics);
  for (const observation of gathered) statistics.record(observation);
  const index = new CatalogueIndex(stored.catalogue);
  return {
    version,
    statistics,
    placeOf: (item) => index.placeOf(item),
    skillNumber: (skillId) => index.skillNumber(skillId),
  };
}
