/** A learner's own word on emotion inference: given for one text, taken back at once (M1). */
import type { Principal } from "../domain/principal.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import type { EmotionMinutes } from "./emotion_minutes.ts";
import type { EmotionRetreat } from "./emotion_retreat.ts";
import type { Consent, Consents } from "./ports.ts";
import { problem } from "./problem.ts";

export interface EmotionConsentParts {
  readonly consents: Consents;
  readonly emotionRetreat: Pick<EmotionRetreat, "forget">;
  readonly emotionMinutes: Pick<EmotionMinutes, "drop">;
  readonly hooks: Pick<EdgeHooks, "onConsentChanged">;
  readonly clock: { nowMs(): number };
  /** Version of the text that is shown now; null where emotion inference is off. */
  readonly textVersion: string | null;
}

export class EmotionConsent {
  constructor(private readonly parts: EmotionConsentParts) {}

  get textVersion(): string | null {
    return this.parts.textVersion;
  }

  current(userId: string): Promise<Consent | null> {
    return this.parts.consents.current(userId);
  }

  /**
   * Records consent to the text that is shown now; consent to an older one is not consent. Given again while it is in
   * force it changes nothing, so that what is gathered under it goes on.
   */
  async give(principal: Principal, textVersion: string): Promise<Consent> {
    const shown = this.parts.textVersion;
    if (shown === null) throw problem("emotion_off", "There is nothing to consent to: no emotion is inferred here.");
    if (textVersion !== shown) {
      throw problem("consent_text_outdated", "Show the present text and ask again.", {
        members: { text_version: shown },
      });
    }
    const current = await this.parts.consents.current(principal.userId);
    if (current?.given === true && current.textVersion === textVersion) return current;
    return await this.#record(principal.userId, { given: true, textVersion });
  }

  /**
   * Takes consent back: recorded and the history deleted in one step, so that nothing more is inferred or stored; then
   * what is gathered and what the sessions hold in memory is deleted. When a session cannot be reached the answer says
   * to come back; asking again deletes the rest.
   */
  async revoke(principal: Principal): Promise<Consent> {
    const current = await this.parts.consents.current(principal.userId);
    const textVersion = current?.textVersion ?? this.parts.textVersion ?? "none";
    const revoked = await this.#record(principal.userId, { given: false, textVersion });
    await this.parts.emotionMinutes.drop(principal.userId);
    await this.parts.emotionRetreat.forget(principal.userId);
    return revoked;
  }

  async #record(userId: string, said: Pick<Consent, "given" | "textVersion">): Promise<Consent> {
    const { consents, clock, hooks } = this.parts;
    const consent: Consent = { userId, purpose: "emotion", ...said, atMs: clock.nowMs() };
    await consents.record(consent);
    hooks.onConsentChanged(userId, consent.given);
    return consent;
  }
}
