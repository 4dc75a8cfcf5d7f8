/** Quests in wire names, as their learner and staff may see them: never the key of a question. */
import { assertNever } from "../assert_never.ts";
import { publicForm } from "../curriculum/public_item.ts";
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";
import { evaluateQuest } from "./evaluate.ts";
import type { QuestEvent } from "./messages.ts";
import type { ActiveQuest, Criterion, CriterionResult, Quest } from "./quest.ts";
import type { QuestsState } from "./state.ts";
import { amountOf, emptyTally } from "./tally.ts";

type JsonObject = { readonly [key: string]: Json };

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function evidenceView({ evidence }: Criterion): JsonObject {
  switch (evidence.kind) {
    case "automatic":
      return { evidence: "automatic", measure: evidence.measure.kind, count: evidence.count };
    case "keyed": {
      const { prompt, form } = evidence.question;
      return { evidence: "keyed", question: { prompt, form: publicForm(form) } };
    }
    case "rubric":
    case "assisted":
      return { evidence: evidence.kind, levels: evidence.levels.map(({ points, text }) => ({ points, text })) };
    default:
      return assertNever(evidence);
  }
}

function questView(quest: Quest, criteria: readonly Json[]): JsonObject {
  const { id, templateId, kind, title, story, subject, team, threshold, points, badges } = quest;
  return {
    quest_id: id,
    template_id: templateId,
    kind,
    title,
    story,
    course_id: subject.courseId,
    skills: subject.skills,
    team: team === null ? null : { size_min: team.sizeMin, size_max: team.sizeMax },
    threshold,
    points,
    badges,
    retries: quest.retries,
    criteria,
  };
}

function criterionView(criterion: Criterion): JsonObject {
  const { id, text, weight } = criterion;
  return { criterion_id: id, text, weight, ...evidenceView(criterion) };
}

export function offerView(quest: Quest): JsonObject {
  return {
    ...questView(quest, quest.criteria.map(criterionView)),
    status: "offered",
    lasts_hours: quest.lastsMs / 3_600_000,
    offer_ends_at: iso(quest.offerEndsAtMs),
  };
}

export function activeView(active: ActiveQuest): JsonObject {
  const { quest, phase } = active;
  const { score, results } = evaluateQuest(active);
  const criteria = quest.criteria.map((criterion, i) => {
    const { id, evidence } = criterion;
    const amount = evidence.kind === "automatic"
      ? amountOf(evidence.measure, entryOf(active.tallies, id) ?? emptyTally(evidence.measure))
      : null;
    return { ...criterionView(criterion), amount, score: results[i]?.score ?? 0 };
  });
  return {
    ...questView(quest, criteria),
    status: phase.kind === "open" ? "active" : "under_review",
    progress: score,
    attempts: active.attempts,
    team_id: active.teamId,
    time_zone: active.timeZone,
    accepted_at: iso(active.acceptedAtMs),
    deadline: iso(active.deadlineMs),
  };
}

/** What is offered and what is under way; what is done is read from the learner's history. */
export function questsView({ offers, active, completed, seeking }: QuestsState): Json {
  return { offers: offers.map(offerView), active: active.map(activeView), completed, proposing: seeking !== null };
}

function resultView({ criterionId, text, weight, score, feedback }: CriterionResult): Json {
  return { criterion_id: criterionId, text, weight, score, feedback };
}

type EndedEvent = Extract<QuestEvent, { type: "quest_completed" | "quest_closed" }>;

function endedView({ questId, templateId, questKind, title, teamId, atMs }: EndedEvent): JsonObject {
  return { quest_id: questId, template_id: templateId, kind: questKind, title, team_id: teamId, at: iso(atMs) };
}

/** The data of an event as watchers and readers of the history are told; null for what is the engine's own. */
export function questEventData(event: QuestEvent): Json {
  switch (event.type) {
    case "quests_sought":
      return null;
    case "quests_offered":
      return { offers: event.offers.map(offerView) };
    case "quest_accepted":
      return activeView(event.accepted);
    case "team_join_asked":
      return { team_id: event.teamId };
    case "team_join_refused":
      return { team_id: event.teamId, reason: event.reason };
    case "quest_progressed":
      return { quest_id: event.questId, team_id: event.teamId, amounts: event.amounts, progress: event.progress };
    case "quest_submitted":
      return { quest_id: event.questId, attempt: event.attempt, under_review: event.underReview };
    case "quest_fell_short":
      return {
        quest_id: event.questId,
        attempt: event.attempt,
        score: event.score,
        threshold: event.threshold,
        criteria: event.results.map(resultView),
        comment: event.comment,
        tries_left: event.triesLeft,
        deadline: iso(event.deadlineMs),
      };
    case "quest_completed":
      return {
        ...endedView(event),
        score: event.score,
        criteria: event.results.map(resultView),
        comment: event.comment,
        points_awarded: event.points,
        badges_earned: event.badges,
      };
    case "quest_closed":
      return { ...endedView(event), outcome: event.outcome };
    default:
      return assertNever(event);
  }
}
