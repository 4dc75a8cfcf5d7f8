/** Rows of the table of who may use which route, for classes and their rosters. */
import { API, everyone, type Request, type Row, staff } from "./access_row.ts";
import type { Edge, SignedUp } from "./edge_world.ts";

/** What can be asked about a class that has a code, a student and somebody who waits. */
interface Prepared {
  readonly path: string;
  readonly code: string;
  readonly studentId: string;
}

async function prepareClass(edge: Edge, { token }: SignedUp): Promise<Prepared> {
  const made = await edge.ask("POST", `${API}/classes`, { token, body: { title: "7b" } });
  const path = `${API}/classes/${made.body.id}`;
  const { body: { code } } = await edge.ask("POST", `${path}/join-code`, { token });
  const student = await edge.signUp("student");
  await edge.ask("POST", `${API}/classes/join`, { token: student.token, body: { code } });
  return { path, code, studentId: student.id };
}

/** A teacher's class: theirs and administrators', not there for other teachers. */
function ownClass(status: number, request: (prepared: Prepared) => Request): Row {
  return {
    expects: { anonymous: 401, student: 403, teacher: 404, admin: status, owner: status },
    ownerRole: "teacher",
    prepare: async (edge, owner) => request(await prepareClass(edge, owner)),
  };
}

/** The class of a new teacher's that this person is asked to join. */
async function invitedBySomebody(edge: Edge, { username }: SignedUp): Promise<string> {
  const teacher = await edge.signUp("teacher");
  const classId = await edge.classOf(teacher);
  await edge.ask("POST", `${API}/classes/${classId}/members`, { token: teacher.token, body: { login: username } });
  return classId;
}

let members = 0;
const LESSON = { course_id: "doubling", title: "Twice", mode: "mixed" };

export const CLASS_ROWS: Readonly<Record<string, Row>> = {
  "GET /api/v1/classes": staff(200, () => ({ path: `${API}/classes` })),
  "POST /api/v1/classes": staff(201, () => ({ path: `${API}/classes`, body: { title: "7b" } })),
  "GET /api/v1/classes/{class_id}": ownClass(200, ({ path }) => ({ path })),
  "PATCH /api/v1/classes/{class_id}": ownClass(200, ({ path }) => ({ path, body: { emotion_allowed: true } })),
  "DELETE /api/v1/classes/{class_id}": ownClass(204, ({ path }) => ({ path })),
  "GET /api/v1/classes/{class_id}/leaderboard": {
    ...ownClass(200, ({ path }) => ({ path: `${path}/leaderboard` })),
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 200, owner: 200 },
  },
  "GET /api/v1/classes/{class_id}/language-model": ownClass(200, ({ path }) => ({ path: `${path}/language-model` })),
  "PUT /api/v1/classes/{class_id}/language-model": ownClass(200, ({ path }) => ({
    path: `${path}/language-model`,
    body: { allowed: true },
  })),
  "GET /api/v1/classes/{class_id}/members": ownClass(200, ({ path }) => ({ path: `${path}/members` })),
  "POST /api/v1/classes/{class_id}/members": {
    ...ownClass(201, ({ path }) => ({ path })),
    async prepare(edge, owner) {
      const { path } = await prepareClass(edge, owner);
      const login = `new.member.${++members}`;
      const email = `${login}@school.example`;
      await edge.accounts.create({ username: login, email, password: crypto.randomUUID(), role: "student" });
      return { path: `${path}/members`, body: { login } };
    },
  },
  "PATCH /api/v1/classes/{class_id}/members/{user_id}": ownClass(200, ({ path, studentId }) => ({
    path: `${path}/members/${studentId}`,
    body: { time_multiplier: 1.5 },
  })),
  "DELETE /api/v1/classes/{class_id}/members/{user_id}": ownClass(204, ({ path, studentId }) => ({
    path: `${path}/members/${studentId}`,
  })),
  "GET /api/v1/invitations": everyone(200, () => ({ path: `${API}/invitations` })),
  "POST /api/v1/invitations/{class_id}/accept": {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 404, owner: 200 },
    ownerRole: "student",
    prepare: async (edge, owner) => ({ path: `${API}/invitations/${await invitedBySomebody(edge, owner)}/accept` }),
  },
  "DELETE /api/v1/invitations/{class_id}": {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 404, owner: 204 },
    ownerRole: "student",
    prepare: async (edge, owner) => ({ path: `${API}/invitations/${await invitedBySomebody(edge, owner)}` }),
  },
  "GET /api/v1/classes/{class_id}/join-code": ownClass(200, ({ path }) => ({ path: `${path}/join-code` })),
  "POST /api/v1/classes/{class_id}/join-code": ownClass(201, ({ path }) => ({ path: `${path}/join-code` })),
  "DELETE /api/v1/classes/{class_id}/join-code": ownClass(204, ({ path }) => ({ path: `${path}/join-code` })),
  "GET /api/v1/classes/{class_id}/join-code.svg": ownClass(200, ({ path }) => ({ path: `${path}/join-code.svg` })),
  "POST /api/v1/classes/join": {
    // Its owner is in it already.
    expects: { anonymous: 401, student: 201, teacher: 201, admin: 201, owner: 200 },
    ownerRole: "teacher",
    async prepare(edge, owner) {
      const { code } = await prepareClass(edge, owner);
      return { path: `${API}/classes/join`, body: { code } };
    },
  },
  "POST /api/v1/classes/{class_id}/lessons": ownClass(201, ({ path }) => ({ path: `${path}/lessons`, body: LESSON })),
  "GET /api/v1/classes/{class_id}/lessons": ownClass(200, ({ path }) => ({ path: `${path}/lessons` })),
  "GET /api/v1/lessons": everyone(200, () => ({ path: `${API}/lessons` })),
  "GET /api/v1/lessons/{lesson_id}": {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 200, owner: 200 },
    ownerRole: "teacher",
    async prepare(edge, owner) {
      const { path } = await prepareClass(edge, owner);
      const opened = await edge.ask("POST", `${path}/lessons`, { token: owner.token, body: LESSON });
      return { path: `${API}/lessons/${opened.body.id}` };
    },
  },
  "GET /api/v1/memberships": everyone(200, () => ({ path: `${API}/memberships` })),
  // They are not in the class, except its owner, who stays.
  "DELETE /api/v1/memberships/{class_id}": {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 404, owner: 409 },
    ownerRole: "teacher",
    async prepare(edge, owner) {
      const { path } = await prepareClass(edge, owner);
      return { path: `${API}/memberships/${path.split("/").at(-1)}` };
    },
  },
};
