/** One line that tells how far a lesson is: rewritten on a terminal, else a line whenever its part changes. */

const encoder = new TextEncoder();
const ERASE = "\r\x1b[2K";

export class ProgressLine {
  readonly #isTerminal = Deno.stderr.isTerminal();
  readonly #startedAtMs = performance.now();
  #part = "";
  #lastPart = "";

  /** Which part of the lesson it is. */
  part(name: string): void {
    this.#part = name;
    this.tell("");
  }

  /** Beside the part, on terminals alone. */
  tell(detail: string): void {
    if (!this.#isTerminal && this.#part === this.#lastPart) return;
    this.#lastPart = this.#part;
    const seconds = ((performance.now() - this.#startedAtMs) / 1_000).toFixed(0).padStart(4);
    const line = [`${seconds} s`, this.#part, detail].filter((text) => text !== "").join("  ");
    this.#write(this.#isTerminal ? `${ERASE}${line}` : `${line}\n`);
  }

  end(): void {
    if (this.#isTerminal) this.#write(ERASE);
  }

  #write(text: string): void {
    Deno.stderr.writeSync(encoder.encode(text));
  }
}
