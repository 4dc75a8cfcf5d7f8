/** Sessions and activities that a learner is told of, each by the actor in which it took place. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import type { LearnerCommand } from "../../../src/domain/learner/messages.ts";
import { EMPTY_TALLY } from "../../../src/domain/session/tally.ts";
import { activityOf, LearnerRun } from "./learner_run.ts";

const SESSION = {
  type: "record_session",
  session: {
    sessionId: "s1",
    courseId: "algebra",
    classId: null,
    topic: null,
    cause: "target_reached",
    startedAtMs: 1,
    completedAtMs: 2,
    tally: EMPTY_TALLY,
  },
} as const;

function activity(kind: "debate" | "colearning" | "explanation"): LearnerCommand {
  return { type: "record_activity", activity: activityOf(kind, "a1", 5, 4) };
}

Deno.test("[X2] sessions and activities are recorded when told by where they took place, by nobody else", () => {
  const cases: readonly (readonly [LearnerCommand, string, string])[] = [
    [SESSION, "session", "session_recorded"],
    [SESSION, "room", "forbidden"],
    [activity("debate"), "debate", "activity_recorded"],
    [activity("debate"), "session", "forbidden"],
    [activity("colearning"), "room", "activity_recorded"],
    [activity("explanation"), "room", "activity_recorded"],
    [activity("explanation"), "submission", "forbidden"],
    [activity("explanation"), "debate", "forbidden"],
  ];
  for (const [command, place, expected] of cases) {
    const decision = new LearnerRun().send(command, { kind: "actor", sender: addressOf(place, "p"), seq: 1 });
    const came = decision.kind === "accepted"
      ? decision.events[0]?.type
      : decision.kind === "rejected" && decision.code;
    assert.equal(came, expected, `${command.type} from a ${place}`);
  }
  const own = { kind: "client", principal: { userId: "ada", role: "student" } } as const;
  for (const command of [SESSION, activity("debate")]) {
    assert.equal(new LearnerRun().send(command, own).kind, "rejected");
  }
});
