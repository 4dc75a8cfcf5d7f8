/** The tables as Kysely sees them; bigints come back as numbers, see `connections.ts`. */
import type { Generated, JSONColumnType } from "kysely";
import type { Course } from "../domain/curriculum/course.ts";
import type { Json } from "../domain/json.ts";
import type { LlmPurpose } from "../domain/llm/language_model.ts";
import type { Role } from "../domain/principal.ts";
import type { LlmCallOutcome } from "../domain/llm/call_records.ts";
import type { ClassPart } from "../domain/classroom/roster.ts";

/** Written as JSON text, read as a parsed value. */
type Stored<Value extends object | null> = JSONColumnType<Value, string, string>;

export interface AppUserTable {
  id: string;
  username: string;
  username_key: string;
  email: string;
  email_key: string;
  role: Role;
  password_hash: string;
  is_active: boolean;
  created_at_ms: number;
  tokens_valid_from_ms: Generated<number>;
}

export interface RefreshFamilyTable {
  family: string;
  user_id: string;
  is_revoked: boolean;
}

export interface RefreshTokenTable {
  hash: string;
  family: string;
  expires_at_ms: number;
  is_spent: boolean;
}

export interface CourseTable {
  id: string;
  owner_id: string | null;
  version: number;
  title: string;
  description: string;
  skill_count: number;
  item_count: number;
  document: Stored<Course>;
  updated_at_ms: number;
}

export interface ConsentTable {
  place: Generated<number>;
  user_id: string;
  purpose: "emotion";
  is_given: boolean;
  text_version: string;
  at_ms: number;
}

export interface SchoolClassTable {
  id: string;
  owner_id: string;
  title: string;
  created_at_ms: number;
  leaderboards_allowed: Generated<boolean>;
  /** Null while nobody can join by code. */
  join_code: string | null;
  join_needs_approval: Generated<boolean>;
}

export interface ClassMemberTable {
  class_id: string;
  user_id: string;
  part: ClassPart;
  is_admitted: boolean;
  /** Null: untimed. */
  time_multiplier: number | null;
  leaderboards_allowed: boolean;
  added_by: string | null;
  joined_at_ms: number;
  /** As whom they were invited; null once they have accepted. */
  invited_as: Generated<string | null>;
}

export interface ClassRefusalTable {
  class_id: string;
  user_id: string;
}

export interface RosterRevisionTable {
  revision: number;
  is_the_one: Generated<boolean>;
}

export interface ClassEmotionPolicyTable {
  place: Generated<number>;
  class_id: string;
  is_allowed: boolean;
  by_user_id: string;
  at_ms: number;
}

export interface EmotionMinuteTable {
  session_id: string;
  from_ms: number;
  to_ms: number;
  learner_id: string;
  frames: number;
  face_frames: number;
  confident_frames: number;
  /** In the order of `EMOTIONS`; null without a face. */
  means: readonly number[] | null;
  stress: number | null;
}

export interface CredentialTable {
  id: string;
  learner_id: string;
  badge_id: string;
  awarded_at_ms: number;
  issued_at_ms: number;
  revoked_at_ms: number | null;
  revoked_by: string | null;
  revocation_reason: string | null;
}

export interface CredentialKeyTable {
  thumbprint: string;
  /** The public key as JSON Web Key. */
  jwk: string;
  published_at_ms: number;
}

export interface LlmCallTable {
  id: string;
  at_ms: number;
  purpose: LlmPurpose;
  model: string;
  prompt_hash: string;
  /** A pseudonym. */
  learner: string | null;
  class_id: string | null;
  tokens_in: number;
  tokens_out: number;
  first_text_ms: number | null;
  answer_ms: number;
  tries: number;
  outcome: LlmCallOutcome;
}

export interface ClassLlmPolicyTable {
  place: Generated<number>;
  class_id: string;
  is_allowed: boolean;
  by_user_id: string;
  by_role: Role;
  at_ms: number;
}

export interface ListingTable {
  actor: string;
  owner_id: string;
  kind: string;
  status: string;
  body: Json;
  created_at_ms: number;
  updated_at_ms: number;
}

export interface JournalTable {
  actor: string;
  seq: number;
  epoch: number;
  at_ms: number;
  type: string;
  version: number;
  body: unknown;
  command_id: string | null;
  reply: Json;
}

/** Tables the repositories query through Kysely; the runtime's own are reached by fixed statements. */
export interface Tables {
  app_user: AppUserTable;
  refresh_family: RefreshFamilyTable;
  refresh_token: RefreshTokenTable;
  course: CourseTable;
  consent: ConsentTable;
  school_class: SchoolClassTable;
  class_emotion_policy: ClassEmotionPolicyTable;
  class_member: ClassMemberTable;
  class_refusal: ClassRefusalTable;
  roster_revision: RosterRevisionTable;
  emotion_minute: EmotionMinuteTable;
  credential: CredentialTable;
  credential_key: CredentialKeyTable;
  llm_call: LlmCallTable;
  class_llm_policy: ClassLlmPolicyTable;
  listing: ListingTable;
  journal: JournalTable;
}
