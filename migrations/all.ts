/** Every migration in the order it runs; a new one is added at the end and never changed afterwards. */
import type { Migration } from "kysely/migration";
import { actorTables } from "./0001_actors.ts";
import { accountTables } from "./0002_accounts.ts";
import { courseTables } from "./0003_courses.ts";
import { endedTokens } from "./0004_ended_tokens.ts";
import { classAndEmotionTables } from "./0005_classes_and_emotion.ts";
import { leaderboards } from "./0006_leaderboards.ts";
import { credentialTables } from "./0007_credentials.ts";
import { rosterTables } from "./0008_rosters.ts";
import { languageModelTables } from "./0009_language_model.ts";
import { rosterRevision } from "./0010_roster_revision.ts";
import { awards } from "./0011_awards.ts";
import { askedItems } from "./0012_asked_items.ts";
import { classRefusals } from "./0013_class_refusals.ts";
import { invitedAs } from "./0014_invited_as.ts";

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001_actors": actorTables,
  "0002_accounts": accountTables,
  "0003_courses": courseTables,
  "0004_ended_tokens": endedTokens,
  "0005_classes_and_emotion": classAndEmotionTables,
  "0006_leaderboards": leaderboards,
  "0007_credentials": credentialTables,
  "0008_rosters": rosterTables,
  "0009_language_model": languageModelTables,
  "0010_roster_revision": rosterRevision,
  "0011_awards": awards,
  "0012_asked_items": askedItems,
  "0013_class_refusals": classRefusals,
  "0014_invited_as": invitedAs,
};
