/** A teacher and two students run a question in real browsers, one of them where WebSocket is blocked. */
import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { z } from "zod";
import { PlainProxy } from "../socket/plain_proxy.ts";
import { browserTest } from "../support/chromium.ts";
import { call, signIn } from "./people.ts";
import { joinByCode, noteFaults, openPageSchool, PAGE_MS_MAX } from "./school_pages.ts";

const [ON, OFF] = [false, true];
const PHONE = { width: 390, height: 844 };

const idSchema = z.looseObject({ id: z.string() });
const itemSchema = z.looseObject({ id: z.string(), answer: z.looseObject({ kind: z.string() }) });
const courseSchema = z.looseObject({ document: z.looseObject({ items: z.array(itemSchema) }) });

/** A page, and what it did that it must not. */
interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
  /** Addresses of the event streams that it has read. */
  readonly streams: string[];
}

async function openPage(browser: Browser, viewport: typeof PHONE, base: string): Promise<Watched> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_MS_MAX);
  const [faults, streams]: [string[], string[]] = [[], []];
  noteFaults(page, faults);
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin !== base) faults.push(`asked ${request.url()}`);
    if (/\/stream\/[^/]+$/.test(pathname) && request.method() === "GET") streams.push(pathname);
  });
  return { page, context, faults, streams };
}

async function join({ page }: Watched, base: string, code: string, username: string): Promise<void> {
  await joinByCode(page, base, code, username);
  await page.getByText("You are in the lobby").waitFor();
}

async function noSidewaysScroll({ page }: Watched): Promise<void> {
  assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the phone");
}

/** Opens a class to a code and a lesson with a lobby, as a teacher does; resolves to the code. */
async function openLesson({ page }: Watched, base: string, password: string): Promise<string> {
  await page.goto(`${base}/teach`);
  await page.getByLabel("Username or email").fill("teacher");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Name", { exact: true }).fill("7b, mathematics");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("button", { name: "Open it to a code" }).click();
  const code = await page.locator(".join-code .code").textContent() ?? "";
  await page.locator(".qr svg").waitFor();
  await page.getByLabel("Title").fill("Lines and slopes");
  await page.getByLabel("Students wait in a lobby").check();
  await page.getByRole("button", { name: "Open the lesson" }).click();
  await page.getByRole("button", { name: "Start the lesson" }).waitFor();
  return code;
}

async function choose({ page }: Watched, option: number): Promise<void> {
  await page.locator(".question .option").nth(option).click();
  await page.getByRole("button", { name: "Send my answer" }).click();
}

async function firstChoiceItem(base: string, password: string): Promise<string> {
  const { token } = await signIn(base, "teacher", password);
  const { document } = courseSchema.parse(await call(base, "/courses/elementary-algebra", {}, token));
  return idSchema.parse(document.items.find(({ answer }) => answer.kind === "choice")).id;
}

/** Cut off, pressed, and the page loaded anew once the network is back: the answer is sent and counts. */
async function answerWhileCutOff(student: Watched): Promise<void> {
  const { page, context } = student;
  await context.setOffline(OFF);
  await choose(student, 1);
  await page.getByText("Waiting to be sent").waitFor();
  await context.setOffline(ON);
  await page.reload();
  await page.getByText("Your answer counts.").waitFor();
}

/** One question from asking to its reveal, as all of them see it. */
async function runQuestion(teacher: Watched, wall: Page, students: readonly [Watched, Watched]): Promise<void> {
  const [near, far] = students;
  const { page } = teacher;
  await page.getByRole("button", { name: "Ask the class" }).click();
  for (const student of students) await student.page.locator(".question[data-step=open]").waitFor();
  await wall.getByText("0 of 2 have answered").waitFor();
  await choose(near, 0);
  await near.page.getByText("Your answer counts.").waitFor();
  await page.getByText("1 of 2 here have answered").waitFor();
  await answerWhileCutOff(far);
  await page.getByText("2 of 2 here have answered").waitFor();
  assert.equal(await wall.locator(".bars").count(), 0, "the wall shows no answers before the reveal");
  await page.getByRole("button", { name: "Pens down now" }).click();
  await page.getByRole("button", { name: "Reveal the answer" }).click();
  const verdicts = [];
  for (const student of students) {
    await student.page.getByText("How the class has answered").waitFor();
    verdicts.push(await student.page.getByText("✓ Right!").count());
    await noSidewaysScroll(student);
  }
  const right = verdicts.reduce((sum, count) => sum + count, 0);
  assert.ok(right <= 1, "they chose apart");
  await wall.getByText("Right is").waitFor();
  assert.match(await page.locator(".roster tbody").textContent() ?? "", right === 1 ? /1 of 1/ : /0 of 1/);
}

browserTest(
  "[J17] [Z5] a class runs a question on its pages, one student behind a proxy that forbids WebSocket",
  async (opened) => {
    const { server, browser, teacherPassword } = await openPageSchool(opened);
    const proxy = opened.use(new PlainProxy(Number(new URL(server.url).port)));
    const behindProxy = `http://127.0.0.1:${proxy.port}`;

    const teacher = await openPage(browser, { width: 1280, height: 800 }, server.url);
    const code = await openLesson(teacher, server.url, teacherPassword);
    const [near, far] = [await openPage(browser, PHONE, server.url), await openPage(browser, PHONE, behindProxy)];
    await join(near, server.url, code, "near_pupil");
    await join(far, behindProxy, code, "far_pupil");
    await teacher.page.getByRole("button", { name: "Let all 2 in" }).click();
    await teacher.page.getByRole("button", { name: "Start the lesson" }).click();
    await teacher.page.locator(".question select").first().selectOption(
      await firstChoiceItem(server.url, teacherPassword),
    );
    // Signed in by the teacher's page.
    const wall = await teacher.context.newPage();
    await wall.goto(`${server.url}/projector#${new URL(teacher.page.url()).hash.slice(1)}`);
    await wall.getByText("are here").waitFor();
    await runQuestion(teacher, wall, [near, far]);
    // Found as it was, still signed in.
    await teacher.page.reload();
    await teacher.page.locator("[data-step=revealed]").waitFor();

    assert.doesNotMatch(await wall.locator("body").textContent() ?? "", /near_pupil|far_pupil/);
    assert.ok(proxy.upgradesRefused > 0 && far.streams.length > 0, "one of them went on over a stream");
    assert.deepEqual(near.streams, []);
    for (const { faults } of [teacher, near, far]) assert.deepEqual(faults, []);
  },
);
