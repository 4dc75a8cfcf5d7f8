/** Accounts. */
import { type Kysely, type Selectable, sql } from "kysely";
import type { Role } from "../domain/principal.ts";
import type { NewUser, Page, User, Users } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { AppUserTable, Tables } from "./tables.ts";

const COLUMNS = ["id", "username", "email", "role", "created_at_ms", "is_active", "tokens_valid_from_ms"] as const;

type UserRow = Pick<Selectable<AppUserTable>, (typeof COLUMNS)[number]>;

export class PostgresUsers implements Users {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async create(user: NewUser): Promise<"created" | "username_taken" | "email_taken"> {
    const { id, username, email, role, passwordHash, createdAtMs } = user;
    const usernameKey = loginKey(username);
    const created = await this.#db.insertInto("app_user").values({
      id,
      username,
      username_key: usernameKey,
      email,
      email_key: loginKey(email),
      role,
      password_hash: passwordHash,
      is_active: true,
      created_at_ms: createdAtMs,
    }).onConflict((conflict) => conflict.doNothing()).returning("id").executeTakeFirst();
    if (created !== undefined) return "created";
    const namesake = await this.#db.selectFrom("app_user").select("id").where("username_key", "=", usernameKey)
      .executeTakeFirst();
    return namesake === undefined ? "email_taken" : "username_taken";
  }

  async byId(id: string): Promise<User | null> {
    const row = await this.#db.selectFrom("app_user").select(COLUMNS).where("id", "=", id).executeTakeFirst();
    return row === undefined ? null : userOf(row);
  }

  /** An email address wins over a username that looks the same, so nobody can shut another out by taking it. */
  async byLogin(login: string): Promise<{ readonly user: User; readonly passwordHash: string } | null> {
    const key = loginKey(login);
    // No account has one, and Postgres takes none.
    if (key.includes("\0")) return null;
    const rows = await this.#db.selectFrom("app_user").select([...COLUMNS, "email_key", "password_hash"])
      .where((where) => where.or([where("email_key", "=", key), where("username_key", "=", key)])).execute();
    const row = rows.find(({ email_key }) => email_key === key) ?? rows[0];
    return row === undefined ? null : { user: userOf(row), passwordHash: row.password_hash };
  }

  async setPasswordHash(id: string, passwordHash: string, nowMs: number): Promise<User | null> {
    const row = await this.#db.updateTable("app_user")
      .set({ password_hash: passwordHash, tokens_valid_from_ms: justAfter(nowMs) }).where("id", "=", id)
      .returning(COLUMNS).executeTakeFirst();
    return row === undefined ? null : userOf(row);
  }

  async setActive(id: string, isActive: boolean, nowMs: number): Promise<User | null> {
    const change = isActive ? { is_active: true } : { is_active: false, tokens_valid_from_ms: justAfter(nowMs) };
    const row = await this.#db.transaction().execute(async (transaction) => {
      const changed = await transaction.updateTable("app_user").set(change).where("id", "=", id)
        .returning(COLUMNS).executeTakeFirst();
      // Nobody is left to read it or to take consent back.
      if (!isActive) await transaction.deleteFrom("emotion_minute").where("learner_id", "=", id).execute();
      return changed;
    });
    return row === undefined ? null : userOf(row);
  }

  async setRole(id: string, role: Role): Promise<User | null> {
    const row = await this.#db.updateTable("app_user").set({ role }).where("id", "=", id)
      .returning(COLUMNS).executeTakeFirst();
    return row === undefined ? null : userOf(row);
  }

  /** Oldest account first. Throws BadCursorError. */
  async list(cursor: string | null, limit: number): Promise<Page<User>> {
    const after = cursor === null ? null : numberPosition(cursor);
    let query = this.#db.selectFrom("app_user").select(COLUMNS);
    if (after !== null) {
      query = query.where((where) =>
        where(where.refTuple("created_at_ms", "id"), ">", where.tuple(after.key, after.id))
      );
    }
    const rows = await query.orderBy("created_at_ms").orderBy("id").limit(limit + 1).execute();
    return pageOf(rows.map(userOf), limit, (user) => ({ key: user.createdAtMs, id: user.id }));
  }
}

/** What makes two logins the same: full-width and composed forms are folded as well as case. */
function loginKey(login: string): string {
  return login.normalize("NFKC").toLowerCase();
}

/** Later than now and than every end before, so that a token of the same millisecond has ended too. */
function justAfter(nowMs: number) {
  return sql<number>`greatest(tokens_valid_from_ms, ${nowMs}::bigint) + 1`;
}

function userOf({ created_at_ms, is_active, tokens_valid_from_ms, ...account }: UserRow): User {
  const { id, username, email, role } = account;
  const tokensValidFromMs = tokens_valid_from_ms;
  return { id, username, email, role, createdAtMs: created_at_ms, isActive: is_active, tokensValidFromMs };
}
