/** Every migration in the order it runs; a new one is added at the end and never changed afterwards. */
import type { Migration } from "kysely/migration";
import { actorTables } from "./0001_actors.ts";
import { accountTables } from "./0002_accounts.ts";
import { courseTables } from "./0003_courses.ts";

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001_actors": actorTables,
  "0002_accounts": accountTables,
  "0003_courses": courseTables,
};
