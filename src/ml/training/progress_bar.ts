/** Shows a training run on a terminal: one line that is rewritten, and a line that stays for each epoch. */
import type { EpochRecord } from "./checkpoint.ts";

const BAR_CELLS = 24;
/** A terminal is not rewritten more often than this. */
const REDRAW_MS_MIN = 250;

export class ProgressBar {
  readonly #write: (text: string) => void;
  readonly #nowMs: () => number;
  readonly #epochs: number;
  #drawnMs = -Infinity;
  #epochBeganMs: number;

  /** `write` puts text on the terminal as it is. */
  constructor(epochs: number, write: (text: string) => void, nowMs: () => number) {
    this.#epochs = epochs;
    this.#write = write;
    this.#nowMs = nowMs;
    this.#epochBeganMs = nowMs();
  }

  /** `done` between 0 and 1 of the epoch. */
  progress(epoch: number, done: number, loss: number): void {
    const nowMs = this.#nowMs();
    if (nowMs - this.#drawnMs < REDRAW_MS_MIN) return;
    this.#drawnMs = nowMs;
    const cells = Math.round(done * BAR_CELLS);
    const bar = "#".repeat(cells).padEnd(BAR_CELLS, ".");
    const leftS = (nowMs - this.#epochBeganMs) / 1000 * (1 - done) / Math.max(done, 1e-6);
    this.#write(
      `\repoch ${epoch + 1}/${this.#epochs} [${bar}] loss ${loss.toFixed(4)}, ${leftS.toFixed(0)} s left \x1b[K`,
    );
  }

  epochDone(epoch: number, record: EpochRecord): void {
    const tookS = (this.#nowMs() - this.#epochBeganMs) / 1000;
    const sources = Object.entries(record.validation).map(([name, auc]) => `${name} ${auc.toFixed(4)}`);
    this.#write(
      `\repoch ${epoch + 1}/${this.#epochs} loss ${record.loss.toFixed(4)}, ` +
        `validation AUC ${record.validationMean.toFixed(4)} (${sources.join(", ")}), ${tookS.toFixed(0)} s\x1b[K\n`,
    );
    this.#epochBeganMs = this.#nowMs();
  }
}
