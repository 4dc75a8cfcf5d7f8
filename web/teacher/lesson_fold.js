/** A lesson as its teachers see it: the state that came with joining, and what was told since folded into it. */

function keyed(rows, key) {
  return Object.fromEntries(rows.map((row) => [row[key], row]));
}

function without(rows, ids) {
  return Object.fromEntries(Object.entries(rows).filter(([id]) => !ids.includes(id)));
}

/** Of the same breakouts come the rooms that changed; others come whole. */
function withRooms(before, breakouts) {
  if (before === null || before.breakouts !== breakouts.breakouts) return breakouts;
  return {
    ...breakouts,
    rooms: Object.values({ ...keyed(before.rooms, "room_id"), ...keyed(breakouts.rooms, "room_id") }),
  };
}

/** Rows take the place of those with the same id; the other members replace the whole. */
function withUpdate(view, { students = [], gone = [], skills = [], breakouts = null, ...whole }) {
  return {
    ...view,
    ...whole,
    breakouts: breakouts === null ? view.breakouts : withRooms(view.breakouts, breakouts),
    students: students.length + gone.length === 0
      ? view.students
      : without({ ...view.students, ...keyed(students, "user_id") }, gone),
    skills: skills.length === 0 ? view.skills : { ...view.skills, ...keyed(skills, "skill_id") },
  };
}

const FOLDS = {
  state: (_view, state) => ({
    ...state,
    students: keyed(state.students, "user_id"),
    skills: keyed(state.skills, "skill_id"),
    failure: null,
  }),
  class_update: (view, data) => withUpdate(view, data),
  lesson_status: (view, { status }, atMs) => ({
    ...view,
    status,
    paused_at: status === "paused" ? new Date(atMs).toISOString() : null,
  }),
  question_asked: (view, asked) => ({ ...view, asked, failure: null }),
  question_failed: (view, { says }) => ({ ...view, asked: null, failure: says }),
  // The question itself comes with the next update, with how the class answers.
  question: (view) => ({ ...view, asked: null }),
  spotlight: (view, { question, answer, correct, user_id }) => ({
    ...view,
    spotlight: { question, answer, correct, user_id },
  }),
  message: (view, data, atMs) => ({
    ...view,
    messages: [...view.messages, { ...data, at: new Date(atMs).toISOString() }].slice(-10),
  }),
};

/** The view after `event`; events that change nothing here leave it as it is. */
export function foldForTeacher(view, event, data, atMs) {
  const fold = FOLDS[event];
  return fold === undefined || (view === null && event !== "state") ? view : fold(view, data, atMs);
}
