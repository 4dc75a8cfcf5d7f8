/** A student's own session as they see it: the state that came with joining, and each event folded into it. */

function withItem(view, change) {
  return view.current_item === null ? view : { ...view, current_item: { ...view.current_item, ...change } };
}

const FOLDS = {
  state: (view, state) => ({ last: view?.last ?? null, ...state }),
  lesson_update: (view, { item_ref, item, reason, progress }) => ({
    ...view,
    progress,
    current_item: { item_ref, item, reason, hints: [], hints_left: 3, score_share: 1 },
  }),
  hint: (view, { text, hints_left, score_share }) =>
    withItem(view, { hints: [...view.current_item?.hints ?? [], text], hints_left, score_share }),
  answered: (view, data) => ({ ...view, last: data, progress: data.progress, current_item: null }),
  skipped: (view) => ({ ...view, last: null, current_item: null }),
  paused: (view, { message }) => ({ ...view, status: "paused", paused_says: message }),
  resumed: (view) => ({ ...view, status: "active" }),
  completed: (view) => ({ ...view, status: "completed", current_item: null, progress: 1 }),
  intervention: (view, data) => ({ ...view, intervention: data }),
  intervention_answered: (view) => ({ ...view, intervention: null }),
};

/** The view after `event`; events that change nothing here leave it as it is. */
export function foldSession(view, event, data) {
  const fold = FOLDS[event];
  return fold === undefined || (view === null && event !== "state") ? view : fold(view, data);
}
