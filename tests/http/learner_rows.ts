/** Rows of the table of who may use which route, for what learners keep between sessions. */
import { API, everyone, openTo, type Request, type Row, staff } from "./access_row.ts";
import { earnFirstBadge } from "./earn_first_badge.ts";
import type { EngineWorld } from "./engine_world.ts";

/** A student's badge, earned and issued. */
function ownCredential(
  { registry }: EngineWorld,
  expects: Row["expects"],
  prepare: (path: string) => Request,
): Row {
  return {
    expects,
    ownerRole: "student",
    async prepare(edge, owner) {
      await earnFirstBadge(registry, owner.id);
      const issued = await edge.ask("POST", `${API}/badges/first-answer/credential`, { token: owner.token });
      return prepare(`${API}/credentials/${issued.body.id}`);
    },
  };
}

/** What is kept of a learner: theirs, their teachers' and administrators'. */
function ownRecord(path: string): Row {
  return {
    expects: { anonymous: 401, student: 403, teacher: 404, admin: 200, owner: 200, class_teacher: 200 },
    ownerRole: "student",
    prepare: (_edge, owner) => ({ path: `${API}${path}?learner_id=${owner.id}` }),
  };
}

/** Quests, and the goals that they serve. */
const QUEST_ROWS: Readonly<Record<string, Row>> = {
  "GET /api/v1/goals": ownRecord("/goals"),
  "PUT /api/v1/goals/{course_id}/{skill_id}": everyone(200, () => ({ path: `${API}/goals/doubling/redoubling` })),
  "DELETE /api/v1/goals/{course_id}/{skill_id}": everyone(204, () => ({
    path: `${API}/goals/doubling/redoubling`,
  })),
  "GET /api/v1/quests": ownRecord("/quests"),
  "GET /api/v1/quests/ended": ownRecord("/quests/ended"),
  "POST /api/v1/quests/seek": everyone(202, () => ({ path: `${API}/quests/seek` })),
  // Moves reach one's own quests alone, and nobody here has any; `quests_rest_test.ts` moves some.
  "POST /api/v1/quests/{quest_id}/accept": everyone(404, () => ({ path: `${API}/quests/q1.0/accept` })),
  "POST /api/v1/quests/{quest_id}/decline": everyone(404, () => ({ path: `${API}/quests/q1.0/decline` })),
  "POST /api/v1/quests/{quest_id}/abandon": everyone(404, () => ({ path: `${API}/quests/q1.0/abandon` })),
  "POST /api/v1/quests/{quest_id}/submit": everyone(404, () => ({ path: `${API}/quests/q1.0/submit`, body: {} })),
  "GET /api/v1/quest-teams/{team_id}": everyone(404, () => ({ path: `${API}/quest-teams/none` })),
  "POST /api/v1/quest-teams/{team_id}/join": everyone(202, () => ({ path: `${API}/quest-teams/none/join` })),
  "GET /api/v1/submissions": staff(200, () => ({ path: `${API}/submissions` })),
  "GET /api/v1/submissions/{submission_id}": staff(404, () => ({ path: `${API}/submissions/none` })),
  "POST /api/v1/submissions/{submission_id}/evaluate": staff(404, () => ({
    path: `${API}/submissions/none/evaluate`,
    body: { points: {} },
  })),
};

export function learnerRows(world: EngineWorld): Readonly<Record<string, Row>> {
  return {
    ...QUEST_ROWS,
    "GET /api/v1/levels": everyone(200, () => ({ path: `${API}/levels` })),
    "GET /api/v1/points": ownRecord("/points"),
    "GET /api/v1/points/ledger": ownRecord("/points/ledger"),
    // Nothing has been given; `rewards_rest_test.ts` takes some back.
    "POST /api/v1/learners/{learner_id}/points/reversals": {
      expects: { anonymous: 401, student: 403, teacher: 404, admin: 409, class_teacher: 409 },
      ownerRole: "student",
      prepare: (_edge, { id }) => ({
        path: `${API}/learners/${id}/points/reversals`,
        body: { entry_id: "sessions.none", reason: "Not theirs." },
      }),
    },
    "GET /api/v1/badges": ownRecord("/badges"),
    "GET /api/v1/achievements": ownRecord("/achievements"),
    "GET /api/v1/activity-feed": ownRecord("/activity-feed"),
    "GET /.well-known/did.json": openTo(200, () => ({ path: "/.well-known/did.json" })),
    "GET /.well-known/jwks.json": openTo(200, () => ({ path: "/.well-known/jwks.json" })),
    "GET /api/v1/badges/{badge_id}/achievement": openTo(
      200,
      () => ({ path: `${API}/badges/first-answer/achievement` }),
    ),
    "GET /api/v1/badges/{badge_id}/image.svg": openTo(200, () => ({ path: `${API}/badges/first-answer/image.svg` })),
    // Not earned; `credentials_test.ts` issues some.
    "POST /api/v1/badges/{badge_id}/credential": everyone(409, () => ({
      path: `${API}/badges/first-answer/credential`,
    })),
    "GET /api/v1/credentials": everyone(200, () => ({ path: `${API}/credentials` })),
    "GET /api/v1/credentials/revocations": openTo(200, () => ({ path: `${API}/credentials/revocations` })),
    // No such key.
    "GET /api/v1/credentials/keys/{thumbprint}": openTo(404, () => ({
      path: `${API}/credentials/keys/${"A".repeat(43)}`,
    })),
    "POST /api/v1/credentials/verify": openTo(
      200,
      () => ({ path: `${API}/credentials/verify`, body: { jwt: "a.b.c" } }),
    ),
    "GET /api/v1/credentials/{credential_id}": ownCredential(
      world,
      { anonymous: 401, student: 404, teacher: 404, admin: 404, owner: 200 },
      (path) => ({ path }),
    ),
    "POST /api/v1/credentials/{credential_id}/revoke": ownCredential(
      world,
      { anonymous: 401, student: 403, teacher: 404, admin: 200, owner: 403, class_teacher: 200 },
      (path) => ({ path: `${path}/revoke`, body: { reason: "Earned by another." } }),
    ),
  };
}
