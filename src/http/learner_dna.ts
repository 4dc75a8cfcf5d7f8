/** Learning DNA as the edge reads, draws and corrects it. */
import { type AffectMinute, affectPattern } from "../domain/dna/affect_pattern.ts";
import { comparisonsOf } from "../domain/dna/comparisons.ts";
import type { Correction, FigureName } from "../domain/dna/corrections.ts";
import { DEFINITIONS } from "../domain/dna/definitions.ts";
import { dnaHistory } from "../domain/dna/dna_history.ts";
import { type Figure, figuresOf } from "../domain/dna/figures.ts";
import type { Interval } from "../domain/dna/interval.ts";
import { ENGINE } from "../domain/engine.ts";
import type { LearnerState } from "../domain/learner/knowledge.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import { localDay } from "../domain/local_day.ts";
import type { Principal } from "../domain/principal.ts";
import { requireDone, requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { assessedSkills } from "./assessed_skills.ts";
import { dnaHistoryJson, dnaJson, type DnaReading } from "./documents/dna_schemas.ts";
import { masteryMapSvg } from "./drawings/mastery_map_svg.ts";
import { type RadarAxis, radarSvg } from "./drawings/radar_svg.ts";
import { requireLearner } from "./learner_profiles.ts";
import type { Consents, Courses, EmotionHistory } from "./ports.ts";
import { notFound } from "./problem.ts";
import { type IdParts, sentBy } from "./rest_command.ts";

export interface LearnerDnaParts extends IdParts {
  readonly actors: ActorDoor;
  readonly courses: Courses;
  readonly consents: Pick<Consents, "current">;
  readonly emotionHistory: Pick<EmotionHistory, "page">;
}

const PAGE_ROWS = 100;
/** Summaries read for affect: the newest, about eight hours before a camera. */
const PAGES_MAX = 5;

/** What the radar shows, more always further out; a share of what hinders is shown as what is free of it. */
const RADAR: readonly { readonly name: Figure["name"]; readonly label: string; readonly shows: "it" | "rest" }[] = [
  { name: "mastery", label: DEFINITIONS.mastery.title, shows: "it" },
  { name: "retention", label: DEFINITIONS.retention.title, shows: "it" },
  { name: "persistence", label: DEFINITIONS.persistence.title, shows: "it" },
  { name: "consistency", label: "Days with work", shows: "it" },
  { name: "rapid_guessing", label: "Sessions without guessing", shows: "rest" },
  { name: "hint_use", label: "Answers without hints", shows: "rest" },
];

function rest({ value, low, high }: Interval): Interval {
  return { value: 1 - value, low: 1 - high, high: 1 - low };
}

function radarAxis(figures: readonly Figure[], { name, label, shows }: typeof RADAR[number]): RadarAxis {
  const figure = figures.find((one) => one.name === name);
  if (figure?.status !== "ok") return { label, interval: null };
  return { label, interval: shows === "it" ? figure : rest(figure) };
}

/** The course that the learner worked on last; null before any. */
function latestCourse({ memory }: LearnerState): string | null {
  const [latest] = Object.entries(memory).sort(([, a], [, b]) => b.lastAnswerAtMs - a.lastAnswerAtMs);
  return latest?.[0] ?? null;
}

export class LearnerDna {
  constructor(private readonly parts: LearnerDnaParts) {}

  /** A learner's figures; how their face looked is there for themself alone, while they consent. */
  async read(reader: Principal, learnerId: string) {
    const reading = await this.#read(learnerId);
    return dnaJson({ ...reading, affect: reader.userId === learnerId ? await this.#affect(learnerId) : null });
  }

  async history(learnerId: string) {
    const { dna, profile } = await this.#learner(learnerId);
    return dnaHistoryJson(learnerId, profile.timeZone, dnaHistory(dna));
  }

  async radar(learnerId: string): Promise<string> {
    const { figures } = await this.#read(learnerId);
    return radarSvg("Learning DNA", RADAR.map((axis) => radarAxis(figures, axis)));
  }

  /** One course's skills, by default of the course worked on last. Throws 404 where there is none. */
  async masteryMap(learnerId: string, courseId: string | null): Promise<string> {
    const learner = await this.#learner(learnerId);
    const id = courseId ?? latestCourse(learner);
    const stored = id === null ? null : await this.parts.courses.byId(id);
    if (stored === null) throw notFound();
    const { course } = stored;
    const known = new Map(
      (await assessedSkills(this.parts.actors, learner))
        .filter((skill) => skill.courseId === course.id && skill.finding !== "not_enough_data")
        .map(({ skillId, mastery }) => [skillId, mastery]),
    );
    return masteryMapSvg(course.title, course.skills, (skillId) => known.get(skillId) ?? null);
  }

  /** Keeps the learner's own word on a figure; null takes it back. */
  async correct(principal: Principal, figure: FigureName, correction: Correction | null): Promise<void> {
    const command = { type: "correct_dna", figure, correction } as const;
    const from = sentBy(principal, this.parts);
    requireDone(await this.parts.actors.tell(learnerAddress(principal.userId), command, from));
  }

  async #learner(learnerId: string): Promise<LearnerState> {
    return requireLearner(requireRead(await this.parts.actors.read(learnerAddress(learnerId), ENGINE)));
  }

  async #read(learnerId: string): Promise<Omit<DnaReading, "affect">> {
    const learner = await this.#learner(learnerId);
    const { dna, profile: { timeZone } } = learner;
    const skills = await assessedSkills(this.parts.actors, learner);
    const atMs = this.parts.clock.nowMs();
    return {
      learnerId,
      atMs,
      timeZone,
      figures: figuresOf(dna, skills, localDay(atMs, timeZone)),
      comparisons: comparisonsOf(dna),
      corrections: dna.corrections,
      skills,
    };
  }

  /** From the summaries that are kept while consent lasts, never from a journal. */
  async #affect(learnerId: string) {
    const consent = await this.parts.consents.current(learnerId);
    if (consent === null || !consent.given) return null;
    const minutes: AffectMinute[] = [];
    const all = { sessionId: null, fromMs: null, toMs: null };
    let cursor: string | null = null;
    for (let page = 0; page < PAGES_MAX; page++) {
      const { rows, next } = await this.parts.emotionHistory.page(learnerId, all, cursor, PAGE_ROWS);
      minutes.push(...rows);
      cursor = next;
      if (next === null) break;
    }
    return affectPattern(minutes);
  }
}
