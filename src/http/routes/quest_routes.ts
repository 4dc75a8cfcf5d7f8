/** `/quests`: a learner's own offers and quests, moved by them; read by them and by staff. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { LearnerQuestCommand } from "../../domain/quests/messages.ts";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json, jsonBody, pageSchema } from "../documents/json_content.ts";
import {
  endedQuerySchema,
  keyHeader,
  questParam,
  questsJson,
  questsQuerySchema,
  questsSchema,
  questSubmissionSchema,
  teamParam,
  teamSchema,
} from "../documents/quest_schemas.ts";
import { toldJson, toldSchema } from "../documents/reward_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { LearnerQuests } from "../learner_quests.ts";
import type { LearnerRecords } from "../learner_records.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["quests"];
const quests = json(questsSchema, "The quests as they then stand");
const ENDED = { completed: ["quest_completed"], closed: ["quest_closed"] } as const;

const list = createRoute({
  method: "get",
  path: "/quests",
  tags,
  summary: "What is offered to a learner and what they have under way",
  description: "At most 3 offers and 4 quests, so without pages.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: questsQuerySchema },
  responses: { 200: quests },
});

const ended = createRoute({
  method: "get",
  path: "/quests/ended",
  tags,
  summary: "A learner's quests that are over, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: endedQuerySchema },
  responses: { 200: json(pageSchema(toldSchema), "A page of them") },
});

const seek = createRoute({
  method: "post",
  path: "/quests/seek",
  tags,
  summary: "Ask for quests",
  description: "They come with `quests_offered` on the learner's channel.",
  ...only(EVERYONE_SIGNED_IN),
  request: { headers: keyHeader },
  responses: { 202: quests },
});

/** The moves that need no more than the quest's name. */
function moveRoute<Verb extends "accept" | "decline" | "abandon">(verb: Verb, summary: string) {
  return createRoute({
    method: "post",
    path: `/quests/{quest_id}/${verb}` as const,
    tags,
    summary,
    ...only(EVERYONE_SIGNED_IN),
    request: { params: questParam, headers: keyHeader },
    responses: { 200: quests },
  });
}

const accept = moveRoute("accept", "Take up an offered quest");
const decline = moveRoute("decline", "Turn an offered quest down");
const abandon = moveRoute("abandon", "Give up a quest that is under way");

const submit = createRoute({
  method: "post",
  path: "/quests/{quest_id}/submit",
  tags,
  summary: "Hand in answers and text for a quest",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: questParam, headers: keyHeader, body: jsonBody(questSubmissionSchema) },
  responses: { 200: quests },
});

const team = createRoute({
  method: "get",
  path: "/quest-teams/{team_id}",
  tags,
  summary: "A team's quest, for its members and staff",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: teamParam },
  responses: { 200: json(teamSchema, "The team as it stands") },
});

const join = createRoute({
  method: "post",
  path: "/quest-teams/{team_id}/join",
  tags,
  summary: "Ask to be let into a team",
  description: "`quest_accepted` or `team_join_refused` on the learner's channel tells what came of it.",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: teamParam, headers: keyHeader },
  responses: { 202: quests },
});

export interface QuestRouteParts {
  readonly quests: LearnerQuests;
  readonly records: LearnerRecords;
  readonly learners: LearnersKnown;
}

export function questRoutes({ quests, records, learners }: QuestRouteParts, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { learner_id, ...wanted } = c.req.valid("query");
    const learnerId = await learnerAsked(learners, c.var.principal, learner_id);
    return c.json(questsJson(await quests.read(learnerId), wanted), 200);
  });

  app.openapi({ ...ended, middleware: guard.signedIn(ended) }, async (c) => {
    const { learner_id, outcome, cursor, limit } = c.req.valid("query");
    const learnerId = await learnerAsked(learners, c.var.principal, learner_id);
    const types = outcome === undefined ? [...ENDED.completed, ...ENDED.closed] : ENDED[outcome];
    const page = await records.newest(learnerId, types, cursor, limit);
    return c.json({ rows: page.rows.map(toldJson), next: page.next }, 200);
  });

  app.openapi({ ...seek, middleware: guard.signedIn(seek) }, async (c) => {
    const key = c.req.valid("header")["idempotency-key"] ?? null;
    return c.json(questsJson(await quests.move(c.var.principal, { type: "seek_quests" }, key)), 202);
  });

  for (
    const [route, type] of [[accept, "accept_quest"], [decline, "decline_quest"], [abandon, "abandon_quest"]] as const
  ) {
    app.openapi({ ...route, middleware: guard.signedIn(route) }, async (c) => {
      const command: LearnerQuestCommand = { type, questId: c.req.valid("param").quest_id };
      const key = c.req.valid("header")["idempotency-key"] ?? null;
      return c.json(questsJson(await quests.move(c.var.principal, command, key)), 200);
    });
  }

  app.openapi({ ...submit, middleware: guard.signedIn(submit) }, async (c) => {
    const questId = c.req.valid("param").quest_id;
    const key = c.req.valid("header")["idempotency-key"] ?? null;
    const submission = { questId, ...c.req.valid("json") };
    return c.json(questsJson(await quests.submit(c.var.principal, submission, key)), 200);
  });

  app.openapi({ ...team, middleware: guard.signedIn(team) }, async (c) => {
    return c.json(await quests.team(c.var.principal, c.req.valid("param").team_id), 200);
  });

  app.openapi({ ...join, middleware: guard.signedIn(join) }, async (c) => {
    const key = c.req.valid("header")["idempotency-key"] ?? null;
    const { team_id } = c.req.valid("param");
    return c.json(questsJson(await quests.joinTeam(c.var.principal, team_id, key)), 202);
  });

  return app;
}
