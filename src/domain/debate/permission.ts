/** Who may steer a debate, speak in it and watch it. */
import type { Origin } from "../decision.ts";
import type { Principal } from "../principal.ts";
import { sideOf } from "./plan.ts";
import type { OpenedDebate } from "./state.ts";

/** A learner who steers their own practice sees what a speaker sees. */
export type DebateAudience =
  | { readonly kind: "host" }
  | { readonly kind: "speaker"; readonly userId: string }
  | { readonly kind: "spectator" };

const SPEAKER = "speaker:";

export function debateAudience({ plan }: OpenedDebate, { userId, role }: Principal): DebateAudience | null {
  if (sideOf(plan, userId) !== null) return { kind: "speaker", userId };
  if (role === "admin" || plan.hosts.includes(userId)) return { kind: "host" };
  return plan.spectators.includes(userId) ? { kind: "spectator" } : null;
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
export function hostOf({ plan }: OpenedDebate, origin: Origin): Principal | null {
  if (origin.kind !== "client") return null;
  const { userId, role } = origin.principal;
  return role === "admin" || plan.hosts.includes(userId) ? origin.principal : null;
}
