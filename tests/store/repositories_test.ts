/** The edge's repositories on PGlite and on Postgres. */
import { accountCases } from "./contract/account_cases.ts";
import { credentialCases } from "./contract/credential_cases.ts";
import { emotionCases } from "./contract/emotion_cases.ts";
import { leaderboardCases } from "./contract/leaderboard_cases.ts";
import { rosterCases } from "./contract/roster_cases.ts";
import { llmCases } from "./contract/llm_cases.ts";
import { readingCases } from "./contract/reading_cases.ts";
import { roomCases } from "./contract/room_cases.ts";
import { DATABASES, holdTo } from "./contract/subject.ts";

holdTo("the edge's contract", DATABASES, [
  ...accountCases,
  ...credentialCases,
  ...emotionCases,
  ...readingCases,
  ...leaderboardCases,
  ...llmCases,
  ...rosterCases,
  ...roomCases,
]);
