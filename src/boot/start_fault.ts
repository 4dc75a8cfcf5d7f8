/** Why a start failed, for an operator: one line with what to do. Errors of any other kind keep their stack. */
import { CredentialKeyError } from "../http/credentials/signing_key.ts";
import { KnowledgeUnavailableError } from "../ml/knowledge_service.ts";
import { WorkerStartError } from "../ml/worker_link.ts";
import { DatabaseUnreachableError, MigrationError } from "../store/migrate.ts";
import { DataFolderInUseError, PgliteFailedError } from "../store/pglite.ts";
import { BadBadgesError } from "./badge_rules.ts";
import { DataFolderError } from "./data_folder.ts";
import { BadCourseError } from "./demo.ts";
import type { Log } from "./log.ts";
import { BadQuestTemplatesError } from "./quest_templates.ts";
import { ListenError } from "./server.ts";
import { SettingsError } from "./settings.ts";

export interface StartFault {
  readonly message: string;
  /** What the operator may do about it. */
  readonly remedy: string;
  /** Each fault by itself, where there may be several. */
  readonly faults: readonly string[];
  /** 2 for settings, which the environment alone decides; 1 for the rest. */
  readonly exitCode: 1 | 2;
}

const REMEDIES: readonly (readonly [new (message: string) => Error, string])[] = [
  [DataFolderInUseError, "stop the other process first, or give this one another DATA_DIR"],
  [DataFolderError, "let DATA_DIR name a folder that this user may write"],
  [DatabaseUnreachableError, "check DATABASE_URL: host, port, account, password and database; and that it is running"],
  [
    MigrationError,
    "nothing was changed; let the account create tables, and run no older version than the database has seen",
  ],
  [PgliteFailedError, "check the disk that DATA_DIR is on, or restore the folder from a copy"],
  [
    WorkerStartError,
    "check EMOTION_MODEL_PATH (models/README.md describes the folder) and ML_BACKEND, or set EMOTION=off",
  ],
  [KnowledgeUnavailableError, "check ADAPTIVE_MODEL_PATH and ML_BACKEND, or leave both out"],
  [
    CredentialKeyError,
    "give CREDENTIAL_KEY an RSA key of 2048 bits or more, or move credential-key.pem out of DATA_DIR for a new one",
  ],
  [BadCourseError, "correct the course; docs/COURSES.md says how one is written"],
  [BadBadgesError, "correct content/badges.json, or take the one that the program came with"],
  [BadQuestTemplatesError, "correct content/quests, or take what the program came with; docs/QUESTS.md says how"],
  [ListenError, "stop what listens there, or set another PORT or HOST"],
];

/** Null for an error that nobody foresaw. */
export function startFaultOf(error: unknown): StartFault | null {
  // A part that could not be let go either: what failed first is what to mend.
  if (error instanceof SuppressedError) return startFaultOf(error.suppressed);
  if (error instanceof SettingsError) {
    const remedy = "correct these environment variables; README.md lists them all";
    return { message: "the settings have faults", remedy, faults: error.faults, exitCode: 2 };
  }
  for (const [kind, remedy] of REMEDIES) {
    if (error instanceof kind) return { message: error.message, remedy, faults: [], exitCode: 1 };
  }
  return null;
}

/** Resolves to what `start` made. When that fails for what an operator can mend, logs it and ends the process. */
export async function startOrExit<Started>(log: Log, start: () => Promise<Started>): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    const fault = startFaultOf(error);
    if (fault === null) throw error;
    const { message, remedy, faults, exitCode } = fault;
    log.write("error", message, faults.length > 0 ? { faults, remedy } : { remedy });
    Deno.exit(exitCode);
  }
}
