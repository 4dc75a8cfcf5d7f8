/** Rosters, memberships and join codes as JSON. */
import { z } from "@hono/zod-openapi";
import {
  type ClassMember,
  type Invitation,
  isInvited,
  type Membership,
  type NewClassMember,
  TIME_MULTIPLIER_MAX,
  TIME_MULTIPLIER_MIN,
} from "../../domain/school/class_member.ts";
import { isoTime, personIdSchema, timeSchema } from "./json_content.ts";

const LOGIN_LENGTH_MAX = 254;
const CODE_LENGTH_MAX = 32;

export const classParam = z.object({ class_id: personIdSchema });
export const memberParams = z.object({ class_id: personIdSchema, user_id: personIdSchema });

const givenPartSchema = z.enum(["co_teacher", "student"]);
const multiplierSchema = z.number().min(TIME_MULTIPLIER_MIN).max(TIME_MULTIPLIER_MAX).nullable().openapi({
  description: "Time for a question, as a multiple of the class's; null: as long as they need",
});
const boardsSchema = z.boolean().openapi({ description: "Off: on no leaderboard, whatever their profile asks" });

export const newMemberSchema = z.object({
  login: z.string().trim().min(1).max(LOGIN_LENGTH_MAX).openapi({ description: "Username or email address" }),
  part: givenPartSchema.default("student"),
}).openapi("NewClassMember");

export const memberChangeSchema = z.object({
  part: givenPartSchema.optional(),
  admitted: z.boolean().refine((isAdmitted) => isAdmitted, "admission is not taken back: remove them instead")
    .optional().openapi({ description: "True admits who waits" }),
  time_multiplier: multiplierSchema.optional(),
  leaderboards_allowed: boardsSchema.optional(),
}).refine((body) => Object.values(body).some((wanted) => wanted !== undefined), {
  message: "`part`, `admitted`, `time_multiplier` or `leaderboards_allowed` is needed",
}).openapi("ClassMemberChange");

const placeSchema = z.object({
  part: z.enum(["teacher", "co_teacher", "student"]).openapi({ description: "Its owner is a class's `teacher`" }),
  admitted: z.boolean().openapi({
    description: "False: they wait until somebody who teaches the class admits them, or were invited",
  }),
  invited: z.boolean().openapi({ description: "True: they are asked to join, and have not accepted" }),
  time_multiplier: multiplierSchema,
  leaderboards_allowed: boardsSchema,
  added_by: z.string().nullable().openapi({ description: "Who put them on the roster; null: they came by themselves" }),
  joined_at: timeSchema,
});

export const memberSchema = placeSchema.extend({
  user_id: z.string(),
  username: z.string().openapi({ description: "Of who is invited, the login by which they were" }),
}).openapi("ClassMember");
export const membershipSchema = placeSchema.extend({ class_id: z.string(), title: z.string() }).openapi("Membership");

export const invitationSchema = z.object({
  class_id: z.string(),
  title: z.string(),
  part: z.enum(["teacher", "co_teacher", "student"]),
  invited_by: z.string().nullable().openapi({ description: "Username of who asks" }),
  invited_at: timeSchema,
}).openapi("Invitation");

export const joinSchema = z.object({ code: z.string().min(1).max(CODE_LENGTH_MAX) }).openapi("Join");

export const joinCodeSchema = z.object({
  code: z.string().openapi({ example: "7KQ4ZPM" }),
  link: z.string().nullable().openapi({ description: "Null while the server has no PUBLIC_URL" }),
}).openapi("JoinCode");

type Place = Omit<NewClassMember, "userId" | "classId">;

function placeJson(place: Place): z.infer<typeof placeSchema> {
  return {
    part: place.part,
    admitted: place.isAdmitted,
    invited: isInvited(place),
    time_multiplier: place.timeMultiplier,
    leaderboards_allowed: place.leaderboardsAllowed,
    added_by: place.addedBy,
    joined_at: isoTime(place.joinedAtMs),
  };
}

export function memberJson(member: ClassMember): z.infer<typeof memberSchema> {
  return { user_id: member.userId, username: member.username, ...placeJson(member) };
}

export function invitationJson(invitation: Invitation): z.infer<typeof invitationSchema> {
  const { classId, title, part, invitedBy, joinedAtMs } = invitation;
  return { class_id: classId, title, part, invited_by: invitedBy, invited_at: isoTime(joinedAtMs) };
}

export function membershipJson(membership: Membership): z.infer<typeof membershipSchema> {
  return { class_id: membership.classId, title: membership.title, ...placeJson(membership) };
}
