/** What the edge's other half (open sockets, caches) is told when REST changes something it relies on. */

export interface EdgeHooks {
  /** The account is out: its sockets close now (A3). */
  onDeactivated(userId: string): void;
  /** The account's access tokens have ended: sockets opened with one close now (A6). */
  onTokensEnded(userId: string): void;
  /** Open sockets still act under the role they began with. */
  onRoleChanged(userId: string): void;
  onConsentChanged(userId: string, given: boolean): void;
  /** The learner has begun a session, or one has been completed. */
  onSessionsChanged(learnerId: string): void;
  /** Whether emotion may be inferred in this class was decided anew. */
  onClassPolicyChanged(classId: string): void;
  /** These people came into the class, left it, or have another part in it. */
  onRosterChanged(classId: string, userIds: readonly string[]): void;
  onCourseChanged(courseId: string): void;
}
