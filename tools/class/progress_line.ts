/** One line that tells how far a lesson is: rewritten on a terminal, else a line whenever its part changes. */

export interface Progress {
  /** Which part of the lesson it is. */
  part(name: string): void;
  /** How far that part is. */
  tell(detail: string): void;
  end(): void;
}

const encoder = new TextEncoder();
const ERASE = "\r\x1b[2K";

export class ProgressLine implements Progress {
  readonly #isTerminal = Deno.stderr.isTerminal();
  readonly #startedAtMs = performance.now();
  #part = "";

  part(name: string): void {
    this.#part = name;
    this.#write("");
  }

  tell(detail: string): void {
    if (this.#isTerminal) this.#write(detail);
  }

  end(): void {
    if (this.#isTerminal) Deno.stderr.writeSync(encoder.encode(ERASE));
  }

  #write(detail: string): void {
    const seconds = ((performance.now() - this.#startedAtMs) / 1_000).toFixed(0).padStart(4);
    const line = [`${seconds} s`, this.#part, detail].filter((text) => text !== "").join("  ");
    Deno.stderr.writeSync(encoder.encode(this.#isTerminal ? `${ERASE}${line}` : `${line}\n`));
  }
}
