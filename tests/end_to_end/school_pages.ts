/** What tests of the live pages begin with: a server with its demo teacher, a browser, and students who come by a code. */
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import { demoPassword } from "./live_lesson.ts";

const PASSWORD = "pw-0123456789";
/** A machine that does other things too. */
export const PAGE_MS_MAX = 240_000;

export interface PageSchool {
  readonly server: ServerProcess;
  readonly browser: Browser;
  /** Of the demo's teacher. */
  readonly teacherPassword: string;
}

/** Opens them for one test; `opened` ends them. */
export async function openPageSchool(opened: AsyncDisposableStack): Promise<PageSchool> {
  const dataDir = await Deno.makeTempDir({ prefix: "pages_" });
  opened.defer(() => Deno.remove(dataDir, { recursive: true }));
  const server = await startServer({ DATA_DIR: dataDir, BCRYPT_COST: "4", EMOTION: "off", RATE_LIMITS: "off" });
  opened.defer(async () => void await server.stop("SIGTERM"));
  const browser = await launchBrowser();
  opened.defer(() => browser.close());
  return { server, browser, teacherPassword: await demoPassword(dataDir) };
}

/** Notes in `faults` what goes wrong in the page's own scripts, and what its content policy stops. */
export function noteFaults(page: Page, faults: string[]): void {
  page.on("pageerror", (error) => void faults.push(error.message));
  page.on("console", (message) => /Content Security Policy/i.test(message.text()) && faults.push(message.text()));
}

/** Makes an account on the page that a class's code leads to. */
export async function joinByCode(page: Page, base: string, code: string, username: string): Promise<void> {
  await page.goto(`${base}/join?code=${code}`);
  await page.getByRole("button", { name: "Make an account" }).click();
  await page.getByLabel("Choose a username").fill(username);
  await page.getByLabel("Email").fill(`${username}@test.invalid`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make my account" }).click();
}
