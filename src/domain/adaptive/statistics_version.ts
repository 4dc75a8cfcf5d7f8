/** Published statistics of a course: whoever holds a version reads the same numbers from it forever. */
import { type Catalogue, type CataloguedItem, EMPTY_CATALOGUE, extendCatalogue } from "./catalogue.ts";
import { CatalogueStatistics, type ReadableStatistics, type StatisticsSnapshot } from "./catalogue_statistics.ts";
import type { Observation } from "./observation.ts";

export interface StatisticsVersion {
  /** From 0, one more with every change. */
  readonly version: number;
  readonly catalogue: Catalogue;
  readonly statistics: ReadableStatistics;
}

/** A version as plain JSON. */
export interface StoredStatistics {
  readonly version: number;
  readonly catalogue: Catalogue;
  readonly statistics: StatisticsSnapshot;
}

export function unansweredStatistics(): StatisticsVersion {
  return { version: 0, catalogue: EMPTY_CATALOGUE, statistics: CatalogueStatistics.empty() };
}

/** The version in which the items of a new edition of the course have their numbers. */
export function withItems(current: StatisticsVersion, items: readonly CataloguedItem[]): StatisticsVersion {
  return { ...current, version: current.version + 1, catalogue: extendCatalogue(current.catalogue, items) };
}

/**
 * The version after `observations`, oldest first. It copies the statistics, in time that grows with the course, so
 * answers are best gathered for a while first.
 */
export function nextVersion(current: StatisticsVersion, observations: readonly Observation[]): StatisticsVersion {
  const statistics = current.statistics.copy();
  for (const observation of observations) statistics.record(observation);
  return { ...current, version: current.version + 1, statistics };
}

export function storedStatistics({ version, catalogue, statistics }: StatisticsVersion): StoredStatistics {
  return { version, catalogue, statistics: statistics.snapshot() };
}

export function restoredStatistics({ version, catalogue, statistics }: StoredStatistics): StatisticsVersion {
  return { version, catalogue, statistics: CatalogueStatistics.fromSnapshot(statistics) };
}
