/** The learner's side of the REST API that the page needs: signing in, consent, and their sessions. */

/** A refusal of the server; `code` is stable. */
export class SchoolError extends Error {
  name = "SchoolError";

  constructor({ code, detail }) {
    super(detail);
    this.code = code;
  }
}

/** A fresh access token is asked for when the present one has less than this to live. */
const RENEW_BEFORE_MS = 60_000;

async function ask(method, path, token, body) {
  const response = await fetch(path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) return response;
  const isProblem = response.headers.get("content-type")?.includes("json");
  throw new SchoolError(isProblem ? await response.json() : { code: "unknown", detail: `HTTP ${response.status}` });
}

/** A learner who has signed in. Tokens are kept in this page's memory only. */
export class School {
  #tokens;
  #expiresAtMs;
  #renewal = null;

  constructor(tokens) {
    this.#take(tokens);
  }

  static async signIn(username, password) {
    const response = await ask("POST", "/api/v1/auth/login", null, { username, password });
    return new School(await response.json());
  }

  get username() {
    return this.#tokens.user.username;
  }

  /** An access token with some time to live. */
  async token() {
    if (Date.now() > this.#expiresAtMs - RENEW_BEFORE_MS) {
      // A refresh token works once: whoever asks meanwhile waits for the same answer.
      this.#renewal ??= this.#renew().finally(() => this.#renewal = null);
      await this.#renewal;
    }
    return this.#tokens.access_token;
  }

  /** GET as this learner; rejects with {@link SchoolError} on a refusal. */
  async fetch(path) {
    return await ask("GET", path, await this.token());
  }

  /** The consent as it stands, with the text it is about. */
  async consent() {
    const stands = await (await this.fetch("/api/v1/consents/emotion")).json();
    const text = await (await this.fetch("/api/v1/consents/emotion/text")).json();
    return { isInForce: stands.in_force, text };
  }

  async giveConsent(textVersion) {
    await ask("PUT", "/api/v1/consents/emotion", await this.token(), { text_version: textVersion });
  }

  async takeConsentBack() {
    await ask("DELETE", "/api/v1/consents/emotion", await this.token());
  }

  /** The sessions that can be read for now. */
  async activeSessions() {
    const page = await (await this.fetch("/api/v1/sessions?status=active&limit=50")).json();
    return page.rows;
  }

  async #renew() {
    const { refresh_token } = this.#tokens;
    this.#take(await (await ask("POST", "/api/v1/auth/refresh", null, { refresh_token })).json());
  }

  #take(tokens) {
    this.#tokens = tokens;
    this.#expiresAtMs = Date.now() + tokens.expires_in * 1_000;
  }
}
