/** A server of the class's own, on embedded defaults and a fixed port: it may be killed and is started again. */
import { z } from "zod";
import { coreWaitSeconds, cpuSeconds } from "../../bench/process_cpu.ts";
import { lastingPort } from "../../tests/support/lasting_port.ts";
import { type ServerProcess, startServer } from "../../tests/support/server_process.ts";
import { timersIn, type TimersKept } from "./timers_kept.ts";

/** In a log line of the server. */
const ERROR_LINE = '"level":"error"';
const COMPLAINTS_MAX = 5;

const passwordsSchema = z.looseObject({ admin: z.string() });

/** What a server has taken of the machine, and what the machine has kept from it. */
export interface UsedTime {
  /** User and system time. */
  readonly cpuSeconds: number;
  /** In which its main thread was ready to run and had no core. */
  readonly coreWaitSeconds: number;
}

export class OwnServer {
  readonly #settings: { readonly [name: string]: string };
  readonly #dataDir: string;
  #process: ServerProcess;
  /** Of processes that have ended. */
  #usedBefore: UsedTime = { cpuSeconds: 0, coreWaitSeconds: 0 };
  /** Of each process that was told to stop. */
  readonly exitCodes: number[] = [];

  private constructor(settings: { readonly [name: string]: string }, dataDir: string, process: ServerProcess) {
    this.#settings = settings;
    this.#dataDir = dataDir;
    this.#process = process;
  }

  static async start(): Promise<OwnServer> {
    const dataDir = await Deno.makeTempDir({ prefix: "class_" });
    // A whole class signs in from this one address, and none of it is what is tried here.
    const settings = {
      PORT: `${lastingPort()}`,
      DATA_DIR: dataDir,
      RATE_LIMITS: "off",
      BCRYPT_COST: "4",
      EMOTION: "off",
    };
    return new OwnServer(settings, dataDir, await startServer(settings));
  }

  get url(): string {
    return this.#process.url;
  }

  /** What the process that runs now has logged as an error, the latest few. */
  complaints(): readonly string[] {
    const lines = this.#process.output().split("\n");
    return lines.filter((line) => line.includes(ERROR_LINE)).slice(-COMPLAINTS_MAX);
  }

  /** Of the account that may make others. */
  async adminPassword(): Promise<string> {
    return passwordsSchema.parse(JSON.parse(await Deno.readTextFile(`${this.#dataDir}/demo-accounts.json`))).admin;
  }

  /** Of all its processes so far; of one that was told to stop, up to that moment. */
  async used(): Promise<UsedTime> {
    const { pid } = this.#process;
    return {
      cpuSeconds: this.#usedBefore.cpuSeconds + await cpuSeconds(pid),
      coreWaitSeconds: this.#usedBefore.coreWaitSeconds + await coreWaitSeconds(pid),
    };
  }

  /** Of the process that runs now. */
  async timers(): Promise<TimersKept> {
    const answer = await fetch(`${this.url}/metrics`);
    return timersIn(await answer.text());
  }

  /** Kills it, or tells it to stop, and starts it again on the same data. */
  async restart(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    await this.#end(signal);
    this.#process = await startServer(this.#settings);
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await Deno.remove(this.#dataDir, { recursive: true });
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    this.#usedBefore = await this.used();
    const code = await this.#process.stop(signal);
    if (signal === "SIGTERM") this.exitCodes.push(code);
  }
}
