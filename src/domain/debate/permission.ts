/** Who may steer a debate, speak in it and watch it. */
import type { Origin } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import type { Principal } from "../principal.ts";
import type { DebateEvent } from "./messages.ts";
import { hasLeft } from "./people.ts";
import { sideOf } from "./plan.ts";
import type { OpenedDebate } from "./state.ts";

/** A learner who steers their own practice sees what a speaker sees. */
export type DebateAudience =
  | { readonly kind: "host" }
  | { readonly kind: "speaker"; readonly userId: string }
  | { readonly kind: "spectator" };

const SPEAKER = "speaker:";

export function debateAudience(debate: OpenedDebate, principal: Principal): DebateAudience | null {
  const { userId } = principal;
  if (sideOf(debate.plan, userId) !== null) return hasLeft(debate, userId) ? null : { kind: "speaker", userId };
  if (leads(debate, principal)) return { kind: "host" };
  return hasLeft(debate, userId) ? null : { kind: "spectator" };
}

/** Those who teach the class, who practises alone, and administrators. */
function leads({ people }: OpenedDebate, { userId, role }: Principal): boolean {
  return role === "admin" || entryOf(people, userId) === "host";
}

export function audienceName(audience: DebateAudience): string {
  return audience.kind === "speaker" ? `${SPEAKER}${audience.userId}` : audience.kind;
}

/** The audience that {@link audienceName} has named. */
export function audienceNamed(name: string): DebateAudience {
  if (name.startsWith(SPEAKER)) return { kind: "speaker", userId: name.slice(SPEAKER.length) };
  return name === "host" ? { kind: "host" } : { kind: "spectator" };
}

/** The person who sends a command, where they may steer; else null. */
export function hostOf(debate: OpenedDebate, origin: Origin): Principal | null {
  return origin.kind === "client" && leads(debate, origin.principal) ? origin.principal : null;
}

/** The audiences whose watchers may see another view, or none, after `event`. */
export function regroups(event: DebateEvent): readonly string[] {
  if (event.type !== "roster_changed") return [];
  const left = event.moves.filter(({ was }) => was !== null);
  return [
    ...new Set(left.flatMap(({ userId, was }) => {
      const shared = audienceName({ kind: was === "host" ? "host" : "spectator" });
      return [audienceName({ kind: "speaker", userId }), shared];
    })),
  ];
}
