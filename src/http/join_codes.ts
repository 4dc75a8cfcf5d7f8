/** The code, link and QR code by which people join a class. */
import { renderSVG } from "uqr";
import type { Principal } from "../domain/principal.ts";
import { JOIN_CODE_LENGTH, joinCodeFrom } from "../domain/school/join_code.ts";
import type { RandomBytes } from "./identifiers.ts";
import type { Classes } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import type { SchoolClasses } from "./school_classes.ts";

/** So many codes taken one after the other: the random bytes are none. */
const TRIES_MAX = 8;

/** Where a browser is sent with the code. */
const JOIN_PATH = "/join";

/** No code was free. */
export class NoFreeCodeError extends Error {
  override readonly name = "NoFreeCodeError";
}

export interface JoinCode {
  readonly code: string;
  /** Null where the deployment does not know its own public address. */
  readonly link: string | null;
}

export interface JoinCodeParts {
  readonly classes: Pick<Classes, "setJoinCode" | "joinCode">;
  readonly publicUrl: string | null;
  readonly randomBytes: RandomBytes;
}

export class JoinCodes {
  constructor(private readonly parts: JoinCodeParts, private readonly taught: Pick<SchoolClasses, "byId">) {}

  /** Throws 404 where the class is closed to codes. */
  async read(principal: Principal, classId: string): Promise<JoinCode> {
    await this.taught.byId(principal, classId);
    const code = await this.parts.classes.joinCode(classId);
    if (code === null) throw notFound();
    return this.#described(code);
  }

  /** Opens the class to a fresh code; the one before leads nowhere from now on. */
  async rotate(principal: Principal, classId: string): Promise<JoinCode> {
    await this.taught.byId(principal, classId);
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const code = joinCodeFrom(this.parts.randomBytes(JOIN_CODE_LENGTH));
      if (await this.parts.classes.setJoinCode(classId, code) === "set") return this.#described(code);
    }
    throw new NoFreeCodeError(`${TRIES_MAX} codes in a row were taken`);
  }

  /** Closes the class to codes. */
  async close(principal: Principal, classId: string): Promise<void> {
    await this.taught.byId(principal, classId);
    await this.parts.classes.setJoinCode(classId, null);
  }

  /** The link as a QR code in SVG. */
  async svg(principal: Principal, classId: string): Promise<string> {
    const { link } = await this.read(principal, classId);
    if (link === null) throw problem("no_public_url", "Set PUBLIC_URL, so that links to this server can be made.");
    return renderSVG(link, { border: 4 });
  }

  #described(code: string): JoinCode {
    const { publicUrl } = this.parts;
    return { code, link: publicUrl === null ? null : `${publicUrl}${JOIN_PATH}?code=${code}` };
  }
}
