/** Rows of the table of who may use which route, for looking for partners. */
import { API, type Request, type Row } from "./access_row.ts";

/** For a student of the class alone; the class is not there for others, its teachers included. */
function ownSearch(status: number, isBegun: "begun" | "not_begun", request: (path: string) => Request): Row {
  return {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 404, owner: status },
    ownerRole: "student",
    async prepare(edge, { token }) {
      const teacher = await edge.signUp("teacher");
      const made = await edge.ask("POST", `${API}/classes`, { token: teacher.token, body: { title: "7b" } });
      const { body } = await edge.ask("POST", `${API}/classes/${made.body.id}/join-code`, { token: teacher.token });
      await edge.ask("POST", `${API}/classes/join`, { token, body: { code: body.code } });
      const path = `${API}/classes/${made.body.id}/matching`;
      if (isBegun === "begun") await edge.ask("POST", path, { token, body: { course_id: "doubling" } });
      return request(path);
    },
  };
}

export const MATCHING_ROWS: Readonly<Record<string, Row>> = {
  "POST /api/v1/classes/{class_id}/matching": ownSearch(200, "not_begun", (path) => ({
    path,
    body: { course_id: "doubling" },
  })),
  "GET /api/v1/classes/{class_id}/matching": ownSearch(200, "begun", (path) => ({ path })),
  "DELETE /api/v1/classes/{class_id}/matching": ownSearch(204, "begun", (path) => ({ path })),
};
