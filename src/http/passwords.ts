/** Passwords as bcrypt hashes, compared in equal time whether or not there is an account (A1, A5). */
import { hash, verify } from "@node-rs/bcrypt";
import { problem } from "./problem.ts";

/** bcrypt reads no further than this; a longer password would be compared by its beginning alone. */
export const PASSWORD_BYTES_MAX = 72;
export const PASSWORD_LENGTH_MIN = 8;
/** Compares take a core each for a tenth of a second or more: beyond this many at once the answer is to come back. */
const COMPARES_IN_FLIGHT_MAX = 64;
const BUSY_RETRY_MS = 2_000;

/** The two operations of bcrypt, both off the event loop. */
export interface Bcrypt {
  hash(password: string, cost: number): Promise<string>;
  verify(password: string, passwordHash: string): Promise<boolean>;
}

export const nativeBcrypt: Bcrypt = { hash: (password, cost) => hash(password, cost), verify };

export function passwordBytes(password: string): number {
  return new TextEncoder().encode(password).byteLength;
}

export class Passwords {
  readonly #bcrypt: Bcrypt;
  readonly #cost: number;
  /** What a login to no account is compared with: made once, with the same cost as real ones. */
  readonly #dummyHash: string;
  #inFlight = 0;

  private constructor(bcrypt: Bcrypt, cost: number, dummyHash: string) {
    this.#bcrypt = bcrypt;
    this.#cost = cost;
    this.#dummyHash = dummyHash;
  }

  /** `cost` is bcrypt's exponent, 4 to 31; `unguessable` is a random text nobody will send. */
  static async open(bcrypt: Bcrypt, cost: number, unguessable: string): Promise<Passwords> {
    return new Passwords(bcrypt, cost, await bcrypt.hash(unguessable, cost));
  }

  hash(password: string): Promise<string> {
    return this.#bounded(() => this.#bcrypt.hash(password, this.#cost));
  }

  /** Always one compare, whatever the outcome: with null or a too long password against the dummy, and false. */
  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    const comparable = passwordBytes(password) <= PASSWORD_BYTES_MAX;
    const against = comparable && passwordHash !== null ? passwordHash : this.#dummyHash;
    const equal = await this.#bounded(() => this.#bcrypt.verify(password, against));
    return equal && against === passwordHash;
  }

  async #bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inFlight >= COMPARES_IN_FLIGHT_MAX) {
      throw problem("unavailable", "Too many people are signing in at this moment; try again in a few seconds.", {
        retryAfterMs: BUSY_RETRY_MS,
      });
    }
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
    }
  }
}
