/** Somebody who is signed in, and the REST API asked in their name. */

/** A refusal of the server; `code` is stable, `status` is HTTP's. */
export class SchoolError extends Error {
  name = "SchoolError";

  constructor({ code, detail, title }, status) {
    super(detail ?? title);
    this.code = code;
    this.status = status;
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
  const problem = isProblem ? await response.json() : { code: "unknown", detail: `HTTP ${response.status}` };
  throw new SchoolError(problem, response.status);
}

/** Tokens are kept in this page's memory; `onTokens` is for who wants to keep them over a reload. */
export class Account {
  #tokens;
  #expiresAtMs;
  #renewal = null;
  #listener = () => {};

  constructor(tokens) {
    this.#take(tokens);
  }

  static async signIn(username, password) {
    const response = await ask("POST", "/api/v1/auth/login", null, { username, password });
    return new this(await response.json());
  }

  /** Makes an account of a student and signs it in. */
  static async register(username, email, password) {
    await ask("POST", "/api/v1/auth/register", null, { username, email, password });
    return await this.signIn(username, password);
  }

  /** Goes on with a refresh token, which is spent by that. */
  static async resume(refreshToken) {
    const response = await ask("POST", "/api/v1/auth/refresh", null, { refresh_token: refreshToken });
    return new this(await response.json());
  }

  get user() {
    return this.#tokens.user;
  }

  get username() {
    return this.#tokens.user.username;
  }

  /** Hears the refresh token, now and whenever there is another. */
  onTokens(listener) {
    this.#listener = listener;
    listener(this.#tokens.refresh_token);
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

  /** GET; rejects with {@link SchoolError} on a refusal, as all that follow do. */
  async fetch(path) {
    return await ask("GET", path, await this.token());
  }

  /** What `path` under the API answers, read as JSON. */
  async get(path) {
    return await (await this.fetch(`/api/v1${path}`)).json();
  }

  /** Every row of a list that comes in pages, up to `rowsMax`. */
  async rows(path, rowsMax = 1_000) {
    const rows = [];
    let cursor = null;
    do {
      const more = `${path.includes("?") ? "&" : "?"}limit=100${cursor === null ? "" : `&cursor=${cursor}`}`;
      const page = await this.get(path + more);
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null && rows.length < rowsMax);
    return rows;
  }

  /** Sends `body` and resolves to the answer, null where there is none. */
  async send(method, path, body) {
    const response = await ask(method, `/api/v1${path}`, await this.token(), body);
    return response.status === 204 ? null : await response.json();
  }

  async signOut() {
    await ask("POST", "/api/v1/auth/logout", null, { refresh_token: this.#tokens.refresh_token });
  }

  async #renew() {
    const { refresh_token } = this.#tokens;
    this.#take(await (await ask("POST", "/api/v1/auth/refresh", null, { refresh_token })).json());
  }

  #take(tokens) {
    this.#tokens = tokens;
    this.#expiresAtMs = Date.now() + tokens.expires_in * 1_000;
    this.#listener(tokens.refresh_token);
  }
}
