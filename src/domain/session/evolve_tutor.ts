/** How what is said with the tutor changes a session. */
import { assertNever } from "../assert_never.ts";
import { helpUsed, type TutorThread } from "../tutor/ladder.ts";
import type { BegunSession, OpenItem, Step } from "./state.ts";
import type { TutorEvent } from "./tutor_messages.ts";

/** Nobody waits for an answer any more: one that comes all the same is too late. */
export function withoutAwaitedAnswer(step: Step): Step {
  if (step.kind === "choosing" || step.open.tutor === undefined) return step;
  return { kind: "item_open", open: { ...step.open, tutor: { ...step.open.tutor, awaited: null } } };
}

/** Who has paused the tutor, where anybody ever has. */
export function silenceOf({ tutorPausedBy }: BegunSession): Pick<BegunSession, "tutorPausedBy"> {
  return tutorPausedBy === undefined ? {} : { tutorPausedBy };
}

function asked(open: OpenItem, { ask, words, rung }: Extract<TutorEvent, { type: "tutor_asked" }>): OpenItem {
  const { asks, turns }: Pick<TutorThread, "asks" | "turns"> = open.tutor ?? { asks: 0, turns: [] };
  return { ...open, tutor: { rung, asks: asks + 1, turns, awaited: { ask, words } } };
}

function said(open: OpenItem, { ask, rung, text, source }: Extract<TutorEvent, { type: "tutor_said" }>): OpenItem {
  const { tutor } = open;
  if (tutor?.awaited?.ask !== ask) return open;
  const turn = { words: tutor.awaited.words, rung, text, source };
  return { ...open, tutor: { ...tutor, turns: [...tutor.turns, turn], awaited: null } };
}

function withOpen<Session extends BegunSession>(session: Session, change: (open: OpenItem) => OpenItem): Session {
  if (session.status === "completed" || session.step.kind === "choosing") return session;
  const { open } = session.step;
  const changed = change(open);
  const climbed = helpUsed(changed.hintsGiven, changed.tutor) - helpUsed(open.hintsGiven, open.tutor);
  const tally = { ...session.tally, hintsUsed: session.tally.hintsUsed + climbed };
  return { ...session, tally, step: { kind: "item_open", open: changed } };
}

export function evolveTutor<Session extends BegunSession>(session: Session, event: TutorEvent): Session {
  switch (event.type) {
    case "tutor_asked":
      return withOpen(session, (open) => asked(open, event));
    case "tutor_said":
      return withOpen(session, (open) => said(open, event));
    case "tutor_paused":
      if (session.status === "completed") return { ...session, tutorPausedBy: event.by };
      return { ...session, tutorPausedBy: event.by, step: withoutAwaitedAnswer(session.step) };
    case "tutor_resumed":
      return { ...session, tutorPausedBy: null };
    default:
      return assertNever(event);
  }
}
