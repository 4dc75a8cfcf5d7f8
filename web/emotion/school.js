/** A learner who has signed in, their consent and their sessions. */
import { Account } from "../client/account.js";

export class School extends Account {
  /** The consent as it stands, with the text it is about. */
  async consent() {
    const stands = await this.get("/consents/emotion");
    return { isInForce: stands.in_force, text: await this.get("/consents/emotion/text") };
  }

  async giveConsent(textVersion) {
    await this.send("PUT", "/consents/emotion", { text_version: textVersion });
  }

  async takeConsentBack() {
    await this.send("DELETE", "/consents/emotion");
  }

  /** The sessions that can be read for now. */
  async activeSessions() {
    return (await this.get("/sessions?status=active&limit=50")).rows;
  }
}
