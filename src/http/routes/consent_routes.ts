/** `/consents/emotion`: a person's own word, given, read and taken back. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { EMOTION_CONSENT_TEXT } from "../consent_text.ts";
import { isoTime, json, jsonBody, timeSchema } from "../documents/json_content.ts";
import type { EmotionConsent } from "../emotion_consent.ts";
import type { Guard } from "../guard.ts";
import type { Consent } from "../ports.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["consents"];

const consentSchema = z.object({
  purpose: z.literal("emotion"),
  given: z.boolean(),
  text_version: z.string().nullable().openapi({ description: "Version of the text it was given or taken back for" }),
  at: timeSchema.nullable(),
  in_force: z.boolean().openapi({ description: "Given, and for the text that is shown now" }),
  offered_text_version: z.string().nullable().openapi({
    description: "Version of the text to show now; null where this server infers no emotion",
  }),
}).openapi("Consent");

const get = createRoute({
  method: "get",
  path: "/consents/emotion",
  tags,
  summary: "One's own consent to emotion inference",
  ...only(EVERYONE_SIGNED_IN),
  responses: { 200: json(consentSchema, "The consent as it stands") },
});

const textSchema = z.object({
  version: z.string().openapi({ description: "To be sent with the consent" }),
  language: z.string(),
  title: z.string(),
  paragraphs: z.array(z.string()),
  retention_days: z.int().openapi({ description: "Days after which this server deletes summaries" }),
}).openapi("ConsentText");

const getText = createRoute({
  method: "get",
  path: "/consents/emotion/text",
  tags,
  summary: "What one consents to, in plain words",
  ...only(EVERYONE_SIGNED_IN),
  responses: { 200: json(textSchema, "The text to show") },
});

const give = createRoute({
  method: "put",
  path: "/consents/emotion",
  tags,
  summary: "Consent, after reading the text of this version",
  ...only(EVERYONE_SIGNED_IN),
  request: { body: jsonBody(z.object({ text_version: z.string().min(1).max(64) }).openapi("NewConsent")) },
  responses: { 200: json(consentSchema, "Recorded") },
});

const revoke = createRoute({
  method: "delete",
  path: "/consents/emotion",
  tags,
  summary: "Take consent back",
  description: "Inference stops on the next frame; the history and what sessions hold in memory are deleted.",
  ...only(EVERYONE_SIGNED_IN),
  responses: { 200: json(consentSchema, "Recorded; readings are deleted") },
});

export function consentRoutes(consent: EmotionConsent, retentionDays: number, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  function consentJson(stored: Consent | null): z.infer<typeof consentSchema> {
    return {
      purpose: "emotion",
      given: stored?.given ?? false,
      text_version: stored?.textVersion ?? null,
      at: stored === null ? null : isoTime(stored.atMs),
      in_force: stored !== null && stored.given && stored.textVersion === consent.textVersion,
      offered_text_version: consent.textVersion,
    };
  }

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(consentJson(await consent.current(c.var.principal.userId)), 200);
  });

  app.openapi({ ...getText, middleware: guard.signedIn(getText) }, (c) => {
    const { paragraphs, ...text } = EMOTION_CONSENT_TEXT;
    return c.json({ ...text, paragraphs: [...paragraphs], retention_days: retentionDays }, 200);
  });

  app.openapi({ ...give, middleware: guard.signedIn(give) }, async (c) => {
    return c.json(consentJson(await consent.give(c.var.principal, c.req.valid("json").text_version)), 200);
  });

  app.openapi({ ...revoke, middleware: guard.signedIn(revoke) }, async (c) => {
    return c.json(consentJson(await consent.revoke(c.var.principal)), 200);
  });

  return app;
}
