/** What travels with one request through the edge. */
import type { Principal } from "../domain/principal.ts";
import type { Identity } from "./authenticate.ts";
import type { User } from "./ports.ts";

interface RequestVariables {
  /** A fresh UUID, in the log, the `X-Request-Id` header and every problem document. */
  readonly requestId: string;
  readonly clientAddress: string;
}

/** What Deno.serve hands over beside the request. */
interface Connection {
  readonly remoteAddr: Deno.Addr;
}

/** A route anyone may ask; the identity is there when a good token came along. */
export interface OpenEnv {
  Bindings: Connection;
  Variables: RequestVariables & { readonly identity: Identity | null };
}

/** A route behind the guard: there is always somebody. */
export interface SignedInEnv {
  Bindings: Connection;
  Variables: RequestVariables & {
    readonly identity: Identity;
    readonly principal: Principal;
    readonly user: User;
  };
}
