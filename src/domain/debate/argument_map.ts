/** The map of a debate: what was said, what it was aimed at, and what still stands unanswered. */
import { assertNever } from "../assert_never.ts";
import { speakerJson } from "./statement_json.ts";
import type { Json } from "../json.ts";
import type { NewStatement } from "./messages.ts";
import type { Statement } from "./state.ts";

export type Relation = "supports" | "gives_evidence" | "rebuts" | "concedes";

export interface MapEdge {
  readonly from: number;
  readonly to: number;
  readonly relation: Relation;
}

function relationOf(kind: Exclude<NewStatement["kind"], "claim">): Relation {
  switch (kind) {
    case "support":
      return "supports";
    case "evidence":
      return "gives_evidence";
    case "rebuttal":
      return "rebuts";
    case "concession":
      return "concedes";
    default:
      return assertNever(kind);
  }
}

export function edgesOf(statements: readonly Statement[]): readonly MapEdge[] {
  return statements.flatMap(({ number, kind, target }) =>
    kind === "claim" || target === null ? [] : [{ from: number, to: target, relation: relationOf(kind) }]
  );
}

/** Points that the other side has neither rebutted nor conceded. */
export function unansweredIn(statements: readonly Statement[]): readonly number[] {
  const answered = new Set(
    edgesOf(statements).filter(({ relation }) => relation === "rebuts" || relation === "concedes").map(({ to }) => to),
  );
  return statements.filter(({ number, kind }) => kind !== "concession" && !answered.has(number))
    .map(({ number }) => number);
}

export function mapJson(statements: readonly Statement[]): Json {
  return {
    nodes: statements.map(({ number, side, kind, text, source, by }) => ({
      statement: number,
      side,
      kind,
      text,
      source,
      by: speakerJson(by),
    })),
    edges: edgesOf(statements).map(({ from, to, relation }) => ({ from, to, relation })),
    unanswered: unansweredIn(statements),
  };
}
