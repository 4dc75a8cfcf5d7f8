/** `/credentials`: badges as Open Badges 3.0 credentials, signed, verified and revoked, and the keys that say so. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only, open, STAFF } from "../access_rules.ts";
import type { BadgeOffice } from "../credentials/badge_office.ts";
import {
  badgeIdSchema,
  credentialRecordJson,
  credentialRecordSchema,
  issuedCredentialJson,
  issuedCredentialSchema,
  revocationBodySchema,
  standardDocument,
  thumbprintSchema,
  verificationBodySchema,
  verificationJson,
  verificationSchema,
} from "../documents/credential_schemas.ts";
import { json, jsonBody, pageQuerySchema, pageSchema, personIdSchema } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import { notFound, problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["credentials"];
const credentialParam = z.object({ credential_id: personIdSchema });

const issue = createRoute({
  method: "post",
  path: "/badges/{badge_id}/credential",
  tags,
  summary: "One's own badge as a credential, to be kept and shown anywhere",
  description: "Open Badges 3.0 on Verifiable Credentials 2.0, secured as a JWT: the payload is the credential with " +
    "`iss`, `jti`, `sub` and `nbf`, `kid` leads to the key. Asked again it gives the same credential. It names the " +
    "learner by the id of the account alone.",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: z.object({ badge_id: badgeIdSchema }) },
  responses: { 200: json(issuedCredentialSchema, "The credential") },
});

const list = createRoute({
  method: "get",
  path: "/credentials",
  tags,
  summary: "One's own credentials, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: pageQuerySchema },
  responses: { 200: json(pageSchema(credentialRecordSchema), "A page of them") },
});

const revocations = createRoute({
  method: "get",
  path: "/credentials/revocations",
  tags,
  summary: "What was revoked, by codes, as `credentialStatus` leads to",
  ...open("probe"),
  responses: { 200: json(standardDocument, "A 1EdTech revocation list") },
});

const key = createRoute({
  method: "get",
  path: "/credentials/keys/{thumbprint}",
  tags,
  summary: "A public key by itself, as `kid` leads to",
  ...open("probe"),
  request: { params: z.object({ thumbprint: thumbprintSchema }) },
  responses: { 200: json(standardDocument, "A JSON Web Key") },
});

const verify = createRoute({
  method: "post",
  path: "/credentials/verify",
  tags,
  summary: "Verify a credential of this server's: signature, claims, period and status",
  ...open("probe"),
  request: { body: jsonBody(verificationBodySchema) },
  responses: { 200: json(verificationSchema, "Each check, with what is wrong") },
});

const get = createRoute({
  method: "get",
  path: "/credentials/{credential_id}",
  tags,
  summary: "One of one's own credentials",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: credentialParam },
  responses: { 200: json(issuedCredentialSchema, "The credential") },
});

const revoke = createRoute({
  method: "post",
  path: "/credentials/{credential_id}/revoke",
  tags,
  summary: "Revoke a credential, with a reason that its learner is told",
  ...only(STAFF),
  request: { params: credentialParam, body: jsonBody(revocationBodySchema) },
  responses: { 200: json(credentialRecordSchema, "Revoked, now or before") },
});

/** @param office Null where the deployment issues no credentials */
export function credentialRoutes(
  office: BadgeOffice | null,
  learners: LearnersKnown,
  guard: Guard,
): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...issue, middleware: guard.signedIn(issue) }, async (c) => {
    const issued = await requireOffice(office).issue(c.var.principal, c.req.valid("param").badge_id);
    return c.json(issuedCredentialJson(issued), 200);
  });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await requireOffice(office).list(c.var.principal, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(credentialRecordJson), next: page.next }, 200);
  });

  // Before the route with a parameter, which would take `revocations` for an id.
  app.openapi(
    { ...revocations, middleware: guard.open(revocations) },
    async (c) => c.json(await requireOffice(office).revocations(), 200),
  );

  app.openapi({ ...key, middleware: guard.open(key) }, async (c) => {
    const { thumbprint } = c.req.valid("param");
    const published = (await requireOffice(office).keys()).find((one) => one.thumbprint === thumbprint);
    if (published === undefined) throw notFound();
    return c.json(standardDocument.parse(published.jwk), 200);
  });

  app.openapi({ ...verify, middleware: guard.open(verify) }, async (c) => {
    return c.json(verificationJson(await requireOffice(office).verify(c.req.valid("json").jwt)), 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    const issued = await requireOffice(office).byId(c.var.principal, c.req.valid("param").credential_id);
    return c.json(issuedCredentialJson(issued), 200);
  });

  app.openapi({ ...revoke, middleware: guard.signedIn(revoke) }, async (c) => {
    const { reason } = c.req.valid("json");
    const { credential_id } = c.req.valid("param");
    await learnerAsked(learners, c.var.principal, await requireOffice(office).holder(credential_id));
    const record = await requireOffice(office).revoke(c.var.principal, credential_id, reason);
    return c.json(credentialRecordJson(record), 200);
  });

  return app;
}

/** Throws 409 where no credentials are issued. */
export function requireOffice(office: BadgeOffice | null): BadgeOffice {
  if (office === null) {
    throw problem("credentials_off", "An operator turns credentials on with PUBLIC_URL and CREDENTIAL_KEY.");
  }
  return office;
}
