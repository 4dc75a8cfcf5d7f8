/** A debate as one of its watchers sees it: the state that came with joining, and each event folded into it. */

function withNow(view, change) {
  return { ...view, now: { ...view.now, ...change } };
}

function withJudgement(view, userId, change) {
  return { ...view, judgements: view.judgements.map((one) => one.user_id === userId ? { ...one, ...change } : one) };
}

const FOLDS = {
  state: (_view, state) => state,
  turn_started: (view, { turn, due_at }) => ({ ...view, status: "running", now: { turn, due_at } }),
  statement_made: (view, statement) => ({ ...view, statements: [...view.statements, statement] }),
  statement_held: (view, held) => ({ ...view, held: [...view.held, held] }),
  debate_paused: (view, { remaining_ms, reason }) => ({ ...withNow(view, { remaining_ms, reason }), status: "paused" }),
  debate_resumed: (view, { due_at }) => ({ ...withNow(view, { due_at }), status: "running" }),
  turn_extended: (view, { due_at }) => withNow(view, { due_at }),
  debate_ended: (view) => ({ ...view, status: "ended", now: null }),
  debate_stopped: (view) => ({ ...view, status: "ended", now: null }),
  judged_by_rules: (view, { user_id, criteria }) => ({
    ...view,
    judgements: [...view.judgements, { user_id, by_rules: criteria, draft: null, confirmed: null }],
  }),
  judgement_drafted: (view, { user_id, criteria }) =>
    withJudgement(view, user_id, { draft: { status: "made", criteria } }),
  judgement_confirmed: (view, { user_id, by, criteria, comment }) =>
    withJudgement(view, user_id, { confirmed: { by, criteria, comment } }),
};

/** The view after `event`; events that change nothing here leave it as it is. */
export function foldDebate(view, event, data) {
  const fold = FOLDS[event];
  return fold === undefined || (view === null && event !== "state") ? view : fold(view, data);
}
