/** What the edge needs from storage and inference; adapters elsewhere implement these, as types only. */
import type { EmotionHistoryFilter, EmotionMinute } from "../domain/affect/emotion_minute.ts";
import type { FrameObservation } from "../domain/affect/observation.ts";
import type { Course } from "../domain/curriculum/course.ts";
import type { Json } from "../domain/json.ts";
import type { Role } from "../domain/principal.ts";
import type { RoomSearch } from "../domain/room/room_search.ts";
import type { StoredEvent } from "../domain/stored_event.ts";
import type { BoardRow, TeamBoardRow } from "../domain/rewards/board_row.ts";
import type { CredentialRecord, Revocation } from "../domain/rewards/credential_record.ts";
import type {
  ClassMember,
  Invitation,
  MemberChange,
  Membership,
  NewClassMember,
} from "../domain/school/class_member.ts";
import type { ClassEmotionPolicy, NewSchoolClass, SchoolClass } from "../domain/school/school_class.ts";

export interface User {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAtMs: number;
  readonly isActive: boolean;
  /** Access tokens issued before this have ended; 0 when none ever were. */
  readonly tokensValidFromMs: number;
}

export interface NewUser {
  readonly id: string;
  readonly username: string;
  /** Stored as given; compared without regard to case, like the username. */
  readonly email: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly createdAtMs: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}

export interface Users {
  create(user: NewUser): Promise<"created" | "username_taken" | "email_taken">;
  byId(id: string): Promise<User | null>;
  /** By username or email, without regard to case. */
  byLogin(login: string): Promise<{ readonly user: User; readonly passwordHash: string } | null>;
  /** Ends every access token issued until now, those of this millisecond included. */
  setPasswordHash(id: string, passwordHash: string, nowMs: number): Promise<User | null>;
  /** Deactivating ends every access token issued until now and deletes the emotion history. */
  setActive(id: string, isActive: boolean, nowMs: number): Promise<User | null>;
  setRole(id: string, role: Role): Promise<User | null>;
  list(cursor: string | null, limit: number): Promise<Page<User>>;
}

/** Refresh tokens, kept as SHA-256 hashes; the tokens of one login form a family. */
export interface RefreshTokens {
  issue(token: { hash: string; family: string; userId: string; expiresAtMs: number }): Promise<void>;
  /** Spends `hash` and issues `nextHash` in one transaction. `reused`: spent before, and the family is revoked now. */
  rotate(hash: string, nextHash: string, expiresAtMs: number, nowMs: number): Promise<
    | { readonly kind: "rotated"; readonly userId: string; readonly family: string }
    | { readonly kind: "reused"; readonly userId: string; readonly family: string }
    | { readonly kind: "unknown" }
  >;
  revokeFamily(hash: string): Promise<void>;
  revokeUser(userId: string): Promise<void>;
}

export interface CourseHeader {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly ownerId: string | null;
  readonly version: number;
  readonly skills: number;
  readonly items: number;
  readonly updatedAtMs: number;
}

export interface StoredCourse {
  readonly course: Course;
  readonly ownerId: string | null;
  readonly version: number;
  readonly updatedAtMs: number;
}

export interface Courses {
  create(course: Course, ownerId: string | null, nowMs: number): Promise<"created" | "id_taken">;
  /** Replaces the course if `expectedVersion` is still current. */
  replace(course: Course, expectedVersion: number, nowMs: number): Promise<"replaced" | "conflict" | "missing">;
  remove(id: string): Promise<boolean>;
  byId(id: string): Promise<StoredCourse | null>;
  list(cursor: string | null, limit: number): Promise<Page<CourseHeader>>;
  /** Ids of the courses changed last, newest first. */
  newest(limit: number): Promise<readonly string[]>;
}

/** One row of a list of actors, as `Aggregate.listing` wrote it. */
export interface ListedActor {
  readonly actor: string;
  readonly ownerId: string;
  readonly status: string;
  readonly body: Json;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Listings {
  /** An owner's actors of one kind, newest first. */
  list(
    ownerId: string,
    kind: string,
    status: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>>;
  /** An owner's of one kind that tell of a learner, `learner_id`, whom the person teaches, newest first. */
  ofTaught(
    teacherId: string,
    ownerId: string,
    kind: string,
    status: string,
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>>;
  /** Rooms that belong to these classes, or (null) to any that the person is part of, newest first. */
  rooms(search: RoomSearch, cursor: string | null, limit: number): Promise<Page<ListedActor>>;
  /** Those of this kind and one of these states that belong to classes the person is part of, newest first. */
  ofMember(
    userId: string,
    kind: string,
    statuses: readonly string[],
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>>;
}

export interface History {
  /** Events of the named types with `seq > afterSeq`, in order. */
  page(actor: string, types: readonly string[], afterSeq: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Those with `seq < beforeSeq`, newest first. */
  newest(actor: string, types: readonly string[], beforeSeq: number, limit: number): Promise<readonly StoredEvent[]>;
}

export interface Consent {
  readonly userId: string;
  readonly purpose: "emotion";
  readonly given: boolean;
  /** Version of the text that was shown. */
  readonly textVersion: string;
  readonly atMs: number;
}

export interface Consents {
  current(userId: string): Promise<Consent | null>;
  /** Adds to the record; earlier entries stay. Consent taken back deletes the emotion history in the same step. */
  record(consent: Consent): Promise<void>;
}

export interface Classes {
  /** Makes the class with its owner as its first member. */
  create(schoolClass: NewSchoolClass): Promise<void>;
  byId(id: string): Promise<SchoolClass | null>;
  /** By title: those that the person teaches or helps to teach, or all where `teacherId` is null. */
  list(teacherId: string | null, cursor: string | null, limit: number): Promise<Page<SchoolClass>>;
  /** Whether emotion may not be inferred in a class whose student the learner is, or has a session in to complete. */
  forbidEmotionTo(learnerId: string): Promise<boolean>;
  rename(id: string, title: string): Promise<void>;
  /** Adds to the record; earlier entries stay. */
  setEmotionPolicy(id: string, policy: ClassEmotionPolicy): Promise<void>;
  setLeaderboardPolicy(id: string, policy: { readonly allowed: boolean }): Promise<void>;
  setJoinPolicy(id: string, policy: { readonly needsApproval: boolean }): Promise<void>;
  /** Null closes the class to codes. A code leads to one class. */
  setJoinCode(id: string, code: string | null): Promise<"set" | "taken">;
  joinCode(id: string): Promise<string | null>;
  byJoinCode(code: string): Promise<SchoolClass | null>;
  /** With its roster and its policies. */
  remove(id: string): Promise<boolean>;
}

export interface Rosters {
  /** Adds while it holds fewer than `CLASS_MEMBERS_MAX`; `invitedAs`: the login by which they were invited. */
  add(member: NewClassMember, invitedAs?: string): Promise<"added" | "present" | "full">;
  member(classId: string, userId: string): Promise<ClassMember | null>;
  /** In the order they joined. */
  page(classId: string, cursor: string | null, limit: number): Promise<Page<ClassMember>>;
  all(classId: string): Promise<readonly ClassMember[]>;
  /** The member as they then are; null when there is none. Its owner's part stays, and who is invited is not admitted. */
  change(classId: string, userId: string, change: MemberChange): Promise<ClassMember | null>;
  /** Tells whether somebody was removed; never the owner. */
  remove(classId: string, userId: string): Promise<boolean>;
  /** The same by the person's own word, invitations included; from then on the class asks before it takes them in. */
  leave(classId: string, userId: string): Promise<boolean>;
  /** Lets in who was invited to the class; tells whether they were, and had not come in yet. */
  accept(classId: string, userId: string, atMs: number): Promise<boolean>;
  /** Classes that a person was invited to and has not come into, the oldest invitation first. */
  invitations(userId: string, cursor: string | null, limit: number): Promise<Page<Invitation>>;
  /** A person's memberships in the order they joined, without invitations. */
  ofUser(userId: string, cursor: string | null, limit: number): Promise<Page<Membership>>;
  /** Whether one (null: anybody) teaches, or helps to teach, a class of which the other is an admitted student. */
  teaches(teacherId: string | null, learnerId: string): Promise<boolean>;
  /** Whether a person is an admitted student of a class that the teacher owns, and has never refused or left this one. */
  mayTakeIn(teacherId: string, classId: string, personId: string): Promise<boolean>;
  /** Another number than before once any roster has changed, by whichever node. */
  revision(): Promise<number>;
}

export interface Credentials {
  /** Records that the badge was issued; where it had been, the record that is there. Each award has one. */
  record(credential: Omit<CredentialRecord, "revocation">): Promise<CredentialRecord>;
  byId(id: string): Promise<CredentialRecord | null>;
  /** A learner's own, newest first. */
  list(learnerId: string, cursor: string | null, limit: number): Promise<Page<CredentialRecord>>;
  /** The first revocation stays, the loss of the badge included; null when there is no such credential. */
  revoke(id: string, withdrawn: Omit<Revocation, "code">, byUserId: string): Promise<CredentialRecord | null>;
  revoked(): Promise<readonly CredentialRecord[]>;
  /** Adds a public key, as JSON Web Key text under its thumbprint, to those ever signed with. */
  publishKey(thumbprint: string, jwk: string, nowMs: number): Promise<void>;
  /** Every key ever published, oldest first. */
  publishedKeys(): Promise<readonly { readonly thumbprint: string; readonly jwk: string }[]>;
}

/** Boards hold only who has asked to be on them and has an account in use. `week` null counts points of all time. */
export interface Leaderboards {
  /** A learner's place with up to `reach` above and below; empty when they are not on the board. */
  around(
    learnerId: string,
    classId: string | null,
    week: number | null,
    reach: number,
  ): Promise<readonly BoardRow[]>;
  /** A learner's teams, each with up to `reach` above and below; empty when none of them is on the board. */
  teamsAround(learnerId: string, week: number | null, reach: number): Promise<readonly TeamBoardRow[]>;
  /** Most points first. */
  ofClass(classId: string, week: number | null, cursor: string | null, limit: number): Promise<Page<BoardRow>>;
}

export interface EmotionHistory {
  /**
   * Stores those whose learner has an account in use and has not taken consent back; the others are gone. Safe against
   * a consent that is taken back at the same moment, on whichever node. Resolves to how many were stored.
   */
  add(minutes: readonly EmotionMinute[]): Promise<number>;
  /** A learner's own, newest first. */
  page(
    learnerId: string,
    filter: EmotionHistoryFilter,
    cursor: string | null,
    limit: number,
  ): Promise<Page<EmotionMinute>>;
  erase(learnerId: string): Promise<void>;
  /** Deletes what ended before `beforeMs`, or is of people who withdrew consent or are not active; tells how many. */
  expire(beforeMs: number): Promise<number>;
}

export type FrameFormat = "jpeg" | "png" | "webp";

export interface CameraFrame {
  readonly learnerId: string;
  /** One of a camera's sequence, in which the learner's newest wins, or a picture by itself. */
  readonly kind: "stream" | "still";
  readonly capturedAtMs: number;
  readonly format: FrameFormat;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type FrameOutcome =
  | { readonly kind: "observed"; readonly observation: FrameObservation }
  /** A newer frame of the same learner and kind took its place, the queue was full, or the learner was forgotten. */
  | { readonly kind: "dropped"; readonly reason: "superseded" | "overloaded" | "forgotten" }
  | {
    readonly kind: "refused";
    readonly code: "not_an_image" | "image_too_large" | "image_truncated" | "format_mismatch";
    readonly message: string;
  }
  | { readonly kind: "unavailable"; readonly reason: string };

export interface EmotionInference {
  /** The newest frame of a learner and kind wins. Never rejects. */
  read(frame: CameraFrame): Promise<FrameOutcome>;
  /** The learner took back their consent or left: what waits of theirs is dropped, and nothing of them is kept. */
  forget(learnerId: string): void;
}

/** The models that read faces here, for browsers: their manifests, and the files that these name, each by its SHA-256. */
export interface DeviceModels {
  readonly manifests: { readonly faces: Json; readonly emotions: Json };
  file(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Whether each part can serve, for `/ready`. */
export interface Readiness {
  check(): Promise<{ readonly [part: string]: { readonly ok: boolean; readonly detail: string } }>;
}
