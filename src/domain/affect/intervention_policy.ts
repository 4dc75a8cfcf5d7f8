/** What the work calls for, as a suggestion that is stored: what a face shows has no part in it. */
import { type BehaviourKind, behavioursIn, type HardGoing, type Situation } from "./behaviour.ts";
import { type InterventionKind, type InterventionRecord, mayIntervene } from "./intervention.ts";
import { isLookingUp } from "./work_log.ts";

/** Items after a help without effect at which the teacher is called. */
const HELPLESS_ITEMS = 2;
/** A spell that lasts so long is for the teacher. */
const LASTING_MS = 5 * 60_000;
const PRAISE_STREAK = 5;

/** What the learner did that speaks for a suggestion; never anything that a face showed. */
export interface Ground {
  readonly about: BehaviourKind | HardGoing["about"] | "right_answers" | "time_on_task";
  readonly says: string;
}

export interface Called {
  readonly kind: InterventionKind;
  readonly grounds: readonly Ground[];
}

/** Help with the work, the most telling first. Between two items an example waits for the item it is one of. */
export function helps({ open, exampleAtHand, itemsMet, nowMs }: Situation, record: InterventionRecord) {
  if (open === null) {
    const waits = exampleAtHand && mayIntervene(record, "worked_example", itemsMet, nowMs);
    return waits ? [] : ["easier_item" as const];
  }
  return [
    ...(open.hasExample ? ["worked_example" as const] : []),
    ...(open.hintsLeft > 0 ? ["hint" as const] : []),
    "easier_item" as const,
  ];
}

/** Whether some help was given since `sinceMs` and items were met after it. */
function helpedInVain({ made }: InterventionRecord, sinceMs: number, itemsMet: number): boolean {
  const kinds: readonly InterventionKind[] = ["hint", "easier_item", "worked_example"];
  return kinds.some((kind) => {
    const help = made[kind];
    return help !== undefined && help.atMs >= sinceMs && itemsMet - help.itemsMet >= HELPLESS_ITEMS;
  });
}

function forBehaviour(
  kind: BehaviourKind,
  sinceMs: number,
  situation: Situation,
  record: InterventionRecord,
): readonly InterventionKind[] {
  const { nowMs, itemsMet, attention, open, log } = situation;
  switch (kind) {
    case "unproductive_struggle":
      if (isLookingUp(log)) return [];
      if (helpedInVain(record, sinceMs, itemsMet)) return ["teacher_attention", ...helps(situation, record)];
      return helps(situation, record);
    case "rapid_guessing":
    case "hint_abuse": {
      const slower = helps(situation, record).filter((help) => help !== "hint");
      return nowMs - sinceMs >= LASTING_MS ? ["teacher_attention", ...slower] : slower;
    }
    // Whoever does not look at the tab sees no hint.
    case "idle":
      if (attention.hiddenSinceMs !== null) return ["teacher_attention"];
      return open !== null && open.hintsLeft > 0 ? ["hint", "break"] : ["break"];
    case "off_task":
      return nowMs - sinceMs >= LASTING_MS ? ["teacher_attention", "break"] : ["break"];
  }
}

function forPraise({ log, streak }: Situation): readonly Called[] {
  const says = log.overcame
    ? "right again after a hard stretch"
    : streak > 0 && streak % PRAISE_STREAK === 0
    ? `${streak} right answers in a row`
    : null;
  return says === null ? [] : [{ kind: "praise", grounds: [{ about: "right_answers", says }] }];
}

/** What to suggest now, or null: of all that the situation calls for, the most pressing that may be made. */
export function intervention(situation: Situation, record: InterventionRecord): Called | null {
  const { nowMs, itemsMet } = situation;
  const called: Called[] = behavioursIn(situation).flatMap(({ kind: about, sinceMs, says }) =>
    forBehaviour(about, sinceMs, situation, record).map((kind) => ({ kind, grounds: [{ about, says }] }))
  );
  called.push(...forPraise(situation));
  return called.find(({ kind }) => mayIntervene(record, kind, itemsMet, nowMs)) ?? null;
}
