/** Rows of the table of who may use which route, for what learners keep between sessions. */
import { API, everyone, openTo, type Request, type Row, staff } from "./access_row.ts";
import { draftOf, rubric } from "../domain/quests/quest_run.ts";
import { earnFirstBadge } from "./earn_first_badge.ts";
import type { EngineWorld } from "./engine_world.ts";
import { foundTeam, handIn, offeredTo } from "./some_quests.ts";

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

const GOAL = `${API}/goals/doubling/redoubling`;

/** One's own goals, whoever asks. */
function ownGoal(status: number): Row {
  return {
    ...everyone(status, async (edge, { token }) => {
      await edge.ask("PUT", GOAL, { token });
      return { path: GOAL };
    }),
    keeps: `${API}/goals`,
  };
}

/** A move of a quest that is its owner's alone: others reach quests of their own, and have none of this name. */
function ownQuest({ registry }: EngineWorld, verb: string, before: "offered" | "accepted", body?: unknown): Row {
  return {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 404, owner: 200, class_teacher: 404 },
    ownerRole: "student",
    async prepare(edge, { id, token }) {
      await offeredTo(registry, id, draftOf([rubric("clear")], { retries: 1 }));
      const { body: { offers: [offer] } } = await edge.ask("GET", `${API}/quests`, { token });
      const quest = `${API}/quests/${offer.quest_id}`;
      if (before === "accepted") await edge.ask("POST", `${quest}/accept`, { token });
      return { path: `${quest}/${verb}`, ...body === undefined ? {} : { body } };
    },
    keeps: `${API}/quests`,
  };
}

/** What a learner has handed in: for those who teach them to judge. */
function submissionOf({ registry }: EngineWorld, path: string, body?: unknown): Row {
  return {
    expects: { anonymous: 401, student: 403, teacher: 404, admin: 200, owner: 403, class_teacher: 200 },
    ownerRole: "student",
    prepare: async (_edge, { id }) => ({
      path: `${API}/submissions/${await handIn(registry, id, "q7.0")}${path}`,
      ...body === undefined ? {} : { body },
    }),
  };
}

/** Quests, and the goals that they serve. */
function questRows(world: EngineWorld): Readonly<Record<string, Row>> {
  const teamPath = async (id: string) => `${API}/quest-teams/${await foundTeam(world.registry, id, "x")}`;
  return {
    "GET /api/v1/goals": ownRecord("/goals"),
    "PUT /api/v1/goals/{course_id}/{skill_id}": ownGoal(200),
    "DELETE /api/v1/goals/{course_id}/{skill_id}": ownGoal(204),
    "GET /api/v1/quests": ownRecord("/quests"),
    "GET /api/v1/quests/ended": ownRecord("/quests/ended"),
    "POST /api/v1/quests/seek": {
      ...everyone(202, () => ({ path: `${API}/quests/seek` })),
      keeps: `${API}/quests`,
    },
    "POST /api/v1/quests/{quest_id}/accept": ownQuest(world, "accept", "offered"),
    "POST /api/v1/quests/{quest_id}/decline": ownQuest(world, "decline", "offered"),
    "POST /api/v1/quests/{quest_id}/abandon": ownQuest(world, "abandon", "accepted"),
    "POST /api/v1/quests/{quest_id}/submit": ownQuest(world, "submit", "accepted", { text: "Because." }),
    "GET /api/v1/quest-teams/{team_id}": {
      expects: { anonymous: 401, student: 404, teacher: 404, admin: 200, owner: 200, class_teacher: 200 },
      ownerRole: "student",
      prepare: async (_edge, { id }) => ({ path: await teamPath(id) }),
    },
    // The answer comes on one's own channel.
    "POST /api/v1/quest-teams/{team_id}/join": everyone(202, async (_edge, { id }) => ({
      path: `${await teamPath(id)}/join`,
    })),
    "GET /api/v1/submissions": staff(200, () => ({ path: `${API}/submissions` })),
    "GET /api/v1/submissions/{submission_id}": submissionOf(world, ""),
    "POST /api/v1/submissions/{submission_id}/evaluate": submissionOf(world, "/evaluate", {
      points: { clear: 1 },
      comment: "Well said.",
    }),
  };
}

export function learnerRows(world: EngineWorld): Readonly<Record<string, Row>> {
  return {
    ...questRows(world),
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
