/**
 * Stored learners of older versions: each version added to the state and kinds of events, and left the rest as it was.
 * Version 1 knew ratings only, no places in a course's catalogue; version 2 neither what is remembered nor a profile;
 * version 3 no sessions and activities; version 4 no class of a session, no time zone and no leaderboards;
 * version 5 no rewards; version 6 no quests; version 7 nothing of how
 * the learner learns; version 8 neither amounts of the ledger's entries nor which quest gave a badge;
 * version 9 not whether they want suggestions; version 10 neither the time zone that a quest was taken up in, nor when an
 * activity began, nor how often a badge was lost; version 11 not which activities are the same again;
 * version 12 but the first quest that gave a badge.
 */
import type { RememberedEntry } from "../rewards/ledger.ts";
import type { Rewards } from "../rewards/rewards.ts";
import { requireVersion } from "../schema_version.ts";
import { type LearnerState, newLearner } from "./knowledge.ts";
import { type LearnerEvent, UNTOLD_ANSWER } from "./messages.ts";
import { NEW_PROFILE } from "./profile.ts";
import type { ActiveQuest } from "../quests/quest.ts";

export const LEARNER_SCHEMA_VERSION = 13;

function isOlder(version: number): boolean {
  return Number.isInteger(version) && version >= 1 && version < LEARNER_SCHEMA_VERSION;
}

/** An entry whose id alone was remembered: it is not paid again, and cannot be taken back. */
function rememberedEntry(entry: RememberedEntry | string): RememberedEntry {
  return typeof entry === "string" ? [entry, 0, 0] : entry;
}

const LOST_BADGE = /^reversal\.badges\.([a-z0-9-]+)$/;

/** What the ledger remembers of badges taken back; none could then be paid for again. */
function timesLostIn(recent: readonly RememberedEntry[]): Rewards["timesLost"] {
  return Object.fromEntries(recent.flatMap(([entryId]) => {
    const [, badgeId] = entryId.match(LOST_BADGE) ?? [];
    return badgeId === undefined ? [] : [[badgeId, 1]];
  }));
}

function firstGivers(badges: Rewards["badges"]): Rewards["givenBy"] {
  return Object.fromEntries(badges.flatMap(({ badgeId, questId }) => questId === null ? [] : [[badgeId, [questId]]]));
}

function upcastRewards({ classes: _classes, ...rewards }: Rewards & { readonly classes?: unknown }): Rewards {
  const { ledger } = rewards;
  const recent = ledger.recent.map(rememberedEntry);
  const badges = rewards.badges.map((badge) => ({ ...badge, questId: badge.questId ?? null }));
  return {
    ...rewards,
    ledger: { ...ledger, recent },
    badges,
    givenBy: rewards.givenBy ?? firstGivers(badges),
    timesLost: rewards.timesLost ?? timesLostIn(recent),
    occasions: rewards.occasions ?? [],
  };
}

function upcastActiveQuest(active: ActiveQuest): ActiveQuest {
  return { ...active, timeZone: active.timeZone ?? null };
}

/** What an older version lacks begins with what comes next. */
export function upcastLearnerState(version: number, stored: unknown): LearnerState {
  const state = stored as LearnerState;
  if (isOlder(version)) {
    const whole = { ...newLearner(state.learnerId), ...state };
    const quests = { ...whole.quests, active: whole.quests.active.map(upcastActiveQuest) };
    return { ...whole, profile: { ...NEW_PROFILE, ...state.profile }, quests, rewards: upcastRewards(whole.rewards) };
  }
  requireVersion("learner state", version, LEARNER_SCHEMA_VERSION);
  return state;
}

export function upcastLearnerEvent(version: number, type: string, stored: unknown): LearnerEvent {
  const event = stored as LearnerEvent;
  if (!isOlder(version)) {
    requireVersion(`learner event ${type}`, version, LEARNER_SCHEMA_VERSION);
    return event;
  }
  if (event.type === "answer_recorded") return { ...event, answer: { ...UNTOLD_ANSWER, ...event.answer } };
  if (event.type === "profile_set") return { ...event, profile: { ...NEW_PROFILE, ...event.profile } };
  if (event.type === "session_recorded") {
    return { ...event, session: { ...event.session, classId: event.session.classId ?? null } };
  }
  if (event.type === "activity_recorded") {
    const { activity: told } = event;
    const newer = {
      sinceMs: told.sinceMs ?? told.atMs,
      partners: told.partners ?? [],
      subject: told.subject ?? told.id,
    };
    const activity = { ...told, ...newer };
    return { ...event, activity, occasion: event.occasion ?? told.id, counts: event.counts ?? true };
  }
  if (event.type === "quest_accepted") return { ...event, accepted: upcastActiveQuest(event.accepted) };
  if (event.type === "badge_earned") return { ...event, questId: event.questId ?? null };
  return event;
}
