/** A room as its members and its teachers see it: the state that came with joining, and each event folded into it. */
import { rolesOf } from "../../src/domain/room/roles.ts";
import { TASK_ACTIVITIES, TASK_FOLDS } from "./task_fold.js";

/** Messages shown; earlier ones are in the room's history. */
const SHOWN = 200;
const ERASED = "Erased on its writer's wish.";

function withMember(view, userId, change) {
  return { ...view, members: view.members.map((one) => one.user_id === userId ? { ...one, ...change } : one) };
}

function withNewcomer(view, userId, name) {
  if (view.members.some((one) => one.user_id === userId)) {
    return withMember(view, userId, { name, standing: "in" });
  }
  const member = { user_id: userId, name, standing: "in", here: false, asks_help: false, written: 0, muted: false };
  return { ...view, members: [...view.members, member] };
}

function withMessageChanged(view, message, change) {
  return { ...view, messages: view.messages.map((one) => one.message === message ? { ...one, ...change(one) } : one) };
}

function withLeft(standing) {
  return (view, { user_id }) => withMember(view, user_id, { standing, asks_help: false });
}

/** What members do, by the name of the activity; who comes in is told with their name. */
const ACTIVITIES = {
  ...TASK_ACTIVITIES,
  left: withLeft("left"),
  moved: withLeft("moved"),
  removed: withLeft("removed"),
  asks_help: (view, { user_id }) => withMember(view, user_id, { asks_help: true }),
  asks_no_help: (view, { user_id }) => withMember(view, user_id, { asks_help: false }),
  rotated_roles: (view) => ({ ...view, rotation: view.rotation + 1 }),
  rated: (view, { user_id, message, stars }) =>
    withMessageChanged(view, message, ({ ratings }) => ({ ratings: [...ratings, { by: user_id, stars }] })),
};

function withActivity(view, data, ownId) {
  if (data.name !== undefined) return withNewcomer(view, data.user_id, data.name);
  return ACTIVITIES[data.activity]?.(view, data, ownId) ?? view;
}

function withMessage(view, data, atMs) {
  const message = { ...data, at: new Date(atMs).toISOString(), hidden: null, ratings: [] };
  const writer = view.members.find(({ user_id }) => user_id === data.user_id);
  const counted = writer === undefined ? view : withMember(view, data.user_id, { written: writer.written + 1 });
  return { ...counted, messages: [...view.messages, message].slice(-SHOWN) };
}

function withoutWords(view, userId) {
  return {
    ...view,
    messages: view.messages.map((one) => one.user_id === userId ? { ...one, text: null, hidden: ERASED } : one),
    held: view.held.filter((one) => (one.user_id ?? userId) !== userId),
    reports: view.reports.map((report) => ({
      ...report,
      context: report.context.map((one) => one.user_id === userId ? { ...one, text: "" } : one),
    })),
  };
}

const FOLDS = {
  ...TASK_FOLDS,
  message: withMessage,
  // Those who took it away go on reading it.
  message_hidden: (view, { message, reason, by }) =>
    withMessageChanged(view, message, ({ text }) => ({ text: by === undefined ? null : text, hidden: reason })),
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
  words_erased: (view, { user_id }) => withoutWords(view, user_id),
  peer_activity: (view, data, _atMs, ownId) => withActivity(view, data, ownId),
  recalled: (view, { ends_at_ms }) => ({ ...view, recalled: true, ends_at_ms }),
  room_ended: (view, { reason }) => ({ ...view, status: "ended", task_asked: false, end_reason: reason }),
  presence: (view, present) => {
    const here = new Set(present.map(({ user_id }) => user_id));
    const members = view.members.map((one) => ({ ...one, here: here.has(one.user_id) }));
    const isMember = (userId) => members.some(({ user_id }) => user_id === userId);
    return { ...view, members, staff_here: [...here].some((userId) => !isMember(userId)) };
  },
};

/** Each member's part follows from who is in the room and how often parts have moved on. */
function withRoles(view) {
  const members = view.members.map(({ user_id: userId, standing }) => ({ userId, standing }));
  const roles = rolesOf({ plan: { roles: view.roles_by }, members, rotation: view.rotation });
  return { ...view, roles: roles.map(({ userId, role }) => ({ user_id: userId, role })) };
}

/** The view of `ownId` after `event`; events that change nothing here leave it as it is. */
export function foldRoom(view, event, data, atMs, ownId) {
  if (event === "state") return data;
  const fold = FOLDS[event];
  if (fold === undefined || view === null) return view;
  const after = fold(view, data, atMs, ownId);
  return after.members === view.members && after.rotation === view.rotation ? after : withRoles(after);
}
