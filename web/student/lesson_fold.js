/** A lesson as its student sees it: the state that came with joining, and each event folded into it. */

const NO_REVEAL = { revealed: null, your_result: null };

function withQuestion(view, change) {
  return view.question === null ? view : { ...view, question: { ...view.question, ...change } };
}

/** The question's ends, those that it has, after a pause of `ms`. */
function laterBy({ deadline_ms, cutoff_ms }, ms) {
  return {
    deadline_ms: deadline_ms === null ? null : deadline_ms + ms,
    cutoff_ms: cutoff_ms === null ? null : cutoff_ms + ms,
  };
}

function withStatus(view, { status, paused_ms = 0, reason = null }, atMs) {
  const { question } = view;
  // A close that was announced for later than the pause is held by it; one that had come stays where it was.
  const isHeld = question?.step === "closing" && question.cutoff_ms > Date.parse(view.paused_at);
  // A question that came in the midst of the pause has lost no more than since then.
  const lostMs = Math.min(paused_ms, Math.max(0, atMs - (question?.opened_at_ms ?? 0)));
  const moved = question?.step === "open" || isHeld ? withQuestion(view, laterBy(question, lostMs)) : view;
  const pausedAt = status === "paused" ? new Date(atMs).toISOString() : null;
  return { ...moved, status, paused_at: pausedAt, status_reason: reason };
}

function withReveal(view, { your_result: result, question: _number, ...revealed }) {
  const shown = withQuestion(view, { step: "revealed", revealed, your_result: result });
  if (result === null) return shown;
  return {
    ...shown,
    answered: view.answered + 1,
    correct: view.correct + (result.correct ? 1 : 0),
    points: view.points + result.score,
  };
}

const FOLDS = {
  state: (_view, state) => state,
  lesson_status: (view, data, atMs) => withStatus(view, data, atMs),
  question: (view, data) => ({
    ...view,
    question: { ...data, ...NO_REVEAL, step: "open", cutoff_ms: null, your_answer: null },
  }),
  time_extended: (view, { by_ms }) =>
    view.question?.deadline_ms === null
      ? view
      : withQuestion(view, { deadline_ms: (view.question?.deadline_ms ?? 0) + by_ms }),
  answer_counted: (view, { response, answered_at_ms }) =>
    withQuestion(view, { your_answer: { response, answered_at_ms } }),
  question_closing: (view, { cutoff_ms }) => withQuestion(view, { step: "closing", cutoff_ms }),
  pens_down: (view) => withQuestion(view, { step: "down", cutoff_ms: null }),
  question_reopened: (view, { round, opened_at_ms, deadline_ms }) =>
    withQuestion(view, {
      step: "open",
      cutoff_ms: null,
      round,
      opened_at_ms,
      deadline_ms,
      // A second vote asks everybody anew.
      your_answer: round === view.question?.round ? view.question.your_answer : null,
    }),
  question_revealed: (view, data) => withReveal(view, data),
  // It counts, but what it came to is told with the next view alone.
  question_left: (view) => ({ ...view, question: null, has_untold: true }),
  breakouts: (view, data) => ({ ...view, breakouts: { ...data, over_at_ms: null } }),
  seated: (view, { room_id, room }) => ({ ...view, breakouts: { ...view.breakouts, room_id, room } }),
  rooms_recalled: (view, { recall_at_ms }) => ({ ...view, breakouts: { ...view.breakouts, recall_at_ms } }),
  rooms_over: (view, _data, atMs) => ({ ...view, breakouts: { ...view.breakouts, over_at_ms: atMs } }),
  spotlight: (view, { answer, correct, user_id }) => withQuestion(view, { spotlight: { answer, correct, user_id } }),
  message: (view, data, atMs) => ({
    ...view,
    messages: [...view.messages, { ...data, at: new Date(atMs).toISOString() }].slice(-10),
  }),
};

/** The view after `event`; events that change nothing here leave it as it is. */
export function foldForStudent(view, event, data, atMs) {
  const fold = FOLDS[event];
  return fold === undefined || (view === null && event !== "state") ? view : fold(view, data, atMs);
}
