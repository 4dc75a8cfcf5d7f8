/** A student debates with the AI before the class, which is always called one; every word acknowledged is kept once. */
import { z } from "zod";
import type { HeldLesson } from "./held_lesson.ts";
import type { Student } from "./student.ts";

const SECONDS_A_TURN = 15;
const MOTION = "phones-away";
const CLAIM = "Pupils who put their phones away listen better, because nothing rings or lights up on the desk.";
const REBUTTAL = "That can be asked of the school's own devices, so it is no reason to keep phones on the desk.";
const CLOSING = "In the end lessons are short, and whoever is reached in an emergency is reached through the office.";

const turnSchema = z.looseObject({ turn: z.number(), speaker: z.looseObject({ user_id: z.string().nullable() }) });
const statementSchema = z.looseObject({
  statement: z.number(),
  kind: z.string(),
  text: z.string(),
  by: z.looseObject({ kind: z.string(), label: z.string() }),
});
const debateSchema = z.looseObject({ status: z.string(), statements: z.array(statementSchema) });
const openedSchema = z.looseObject({ debate_id: z.string() });
type Statement = z.infer<typeof statementSchema>;

export interface DebateOutcome {
  readonly status: string;
  /** Acknowledged words that do not stand in the debate exactly once. */
  readonly wordsLost: number;
  /** Statements of the AI that are not called so. */
  readonly aiUnlabelled: number;
  readonly statements: number;
}

function wordsFor(turn: number, userStatements: readonly Statement[], aiStatements: readonly Statement[]) {
  const target = aiStatements.at(-1)?.statement;
  const own = userStatements.at(-1)?.statement;
  if (own === undefined) return { kind: "claim", text: CLAIM };
  if (turn <= 4 && target !== undefined) return { kind: "rebuttal", target, text: REBUTTAL };
  return { kind: "support", target: own, text: CLOSING };
}

async function opened({ school, teacher }: HeldLesson, speaker: Student): Promise<string> {
  const { debate_id } = openedSchema.parse(
    await school.rest.ask("POST", "/debates", teacher.account.token, {
      motion_id: MOTION,
      class_id: school.classId,
      sides: { for: [speaker.userId], against: [] },
      ai_side: "against",
      rebuttal_rounds: 1,
      opening_seconds: SECONDS_A_TURN,
      rebuttal_seconds: SECONDS_A_TURN,
      closing_seconds: SECONDS_A_TURN,
    }),
  );
  return debate_id;
}

/** Holds one from its opening to its end. */
export async function holdDebate(lesson: HeldLesson, speaker: Student): Promise<DebateOutcome> {
  const { school, teacher, progress } = lesson;
  progress.part("debate");
  const debateId = await opened(lesson, speaker);
  const channel = speaker.device.channel(`debate/${debateId}`);
  const heard: Statement[] = [];
  const said: string[] = [];
  const ended = Promise.withResolvers<void>();
  channel.on("statement_made", (data) => void heard.push(statementSchema.parse(data)));
  channel.on("debate_ended", () => ended.resolve());
  channel.on("turn_started", (data) => {
    const { turn, speaker: { user_id } } = turnSchema.parse(data);
    if (user_id !== speaker.userId) return;
    speaker.run(async () => {
      const own = heard.filter(({ by }) => by.kind === "learner");
      const words = wordsFor(turn, own, heard.filter(({ by }) => by.kind === "ai"));
      if (await speaker.timedSend(speaker.device, channel, "state", words) !== null) said.push(words.text);
      await speaker.timedSend(speaker.device, channel, "end_turn", {});
    });
  });
  await new Promise<void>((resolve) => channel.on("state", () => resolve()));
  const host = teacher.device.channel(`debate/${debateId}`);
  await host.send("start");
  await ended.promise;
  host.leave();
  const path = `/debates/${debateId}`;
  const { status, statements } = debateSchema.parse(await school.rest.ask("GET", path, teacher.account.token));
  return {
    status,
    wordsLost: said.filter((text) => statements.filter((one) => one.text === text).length !== 1).length,
    aiUnlabelled: statements.filter(({ by }) => (by.kind === "ai") !== (by.label === "AI")).length,
    statements: statements.length,
  };
}
