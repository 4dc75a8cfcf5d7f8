/** Rows of the table of who may use which route, for rooms. */
import { API, everyone, type Request, type Row } from "./access_row.ts";
import type { Edge, SignedUp } from "./edge_world.ts";

interface Prepared {
  readonly path: string;
  readonly ownerId: string;
}

/** A room that the owner, a student of a class, has opened. */
async function openRoom(edge: Edge, owner: SignedUp): Promise<Prepared> {
  const classId = await edge.classOf(await edge.signUp("teacher"), owner);
  const body = { class_id: classId, title: "Twice" };
  const { body: { room_id } } = await edge.ask("POST", `${API}/rooms`, { token: owner.token, body });
  return { path: `${API}/rooms/${room_id}`, ownerId: owner.id };
}

/** For who is in it and administrators; a teacher of another class of the owner's is a stranger too. */
function ownRoom(status: number, request: (prepared: Prepared) => Request): Row {
  return {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: status, owner: status, class_teacher: 404 },
    ownerRole: "student",
    prepare: async (edge, owner) => request(await openRoom(edge, owner)),
  };
}

export const ROOM_ROWS: Readonly<Record<string, Row>> = {
  "POST /api/v1/rooms": {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 201, owner: 201, class_teacher: 404 },
    ownerRole: "student",
    async prepare(edge, owner) {
      const classId = await edge.classOf(await edge.signUp("teacher"), owner);
      return { path: `${API}/rooms`, body: { class_id: classId, title: "Twice" } };
    },
  },
  "GET /api/v1/rooms": everyone(200, () => ({ path: `${API}/rooms` })),
  "GET /api/v1/rooms/{room_id}": ownRoom(200, ({ path }) => ({ path })),
  "PUT /api/v1/rooms/{room_id}/members/{user_id}": ownRoom(200, ({ path, ownerId }) => ({
    path: `${path}/members/${ownerId}`,
  })),
  "DELETE /api/v1/rooms/{room_id}/members/{user_id}": {
    ...ownRoom(204, ({ path, ownerId }) => ({ path: `${path}/members/${ownerId}` })),
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 404, owner: 204, class_teacher: 404 },
  },
  "GET /api/v1/rooms/{room_id}/messages": ownRoom(200, ({ path }) => ({ path: `${path}/messages` })),
  "GET /api/v1/rooms/{room_id}/documents/{document}": ownRoom(200, ({ path }) => ({ path: `${path}/documents/notes` })),
  "DELETE /api/v1/users/{user_id}/words": {
    ...ownRoom(204, ({ ownerId }) => ({ path: `${API}/users/${ownerId}/words` })),
  },
  "GET /api/v1/rooms/{room_id}/reports": {
    ...ownRoom(200, ({ path }) => ({ path: `${path}/reports` })),
    expects: { anonymous: 401, student: 403, teacher: 404, admin: 200, owner: 403, class_teacher: 404 },
  },
};
