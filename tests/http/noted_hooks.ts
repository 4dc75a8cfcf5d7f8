/** What the edge tells its other half, written down; a change of roster is acted on. */
import type { EdgeHooks } from "../../src/http/edge_hooks.ts";
import type { TaughtDoor } from "../../src/http/taught_door.ts";

export function notedHooks(told: string[], door: TaughtDoor): EdgeHooks {
  return {
    onDeactivated: (userId) => void told.push(`deactivated ${userId}`),
    onTokensEnded: (userId) => void told.push(`tokens ended ${userId}`),
    onRoleChanged: (userId) => void told.push(`role ${userId}`),
    onConsentChanged: (userId, given) => void told.push(`consent ${userId} ${given}`),
    onSessionsChanged: (learnerId) => void told.push(`sessions ${learnerId}`),
    onClassPolicyChanged: (classId) => void told.push(`class policy ${classId}`),
    onRosterChanged: (classId, userIds) => {
      told.push(`roster ${classId} ${userIds.join()}`);
      void door.rosterChanged(userIds);
    },
    onCourseChanged: (courseId) => void told.push(`course ${courseId}`),
  };
}
