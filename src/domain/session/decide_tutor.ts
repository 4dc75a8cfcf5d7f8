/** Decides what a learner asks the tutor, what comes of it, and whether the tutor may speak at all. */
import { assertNever } from "../assert_never.ts";
import { type Ephemeral, reject, type TurnContext } from "../decision.ts";
import { answerLeak, asksReader } from "../tutor/answer_leak.ts";
import {
  authoredHelp,
  calculationsOn,
  helpUsed,
  rungOfAsk,
  TUTOR_ASKS_MAX,
  TUTOR_TEXT_LENGTH_MAX,
  TUTOR_WORDS_LENGTH_MAX,
  type TutorThread,
} from "../tutor/ladder.ts";
import { notActive } from "./not_active.ts";
import { refusedWhileAsked } from "./refused_while_asked.ts";
import { type SessionDecision, settle } from "./settle.ts";
import type { ActiveSession, BegunSession, OpenItem } from "./state.ts";
import { tutorAskedData } from "./tutor_view.ts";
import type {
  TutorCommand,
  TutorEngineCommand,
  TutorEvent,
  TutorLearnerCommand,
  TutorStaffCommand,
} from "./tutor_messages.ts";

/** Line feeds and tabs may stand in a question; other control characters, and nothing to see, may not. */
const WORDS = /^(?=[^]*[^\s\p{C}])(?:[^\p{Cc}]|[\n\t])+$/u;

type Awaited = NonNullable<TutorThread["awaited"]>;

function ask(session: ActiveSession, command: TutorLearnerCommand, context: TurnContext): SessionDecision {
  const { step } = session;
  if (step.kind === "choosing" || step.open.number !== command.item) {
    return reject("item_closed", `Item ${command.item} is not open; ask about the one that is.`);
  }
  const { open } = step;
  const asked = refusedWhileAsked(session.plan, open, context);
  if (asked !== null) return asked;
  const { tutor, hintsGiven } = open;
  if (typeof session.tutorPausedBy === "string") {
    return reject("tutor_paused", "Your teacher has paused the tutor; hints are there as before.");
  }
  if (command.words.length > TUTOR_WORDS_LENGTH_MAX || !WORDS.test(command.words)) {
    const expected = `1 to ${TUTOR_WORDS_LENGTH_MAX} characters, some of them visible`;
    return reject("malformed_words", `Ask the tutor in ${expected}.`, { expected });
  }
  if (tutor !== undefined && tutor.awaited !== null) {
    return reject("tutor_busy", "The tutor has not answered your last question yet.", { ask: tutor.awaited.ask });
  }
  if (tutor !== undefined && tutor.asks >= TUTOR_ASKS_MAX) {
    return reject("tutor_exhausted", `The tutor answers ${TUTOR_ASKS_MAX} questions about an item; answer or skip it.`);
  }
  const rung = rungOfAsk(tutor, hintsGiven, command.help);
  const event = {
    type: "tutor_asked",
    ask: context.seq + 1,
    item: open.number,
    words: command.words,
    rung,
    helpUsed: Math.max(helpUsed(hintsGiven, tutor), rung),
  } as const;
  return settle(session, [event], context, { reply: tutorAskedData(event) });
}

/** What a model wrote is told once the filter lets it through; an author's words stand in for everything else. */
function answered(
  { item, number, tutor }: OpenItem,
  { ask, words }: Awaited,
  command: Exclude<TutorEngineCommand, { type: "tutor_piece" }>,
): TutorEvent {
  const rung = tutor?.rung ?? 0;
  const said = { type: "tutor_said", ask, item: number, rung } as const;
  const authored = (because: string) =>
    ({ ...said, text: authoredHelp(rung, item.hints), source: { kind: "authored", because } }) as const;
  if (command.type === "tutor_unanswered") return authored(command.because);
  const text = command.text.trim();
  if (text === "" || text.length > TUTOR_TEXT_LENGTH_MAX) return authored("unusable");
  const earlier = tutor?.turns.map((turn) => turn.text) ?? [];
  const calculations = calculationsOn(rung);
  const leak = answerLeak(item, { words, earlier, text, calculations });
  if (leak === null && calculations === "withheld" && !asksReader(text)) return authored("unusable");
  return leak === null ? { ...said, text, source: { kind: "model", model: command.model } } : authored("leak");
}

function pieceTold({ ask, at, text }: Extract<TutorEngineCommand, { type: "tutor_piece" }>): Ephemeral {
  return { type: "tutor_text", data: { ask, at, text, by: "ai" }, audiences: ["learner", "staff"] };
}

function takeAnswer(session: BegunSession, command: TutorEngineCommand, context: TurnContext): SessionDecision {
  const open = session.status === "active" && session.step.kind === "item_open" ? session.step.open : null;
  const awaited = open?.tutor?.awaited ?? null;
  if (open === null || awaited?.ask !== command.ask) {
    return reject("late_result", "Nobody waits for this answer any more.");
  }
  if (command.type === "tutor_piece") {
    return { kind: "noted", state: session, reply: null, ephemerals: [pieceTold(command)], timers: [] };
  }
  return settle(session, [answered(open, awaited, command)], context, {});
}

function silence(session: BegunSession, { type }: TutorStaffCommand, context: TurnContext): SessionDecision {
  const { origin } = context;
  if (origin.kind !== "client") return reject("forbidden", "Only a person pauses the tutor.");
  if (session.status === "completed") return notActive(session.status);
  const isPaused = typeof session.tutorPausedBy === "string";
  const reply = { tutor_paused: type === "tutor_pause" };
  if (isPaused === reply.tutor_paused) return settle(session, [], context, { reply });
  const event = { type: isPaused ? "tutor_resumed" : "tutor_paused", by: origin.principal.userId } as const;
  return settle(session, [event], context, { reply });
}

export function decideTutor(session: BegunSession, command: TutorCommand, context: TurnContext): SessionDecision {
  switch (command.type) {
    case "tutor_ask":
      return session.status === "active" ? ask(session, command, context) : notActive(session.status);
    case "tutor_piece":
    case "tutor_reply":
    case "tutor_unanswered":
      return takeAnswer(session, command, context);
    case "tutor_pause":
    case "tutor_resume":
      return silence(session, command, context);
    default:
      return assertNever(command);
  }
}
