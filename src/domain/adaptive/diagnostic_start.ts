/** The first few questions for a learner of whom little is known: those whose answers say most about where to start. */
import type { Item } from "../curriculum/course.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import { isSpent, withoutRecent } from "./eligible_items.ts";
import type { Foundations } from "./foundations.ts";
import type { Placement } from "./placement.ts";

/** Questions in all, over all sessions in the course; and of one session at most this share. */
const DIAGNOSTIC_ITEMS_MAX = 8;
const SESSION_SHARE_MAX = 0.5;

/** A question about each of these skills, and how much its answer is expected to settle, 0 to 1. */
export type DiagnosticValues = ReadonlyMap<string, number>;

function mayAskMore({ reading, aims, pastPolicies }: ChoiceSituation): boolean {
  const asked = pastPolicies.filter((policy) => policy === "diagnostic").length;
  const askedMax = Math.min(DIAGNOSTIC_ITEMS_MAX, Math.floor(aims.targetItems * SESSION_SHARE_MAX));
  return reading.answers < DIAGNOSTIC_ITEMS_MAX && asked < askedMax;
}

/**
 * How much of `open` one answer on each skill of it settles: itself and what it rests on if right, itself and what rests on
 * it if wrong. The expectation of `log2(1 + settled)`, of which the most that can be is 1: of two questions that settle as
 * many on average, the better one settles many either way.
 */
function settledBy(open: ReadonlyMap<string, Placement>, foundations: Foundations): DiagnosticValues {
  const spans = foundations.spansAmong(open.keys());
  return new Map([...open].map(([id, { probability }]) => {
    const { below, above } = spans.get(id) ?? { below: 1, above: 1 };
    const expected = probability * Math.log2(1 + below) + (1 - probability) * Math.log2(1 + above);
    return [id, expected / Math.log2(1 + open.size)];
  }));
}

/**
 * What to ask about next (the half-split rule, Falmagne and Doignon, "A class of stochastic procedures for the assessment
 * of knowledge", 1988), or null when there is nothing to find out: enough was asked, or every skill in question is
 * settled. In a session on a topic the topic comes first; only when it seems not to be known is what it rests on asked.
 */
export function diagnosticValues(situation: ChoiceSituation): DiagnosticValues | null {
  if (!mayAskMore(situation)) return null;
  const { foundations, topic, needed, placement } = situation;
  const ofTopic = topic === null ? undefined : placement.get(topic);
  if (topic !== null && ofTopic !== undefined) {
    if (!ofTopic.settled) return new Map([[topic, 1]]);
    if (ofTopic.probability >= 0.5) return null;
  }
  const open = [...placement].filter(([id, { settled }]) => !settled && (needed === null || needed.has(id)));
  return open.length === 0 ? null : settledBy(new Map(open), foundations);
}

/** Items on the skills in question and nothing that is not needed for them; none where the course has none left. */
export function diagnosticItems(situation: ChoiceSituation, values: DiagnosticValues): readonly Item[] {
  const { course, needed, history, right } = situation;
  const asking = course.items.filter((item) =>
    item.skills.some((id) => values.has(id)) && item.skills.every((id) => needed === null || needed.has(id)) &&
    !isSpent(item, right)
  );
  return withoutRecent(asking, history);
}
