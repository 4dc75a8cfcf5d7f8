/** What the issuer of credentials publishes of itself: its DID document, its keys, its badges as achievements. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { open } from "../access_rules.ts";
import type { BadgeOffice } from "../credentials/badge_office.ts";
import { DID_PATH, JWKS_PATH } from "../credentials/places.ts";
import { badgeIdSchema, standardDocument } from "../documents/credential_schemas.ts";
import { json } from "../documents/json_content.ts";
import { badgeSvg } from "../drawings/badge_svg.ts";
import type { Guard } from "../guard.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";
import { requireOffice } from "./credential_routes.ts";

const tags = ["credentials"];
const badgeParam = z.object({ badge_id: badgeIdSchema });

const did = createRoute({
  method: "get",
  path: DID_PATH,
  tags,
  summary: "The issuer's DID document",
  ...open("probe"),
  responses: { 200: json(standardDocument, "A document of the did:web method") },
});

const jwks = createRoute({
  method: "get",
  path: JWKS_PATH,
  tags,
  summary: "Every public key that credentials were signed with",
  ...open("probe"),
  responses: { 200: json(standardDocument, "A JSON Web Key Set") },
});

const achievement = createRoute({
  method: "get",
  path: "/api/v1/badges/{badge_id}/achievement",
  tags,
  summary: "A badge as an Open Badges 3.0 achievement",
  ...open("probe"),
  request: { params: badgeParam },
  responses: { 200: json(standardDocument, "The achievement") },
});

const image = createRoute({
  method: "get",
  path: "/api/v1/badges/{badge_id}/image.svg",
  tags,
  summary: "A badge drawn",
  ...open("probe"),
  request: { params: badgeParam },
  responses: {
    200: { description: "The badge", content: { "image/svg+xml": { schema: { type: "string" as const } } } },
  },
});

/** @param office Null where the deployment issues no credentials */
export function issuerRoutes(office: BadgeOffice | null, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi(
    { ...did, middleware: guard.open(did) },
    async (c) => c.json(await requireOffice(office).didDocument(), 200),
  );

  app.openapi({ ...jwks, middleware: guard.open(jwks) }, async (c) => {
    return c.json({ keys: (await requireOffice(office).keys()).map(({ jwk }) => jwk) }, 200);
  });

  app.openapi(
    { ...achievement, middleware: guard.open(achievement) },
    (c) => c.json(requireOffice(office).achievement(c.req.valid("param").badge_id), 200),
  );

  app.openapi({ ...image, middleware: guard.open(image) }, (c) => {
    const drawing = badgeSvg(requireOffice(office).rule(c.req.valid("param").badge_id));
    c.header("content-type", "image/svg+xml; charset=utf-8");
    c.header("content-security-policy", "default-src 'none'; sandbox");
    // Wallets and pages of others show it.
    c.header("cross-origin-resource-policy", "cross-origin");
    return c.body(drawing, 200);
  });

  return app;
}
