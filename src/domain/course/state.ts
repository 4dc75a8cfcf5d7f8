/** What a course has learnt from its learners' answers, and how each event adds to it. */
import { extendCatalogue } from "../adaptive/catalogue.ts";
import { CatalogueStatistics, type StatisticsSnapshot } from "../adaptive/catalogue_statistics.ts";
import { difficultyLogit } from "../adaptive/elo.ts";
import type { Observation } from "../adaptive/observation.ts";
import {
  nextVersion,
  restoredStatistics,
  type StoredStatistics,
  storedStatistics,
  unansweredStatistics,
} from "../adaptive/statistics_version.ts";
import { clamp } from "../adaptive/logistic.ts";
import type { ListedItem } from "./messages.ts";

/** Contexts that a course keeps counts of; beyond it the rarest are forgotten. A snapshot is at most some 4 MB. */
const CONTEXTS_KEPT_MAX = 1 << 16;
/** Answers that may wait to be counted. */
const GATHERED_MAX = 512;
/** Counting copies all contexts, so answers gather until there is one for so many: a constant cost an answer. */
const CONTEXTS_PER_GATHERED = 64;

export interface CourseState {
  readonly courseId: string;
  /** The number of the last event. */
  readonly version: number;
  readonly counted: StoredStatistics;
  /** Answers since, oldest first; readers count them in. */
  readonly gathered: readonly Observation[];
}

export function newCourse(courseId: string): CourseState {
  const counted = storedStatistics(unansweredStatistics());
  return {
    courseId,
    version: 0,
    counted: { ...counted, statistics: CatalogueStatistics.empty(CONTEXTS_KEPT_MAX).snapshot() },
    gathered: [],
  };
}

function countedNow({ counted, gathered }: CourseState): StoredStatistics {
  return storedStatistics(nextVersion(restoredStatistics(counted), gathered));
}

/** Ratings begin at the authored difficulty, not all alike: a course without answers is not a course without a ladder. */
function ratedAsAuthored(
  statistics: StatisticsSnapshot,
  items: readonly ListedItem[],
  catalogued: readonly string[],
  from: number,
): StatisticsSnapshot {
  const authored = new Map(items.map(({ id, difficulty }) => [id, difficultyLogit(difficulty)]));
  const added = catalogued.slice(from);
  const zeros = (known: readonly number[]) => [
    ...known,
    ...Array.from({ length: catalogued.length - known.length }, () => 0),
  ];
  const { answers, right, moves, difficulty } = statistics.items;
  return {
    ...statistics,
    items: {
      answers: zeros(answers),
      right: zeros(right),
      moves: zeros(moves),
      difficulty: [...zeros(difficulty).slice(0, from), ...added.map((id) => authored.get(id) ?? 0)],
    },
  };
}

/** The state in which the items have numbers and, where new, the rating that their authors gave them. */
export function withListedItems(course: CourseState, items: readonly ListedItem[], seq: number): CourseState {
  const counted = countedNow(course);
  const catalogue = extendCatalogue(counted.catalogue, items);
  const statistics = ratedAsAuthored(counted.statistics, items, catalogue.items, counted.catalogue.items.length);
  return { courseId: course.courseId, version: seq, counted: { version: seq, catalogue, statistics }, gathered: [] };
}

/** The state after one more answer. */
export function withObservation(course: CourseState, observation: Observation, seq: number): CourseState {
  const after = { ...course, version: seq, gathered: [...course.gathered, observation] };
  const gatherMax = clamp(course.counted.statistics.contexts.length / CONTEXTS_PER_GATHERED, 1, GATHERED_MAX);
  if (after.gathered.length < gatherMax) return after;
  return { ...after, counted: { ...countedNow(after), version: seq }, gathered: [] };
}
