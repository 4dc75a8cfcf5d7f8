/** A room's shared task as one of its people sees it: each event of it folded into the view. */

function withTask(view, change) {
  return { ...view, task: { ...view.task, ...change } };
}

/** One's own answer comes back to oneself; those who teach see everybody's. */
function withAnswer(view, { user_id, response }, ownId) {
  const answered = [...view.task.answered, user_id];
  if (response === undefined) return withTask(view, { answered });
  if (user_id === ownId) return withTask(view, { answered, your_answer: response });
  return withTask(view, { answered, answers: [...view.task.answers ?? [], { user_id, response }] });
}

/** What members do at a task, by the name of the activity. */
export const TASK_ACTIVITIES = {
  asked_for_a_task: (view) => ({ ...view, task_asked: true, task_fault: null }),
  answered: withAnswer,
  proposed: (view, { user_id, response, due_at_ms }) =>
    withTask(view, { due_at_ms, proposal: { by: user_id, response, agreed: [] } }),
  agreed: (view, { user_id }) => {
    const { proposal } = view.task;
    return withTask(view, { proposal: { ...proposal, agreed: [...proposal.agreed, user_id] } });
  },
};

export const TASK_FOLDS = {
  task_failed: (view, { says }) => ({ ...view, task_asked: false, task_fault: says }),
  task: (view, data) => {
    const begun = data.step === "alone" ? { answered: [], answers: null } : { turn: 1, proposal: null, answers: [] };
    return {
      ...view,
      task_asked: false,
      task: { ...data, your_answer: null, ...begun },
      // A new task, new parts.
      rotation: view.task === null ? view.rotation : view.rotation + 1,
    };
  },
  answers_shown: (view, { answers, turn, turn_of, due_at_ms }) =>
    withTask(view, { step: "turns", answers, turn, turn_of, due_at_ms, proposal: null }),
  turn: (view, { turn, turn_of, due_at_ms }) => withTask(view, { turn, turn_of, due_at_ms, proposal: null }),
  task_closed: (view, { task: _number, ...outcome }) => withTask(view, { step: "over", outcome }),
};
