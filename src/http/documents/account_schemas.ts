/** Accounts and tokens as JSON. */
import { z } from "@hono/zod-openapi";
import { PASSWORD_BYTES_MAX, PASSWORD_LENGTH_MIN, passwordBytes } from "../passwords.ts";
import type { User } from "../ports.ts";
import { isoTime, timeSchema } from "./json_content.ts";

export const roleSchema = z.enum(["student", "teacher", "admin"]);

const usernameSchema = z.string().regex(
  /^[A-Za-z0-9_.-]{3,32}$/,
  "must be 3 to 32 letters, digits, dots, hyphens or underscores",
).openapi({ example: "ada" });

const emailSchema = z.email("must be an email address").max(254).openapi({ example: "ada@school.example" });

/** A password that is to be set; one that is to be checked may be anything. */
const newPasswordSchema = z.string()
  .min(PASSWORD_LENGTH_MIN, `must have at least ${PASSWORD_LENGTH_MIN} characters`)
  .refine((text) => passwordBytes(text) <= PASSWORD_BYTES_MAX, `must have at most ${PASSWORD_BYTES_MAX} bytes`)
  .refine((text) => !text.includes("\0"), "must not hold a NUL character")
  .openapi({ format: "password" });

const anyPasswordSchema = z.string().min(1, "is missing").max(1_024).openapi({ format: "password" });

export const registrationSchema = z.object({
  username: usernameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  role: roleSchema.default("student").openapi({ description: "Other than `student` only by an administrator" }),
}).openapi("Registration");

export const loginSchema = z.object({
  username: z.string().min(1, "is missing").max(254).optional().openapi({ description: "A username or an email" }),
  email: z.string().min(1, "is missing").max(254).optional(),
  password: anyPasswordSchema,
}).refine((body) => body.username !== undefined || body.email !== undefined, {
  path: ["username"],
  message: "or `email` is needed",
}).openapi("Login");

export const refreshSchema = z.object({
  refresh_token: z.string().min(1, "is missing").max(512),
}).openapi("Refresh");

export const passwordChangeSchema = z.object({
  current_password: anyPasswordSchema,
  new_password: newPasswordSchema,
}).openapi("PasswordChange");

export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  role: roleSchema,
  created_at: timeSchema,
  is_active: z.boolean(),
}).openapi("User");

export const userChangeSchema = z.object({
  is_active: z.boolean().optional(),
  role: roleSchema.optional(),
}).refine((body) => body.is_active !== undefined || body.role !== undefined, {
  message: "`is_active` or `role` is needed",
}).openapi("UserChange");

export const tokensSchema = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().openapi({ description: "Seconds the access token lasts" }),
  refresh_token: z.string().openapi({ description: "Works once" }),
  refresh_expires_in: z.int().openapi({ description: "Seconds the refresh token lasts" }),
  user: userSchema,
}).openapi("Tokens");

export function userJson(user: User): z.infer<typeof userSchema> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    created_at: isoTime(user.createdAtMs),
    is_active: user.isActive,
  };
}
