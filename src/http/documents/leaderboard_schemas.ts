/** Leaderboards as JSON. */
import { z } from "@hono/zod-openapi";
import type { BoardRow, TeamBoardRow } from "../../domain/rewards/board_row.ts";
import { pageQuerySchema } from "./json_content.ts";

const spanSchema = z.enum(["week", "all_time"]).default("week").openapi({
  description: "Weeks begin on Monday, 0:00 UTC",
});

export const boardQuerySchema = z.object({ span: spanSchema });
export const classBoardQuerySchema = pageQuerySchema.extend({ span: spanSchema });

export const boardRowSchema = z.object({
  rank: z.int().openapi({ description: "Equal points share a rank" }),
  username: z.string(),
  points: z.int(),
  is_you: z.boolean(),
}).openapi("BoardRow");

/** The team's id is its invitation and stays with its members. */
export const teamRowSchema = z.object({
  rank: z.int().openapi({ description: "Equal points share a rank" }),
  title: z.string().openapi({ description: "Of the quest that the team shares" }),
  usernames: z.array(z.string()),
  points: z.int().openapi({ description: "The mean of its members' points" }),
  is_yours: z.boolean(),
}).openapi("TeamBoardRow");

export function teamRowJson({ rank, title, usernames, points, isOwn }: TeamBoardRow): z.infer<typeof teamRowSchema> {
  return { rank, title, usernames: [...usernames], points, is_yours: isOwn };
}

export function boardRowJson(row: BoardRow, viewerId: string): z.infer<typeof boardRowSchema> {
  const { rank, username, points, learnerId } = row;
  return { rank, username, points, is_you: learnerId === viewerId };
}
