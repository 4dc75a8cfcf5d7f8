/** `/profile`: one's own, read and set; a learner's, for staff. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import { json, jsonBody, personIdSchema } from "../documents/json_content.ts";
import { profileSchema, wishesPatchSchema, wishesSchema } from "../documents/profile_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { LearnerProfiles } from "../learner_profiles.ts";
import type { ProfileDocument } from "../profile_cache.ts";
import { isKnown, PROFILE_VARIES_BY, profileHeaders } from "../profile_door.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["profile"];
const ifNoneMatch = z.object({ "if-none-match": z.string().max(512).optional() });
const ifMatch = z.object({ "if-match": z.string().max(64).optional() });
const profile = json(profileSchema, "The profile; `ETag` names its version and what was computed for it");
const unchanged = { description: "As it was when `If-None-Match` was read" };

const getOwn = createRoute({
  method: "get",
  path: "/profile",
  tags,
  summary: "One's own profile",
  description: "Strengths and weaknesses follow from mastery with its 90% interval. Which presentation is preferred " +
    "chooses among those that teach the same; no claim of learning styles enters any model.",
  ...only(EVERYONE_SIGNED_IN),
  request: { headers: ifNoneMatch },
  responses: { 200: profile, 304: unchanged },
});

const replace = createRoute({
  method: "put",
  path: "/profile",
  tags,
  summary: "Set one's own profile, whole",
  description:
    "`If-Match` names the profile that this replaces: 428 without it or with `*`, 412 when it has been set again. " +
    "Skills must be there: 422 otherwise.",
  ...only(EVERYONE_SIGNED_IN),
  request: { headers: ifMatch, body: jsonBody(wishesSchema) },
  responses: { 200: profile },
});

const amend = createRoute({
  method: "patch",
  path: "/profile",
  tags,
  summary: "Set some members of one's own profile",
  description: "Members that are not named stay as they are; lists are replaced whole. `If-Match` as for PUT.",
  ...only(EVERYONE_SIGNED_IN),
  request: { headers: ifMatch, body: jsonBody(wishesPatchSchema) },
  responses: { 200: profile },
});

const getOther = createRoute({
  method: "get",
  path: "/learners/{learner_id}/profile",
  tags,
  summary: "A learner's profile",
  ...only(STAFF),
  request: { params: z.object({ learner_id: personIdSchema }), headers: ifNoneMatch },
  responses: { 200: profile, 304: unchanged },
});

export function profileRoutes(profiles: LearnerProfiles, learners: LearnersKnown, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...getOwn, middleware: guard.signedIn(getOwn) }, async (c) => {
    const document = await profiles.read(c.var.principal.userId);
    describe(c, document);
    if (isKnown(c.req.valid("header")["if-none-match"], document)) return c.body(null, 304);
    return c.json(document.body, 200);
  });

  app.openapi({ ...replace, middleware: guard.signedIn(replace) }, async (c) => {
    const document = await profiles.replace(c.var.principal, c.req.valid("json"), c.req.valid("header")["if-match"]);
    describe(c, document);
    return c.json(document.body, 200);
  });

  app.openapi({ ...amend, middleware: guard.signedIn(amend) }, async (c) => {
    const document = await profiles.amend(c.var.principal, c.req.valid("json"), c.req.valid("header")["if-match"]);
    describe(c, document);
    return c.json(document.body, 200);
  });

  app.openapi({ ...getOther, middleware: guard.signedIn(getOther) }, async (c) => {
    const document = await profiles.read(
      await learnerAsked(learners, c.var.principal, c.req.valid("param").learner_id),
    );
    describe(c, document);
    if (isKnown(c.req.valid("header")["if-none-match"], document)) return c.body(null, 304);
    return c.json(document.body, 200);
  });

  return app;
}

function describe(c: Context, document: ProfileDocument): void {
  for (const [name, value] of Object.entries(profileHeaders(document))) c.header(name, value);
  c.header("vary", PROFILE_VARIES_BY, { append: true });
}
