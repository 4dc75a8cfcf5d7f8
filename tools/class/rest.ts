/** The server's REST interface as the people of a simulated class use it; who asks too often waits as long as told. */
import { z } from "zod";

const TRIES_MAX = 8;
const WAIT_S_DEFAULT = 1;

export class RestError extends Error {
  override readonly name = "RestError";

  constructor(readonly status: number, what: string, text: string) {
    super(`${what}: ${status} ${text}`);
  }
}

export interface Account {
  readonly userId: string;
  readonly token: string;
}

const tokenSchema = z.looseObject({ access_token: z.string(), user: z.looseObject({ id: z.string() }) });

export class Rest {
  constructor(readonly origin: string) {}

  /** Asks until there is an answer; resolves to its JSON. Throws {@link RestError} where that is a refusal. */
  async ask(method: string, path: string, token: string | null, body: object | null = null): Promise<unknown> {
    const headers = new Headers({ "content-type": "application/json" });
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    for (let tries = 1;; tries += 1) {
      const response = await this.#fetch(path, { method, headers, body: body === null ? null : JSON.stringify(body) });
      const text = await response?.text() ?? "";
      if (response?.ok === true) return text === "" ? null : JSON.parse(text);
      const mayComeBack = response === null || response.status === 429 || response.status === 503;
      if (!mayComeBack || tries === TRIES_MAX) throw new RestError(response?.status ?? 0, `${method} ${path}`, text);
      const waitS = Number(response?.headers.get("retry-after") ?? WAIT_S_DEFAULT);
      await new Promise((resolve) => setTimeout(resolve, 1_000 * (Number.isFinite(waitS) ? waitS : WAIT_S_DEFAULT)));
    }
  }

  /** Null while nobody listens, as between a kill and the next start. */
  async #fetch(path: string, init: RequestInit): Promise<Response | null> {
    try {
      return await fetch(`${this.origin}/api/v1${path}`, init);
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  async signIn(username: string, password: string): Promise<Account> {
    const { access_token, user } = tokenSchema.parse(
      await this.ask("POST", "/auth/login", null, { username, password }),
    );
    return { userId: user.id, token: access_token };
  }

  async register(username: string, password: string): Promise<Account> {
    const email = `${username}@class.invalid`;
    await this.ask("POST", "/auth/register", null, { username, email, password });
    return await this.signIn(username, password);
  }
}
