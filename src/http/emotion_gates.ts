/** Who says whether a face may be read: the learner's own consent and their classes' policies, as they are stored now. */
import type { Classes, Consent, Consents } from "./ports.ts";

/** Which gate is closed. */
export type ClosedGate = "no_consent" | "class_policy";

/** Which gate is closed to a learner, by their id; null when none is. One answer for every door. */
export type ClosedGateOf = (learnerId: string) => Promise<ClosedGate | null>;

export interface EmotionGateParts {
  readonly consents: Pick<Consents, "current">;
  readonly classes: Pick<Classes, "byId" | "forbidEmotionTo">;
  /** Version of the text that is shown now; null where emotion inference is off. */
  readonly textVersion: string | null;
}

export class EmotionGates {
  constructor(private readonly parts: EmotionGateParts) {}

  /** Whether a consent counts: given, and for the text that is shown now. */
  isInForce(consent: Consent | null): boolean {
    return consent !== null && consent.given && consent.textVersion === this.parts.textVersion;
  }

  async learnerAllows(userId: string): Promise<boolean> {
    return this.isInForce(await this.parts.consents.current(userId));
  }

  /** False for a class that is not there. */
  async classAllows(classId: string): Promise<boolean> {
    return (await this.parts.classes.byId(classId))?.emotionPolicy?.allowed === true;
  }

  /** A class that forbids it forbids it wherever its students are, and those with a session in it to complete. */
  async closedGate(learnerId: string): Promise<ClosedGate | null> {
    if (!await this.learnerAllows(learnerId)) return "no_consent";
    return await this.parts.classes.forbidEmotionTo(learnerId) ? "class_policy" : null;
  }
}
