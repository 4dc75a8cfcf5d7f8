/** Rows of the table of who may use which route, for debates. */
import { API, everyone, type Request, type Row, staff } from "./access_row.ts";
import type { Edge, SignedUp } from "./edge_world.ts";

const PRACTICE = { motion_id: "nuclear-power", ai_side: "against" };

async function openPractice(edge: Edge, { token }: SignedUp): Promise<string> {
  const { body } = await edge.ask("POST", `${API}/debates`, { token, body: PRACTICE });
  return `${API}/debates/${body.debate_id}`;
}

/** A student's practice: theirs and administrators', not there for others. */
function ownDebate(request: (path: string) => Request): Row {
  return {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 200, owner: 200 },
    ownerRole: "student",
    prepare: async (edge, owner) => request(await openPractice(edge, owner)),
  };
}

export const DEBATE_ROWS: Readonly<Record<string, Row>> = {
  "GET /api/v1/debate-motions": everyone(200, () => ({ path: `${API}/debate-motions` })),
  "GET /api/v1/debate-motions/{motion_id}": staff(200, () => ({ path: `${API}/debate-motions/nuclear-power` })),
  "POST /api/v1/debates": everyone(201, () => ({ path: `${API}/debates`, body: PRACTICE })),
  "GET /api/v1/debates": everyone(200, () => ({ path: `${API}/debates` })),
  "GET /api/v1/debates/{debate_id}": ownDebate((path) => ({ path })),
  "GET /api/v1/debates/{debate_id}/map.svg": ownDebate((path) => ({ path: `${path}/map.svg` })),
  // It is not over, so nobody is judged yet.
  "POST /api/v1/debates/{debate_id}/judgements": {
    ...ownDebate((path) => ({
      path: `${path}/judgements`,
      body: { user_id: "nobody", scores: { claim: 1, evidence: 1, reasoning: 1, rebuttal: 1, civility: 1 } },
    })),
    expects: { anonymous: 401, student: 403, teacher: 404, admin: 409, owner: 403 },
  },
};
