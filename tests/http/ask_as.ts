/** Asks what a row of the access table asks for, as one of its callers. */
import assert from "node:assert/strict";
import type { Caller, Request, Row } from "./access_row.ts";
import type { Answer, Edge, SignedUp } from "./edge_world.ts";

/** Of something fresh that an owner has; what the row `keeps` for them nobody else has changed. */
export async function askAs(edge: Edge, caller: Caller, method: string, row: Row): Promise<Answer> {
  const owner = await edge.signUp(row.ownerRole);
  const request = await row.prepare(edge, owner);
  const { keeps } = row;
  if (keeps === undefined || caller === "owner") return await askFrom(edge, caller, method, request, owner);
  const before = await edge.ask("GET", keeps, { token: owner.token });
  const answer = await askFrom(edge, caller, method, request, owner);
  const after = await edge.ask("GET", keeps, { token: owner.token });
  assert.deepEqual([after.status, after.body], [200, before.body], `${caller} has changed what the owner has`);
  return answer;
}

async function askFrom(
  edge: Edge,
  caller: Caller,
  method: string,
  { path, ...asked }: Request,
  owner: SignedUp,
): Promise<Answer> {
  switch (caller) {
    case "anonymous":
      return await edge.ask(method, path, asked);
    case "owner":
      return await edge.ask(method, path, { ...asked, token: owner.token });
    case "class_teacher": {
      const teacher = await edge.signUp("teacher");
      await edge.classOf(teacher, owner);
      return await edge.ask(method, path, { ...asked, token: teacher.token });
    }
    case "student":
    case "teacher":
    case "admin": {
      const { token } = await edge.signUp(caller);
      return await edge.ask(method, path, { ...asked, token });
    }
  }
}
