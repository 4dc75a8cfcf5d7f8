/** A room as its members and its teachers see it: the state that came with joining, and each event folded into it. */

/** Messages shown; earlier ones are in the room's history. */
const SHOWN = 200;

function withMember(view, userId, change) {
  return { ...view, members: view.members.map((one) => one.user_id === userId ? { ...one, ...change } : one) };
}

function withNewcomer(view, userId, name) {
  if (view.members.some((one) => one.user_id === userId)) {
    return withMember(view, userId, { standing: "in", here: true });
  }
  const member = { user_id: userId, name, standing: "in", here: true, asks_help: false, written: 0, muted: false };
  return { ...view, members: [...view.members, member] };
}

function withActivity(view, { user_id, activity, name }) {
  if (name !== undefined) return withNewcomer(view, user_id, name);
  if (activity === "asks_help" || activity === "asks_no_help") {
    return withMember(view, user_id, { asks_help: activity === "asks_help" });
  }
  return view;
}

const FOLDS = {
  state: (_view, state) => state,
  message: (view, data, atMs) => ({
    ...view,
    messages: [...view.messages, { ...data, at: new Date(atMs).toISOString(), hidden: null }].slice(-SHOWN),
  }),
  message_hidden: (view, { message, reason }) => ({
    ...view,
    messages: view.messages.map((one) => one.message === message ? { ...one, text: null, hidden: reason } : one),
  }),
  text_held: (view, held) => ({
    ...view,
    held: [...view.held, { ...held, after: view.messages.at(-1)?.message ?? 0 }],
  }),
  message_reported: (view, data) => ({ ...view, reports: [...view.reports, { ...data, settled: null }] }),
  report_settled: (view, { report, by, note }) => ({
    ...view,
    reports: view.reports.map((one) => one.report === report ? { ...one, settled: { by, note } } : one),
  }),
  member_muted: (view, { user_id, muted }) => withMember(view, user_id, { muted }),
  peer_activity: (view, data) => withActivity(view, data),
  recalled: (view, { ends_at_ms }) => ({ ...view, recalled: true, ends_at_ms }),
  room_ended: (view) => ({ ...view, status: "ended" }),
  presence: (view, present) => {
    const here = new Set(present.map(({ user_id }) => user_id));
    return { ...view, members: view.members.map((one) => ({ ...one, here: here.has(one.user_id) })) };
  },
};

/** The view after `event`; events that change nothing here leave it as it is. */
export function foldRoom(view, event, data, atMs) {
  const fold = FOLDS[event];
  return fold === undefined || (view === null && event !== "state") ? view : fold(view, data, atMs);
}
