/** Calls of a language model, kept for budgets and for administrators: their cost and outcome, never their texts. */
import { type Kysely, type Selectable, sql } from "kysely";
import type { LlmCall, LlmCallFilter, LlmCalls } from "../domain/llm/call_records.ts";
import type { Page } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { LlmCallTable, Tables } from "./tables.ts";

export class PostgresLlmCalls implements LlmCalls {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async record(call: LlmCall): Promise<void> {
    await this.#db.insertInto("llm_call").values(rowOf(call)).execute();
  }

  async spent(
    sinceMs: number,
    { learner, classId }: Pick<LlmCall, "learner" | "classId">,
  ): Promise<{ readonly learner: number; readonly ofClass: number }> {
    const [ofLearner, ofClass] = await Promise.all([
      learner === null ? 0 : this.#sum("learner", learner, sinceMs),
      classId === null ? 0 : this.#sum("class_id", classId, sinceMs),
    ]);
    return { learner: ofLearner, ofClass };
  }

  /** Throws BadCursorError. */
  async page(
    { purpose, outcome, learner, classId }: LlmCallFilter,
    cursor: string | null,
    limit: number,
  ): Promise<Page<LlmCall>> {
    const after = cursor === null ? null : numberPosition(cursor);
    let query = this.#db.selectFrom("llm_call").selectAll();
    if (purpose !== null) query = query.where("purpose", "=", purpose);
    if (outcome !== null) query = query.where("outcome", "=", outcome);
    if (learner !== null) query = query.where("learner", "=", learner);
    if (classId !== null) query = query.where("class_id", "=", classId);
    if (after !== null) {
      query = query.where((where) => where(where.refTuple("at_ms", "id"), "<", where.tuple(after.key, after.id)));
    }
    const rows = await query.orderBy("at_ms", "desc").orderBy("id", "desc").limit(limit + 1).execute();
    return pageOf(rows.map(callOf), limit, ({ atMs, id }) => ({ key: atMs, id }));
  }

  async expire(beforeMs: number): Promise<number> {
    const { numDeletedRows } = await this.#db.deleteFrom("llm_call").where("at_ms", "<", beforeMs)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  async #sum(column: "learner" | "class_id", value: string, sinceMs: number): Promise<number> {
    const { tokens } = await this.#db.selectFrom("llm_call")
      .select(sql<number>`coalesce(sum(tokens_in + tokens_out), 0)::bigint`.as("tokens"))
      .where(column, "=", value).where("at_ms", ">=", sinceMs).executeTakeFirstOrThrow();
    return tokens;
  }
}

function rowOf(call: LlmCall): Selectable<LlmCallTable> {
  return {
    id: call.id,
    at_ms: call.atMs,
    purpose: call.purpose,
    model: call.model,
    prompt_hash: call.promptHash,
    learner: call.learner,
    class_id: call.classId,
    tokens_in: call.tokensIn,
    tokens_out: call.tokensOut,
    first_text_ms: call.firstTextMs,
    answer_ms: call.answerMs,
    tries: call.tries,
    outcome: call.outcome,
  };
}

function callOf(row: Selectable<LlmCallTable>): LlmCall {
  return {
    id: row.id,
    atMs: row.at_ms,
    purpose: row.purpose,
    model: row.model,
    promptHash: row.prompt_hash,
    learner: row.learner,
    classId: row.class_id,
    tokensIn: row.tokens_in,
    tokensOut: row.tokens_out,
    firstTextMs: row.first_text_ms,
    answerMs: row.answer_ms,
    tries: row.tries,
    outcome: row.outcome,
  };
}
