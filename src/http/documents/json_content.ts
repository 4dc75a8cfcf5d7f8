/** How routes say what they take and give, for the OpenAPI document and its checks alike. */
import { z } from "@hono/zod-openapi";

/** A JSON request body that must be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true as const, content: { "application/json": { schema } } };
}

/** The alphabet of ids of courses, skills and items, as `checkCourse` has it. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, "is 1 to 64 letters, digits, dots, - or _");

/** The alphabet of ids of accounts and actors. */
export const personIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "is 1 to 64 letters, digits, - or _");

/** A JSON response. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** ISO 8601 in UTC with milliseconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

export const timeSchema = z.string().openapi({ format: "date-time", example: "2026-03-02T08:15:00.000Z" });

const PAGE_ROWS_MAX = 100;
const PAGE_ROWS_DEFAULT = 20;

/** `?limit=` and `?cursor=` of every list. */
export const pageQuerySchema = z.object({
  cursor: z.string().min(1).max(512).optional().openapi({ description: "`next` of the page before" }),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(PAGE_ROWS_DEFAULT),
});

/** A named schema or null: `.nullable()` on one of those would be written as null that is an object too. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

/** A page: its rows, and the cursor of the next one or null. */
export function pageSchema<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), next: z.string().nullable() });
}

/** The problem document of RFC 9457 as this server writes it. */
export const problemSchema = z.object({
  type: z.string().openapi({ example: "/problems/not_found" }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().openapi({ description: "Stable; programs look at this" }),
  instance: z.string().openapi({ description: "Finds the request in the server's log" }),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).openapi("Problem");
