/** Finds everything that keeps a motion's map from being argued by. */
import { isCivil } from "../civility/civility.ts";
import { type AuthoredArgument, type Motion, SIDES } from "./motion.ts";
import { targetFault } from "./target_rule.ts";

export interface MotionFault {
  readonly path: string;
  readonly message: string;
}

const CLAIMS_A_SIDE_MIN = 3;

function argumentFault(one: AuthoredArgument, byId: ReadonlyMap<string, AuthoredArgument>): string | null {
  const target = one.target === null ? null : byId.get(one.target) ?? null;
  if (one.target !== null && target === null) return `no argument is called ${one.target}`;
  if (one.kind !== "evidence" && one.source !== null) return "only evidence has a source";
  if (one.kind === "evidence" && one.source === null) return "evidence says where it can be looked up";
  if (!isCivil(one.text)) return "is not civil";
  return targetFault(one, target);
}

function claimFaults({ arguments: all }: Motion): readonly MotionFault[] {
  return all.filter(({ kind }) => kind === "claim").flatMap(({ id, side }) => {
    const aimed = all.filter(({ target }) => target === id);
    const faults: MotionFault[] = [];
    if (!aimed.some((one) => one.side === side)) faults.push({ path: id, message: "nothing backs this claim" });
    if (!aimed.some((one) => one.side !== side)) faults.push({ path: id, message: "nothing rebuts this claim" });
    return faults;
  });
}

/** Whether following targets from `start` comes back to it. */
function runsInCircle(start: AuthoredArgument, byId: ReadonlyMap<string, AuthoredArgument>): boolean {
  const seen = new Set<string>();
  let at: AuthoredArgument | undefined = start;
  while (at !== undefined && at.target !== null && !seen.has(at.id)) {
    seen.add(at.id);
    at = byId.get(at.target);
  }
  return at !== undefined && seen.has(at.id);
}

/** Every fault of a motion; none when the map can be debated by. */
export function checkMotion(motion: Motion): readonly MotionFault[] {
  const all = motion.arguments;
  const byId = new Map(all.map((one) => [one.id, one]));
  const own = all.flatMap((one) => {
    const fault = runsInCircle(one, byId) ? "its targets run in a circle" : argumentFault(one, byId);
    return fault === null ? [] : [{ path: one.id, message: fault }];
  });
  const twice = all.filter((one, i) => all.findIndex(({ id }) => id === one.id) !== i)
    .map(({ id }) => ({ path: id, message: "is there twice" }));
  const few = SIDES.flatMap((side) => {
    const claims = all.filter((one) => one.side === side && one.kind === "claim").length;
    const message = `has ${claims} claims, needs ${CLAIMS_A_SIDE_MIN}`;
    return claims < CLAIMS_A_SIDE_MIN ? [{ path: side, message }] : [];
  });
  return [...own, ...twice, ...few, ...claimFaults(motion)];
}
