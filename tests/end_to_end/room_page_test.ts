/** Two students in real browsers: they find each other, and in a room write one text and draw on one board. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { z } from "zod";
import { NeuroLearn } from "../../web/client/neurolearn.js";
import { browserTest } from "../support/chromium.ts";
import { call, type Person, signIn } from "./people.ts";
import { joinByCode, noteFaults, openPageSchool, PAGE_MS_MAX } from "./school_pages.ts";

/** Folder for pictures of the pages; none are taken where it is not set. */
const PICTURES = Deno.env.get("PICTURES");

const idSchema = z.looseObject({ id: z.string() });
const codeSchema = z.looseObject({ code: z.string() });

function post(base: string, teacher: Person, path: string, body: object): Promise<unknown> {
  return call(base, path, { method: "POST", body: JSON.stringify(body) }, teacher.token);
}

/** A new class, and the code that leads to it. */
async function openClass(base: string, teacher: Person): Promise<{ readonly code: string; readonly classId: string }> {
  const { id: classId } = idSchema.parse(await post(base, teacher, "/classes", { title: "7b" }));
  const { code } = codeSchema.parse(await post(base, teacher, `/classes/${classId}/join-code`, {}));
  return { code, classId };
}

/** No lesson is on: both look for somebody to learn with, find each other, talk, and go back. */
async function learnTogether(ada: Page, ben: Page): Promise<void> {
  for (const page of [ada, ben]) {
    await page.locator("select[name=course]").selectOption("elementary-algebra");
    await page.getByRole("button", { name: "Find somebody" }).click();
  }
  if (PICTURES !== undefined) await ben.screenshot({ path: `${PICTURES}/partner.png`, fullPage: true });
  for (const page of [ada, ben]) await page.getByText("You will learn with").waitFor();
  if (PICTURES !== undefined) await ben.screenshot({ path: `${PICTURES}/found.png`, fullPage: true });
  for (const page of [ada, ben]) await page.getByRole("button", { name: "Go to your room" }).click();
  await ada.getByLabel("Say something to your room").fill("Shall we begin with lines?");
  await ada.getByRole("button", { name: "Say it" }).click();
  await ben.getByText("Shall we begin with lines?").waitFor();
  if (PICTURES !== undefined) await ben.screenshot({ path: `${PICTURES}/together.png`, fullPage: true });
  for (const page of [ada, ben]) await page.getByRole("button", { name: "Back to your lessons" }).click();
}

async function join(browser: Browser, base: string, code: string, username: string) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_MS_MAX);
  const faults: string[] = [];
  noteFaults(page, faults);
  await joinByCode(page, base, code, username);
  return { page, faults };
}

/** A line by hand across the board. */
async function draw(page: Page): Promise<void> {
  const board = page.locator(".board svg");
  await board.scrollIntoViewIfNeeded();
  const box = await board.boundingBox();
  assert.ok(box !== null);
  await page.mouse.move(box.x + 40, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 120, { steps: 8 });
  await page.mouse.move(box.x + 240, box.y + 40, { steps: 8 });
  await page.mouse.up();
}

/** Resolves once the notes on the page are this text. */
async function notesAre(page: Page, text: string): Promise<void> {
  const are = `document.querySelector("textarea").value === ${JSON.stringify(text)}`;
  await page.evaluate(
    `new Promise((done) => { (function look() { ${are} ? done() : requestAnimationFrame(look); })(); })`,
  );
}

async function writeTogether(ada: Page, ben: Page): Promise<void> {
  for (const page of [ada, ben]) await page.getByText("Our notes and our board").click();
  const [hers, his] = [ada.getByLabel("Our notes"), ben.getByLabel("Our notes")];
  await hers.pressSequentially("Slope is rise over run.");
  await notesAre(ben, "Slope is rise over run.");
  await his.press("Control+Home");
  await his.pressSequentially("Ben: ");
  await notesAre(ada, "Ben: Slope is rise over run.");
  await hers.press("Control+End");
  await hers.pressSequentially(" Yes 👍");
  await notesAre(ben, "Ben: Slope is rise over run. Yes 👍");
  await ada.getByText("Saved for all of you.").waitFor();
}

async function drawTogether(ada: Page, ben: Page): Promise<void> {
  await draw(ada);
  await ben.locator(".board svg > polyline").waitFor();
  await ben.getByLabel("Words for the board").fill("rise / run");
  await ben.getByRole("button", { name: "Put them up" }).click();
  await ada.locator(".board svg > text", { hasText: "rise / run" }).waitFor();
  assert.match(
    await ada.locator(".board svg").getAttribute("aria-label") ?? "",
    /2 shapes, and the words: rise \/ run/,
  );
  await ada.getByRole("button", { name: "Take back my last" }).click();
  await ben.locator(".board svg > polyline").waitFor({ state: "detached" });
  await draw(ada);
  await ben.locator(".board svg > polyline").waitFor();
}

browserTest(
  "[J17] [I10] [I12] [I13] two students find each other; in a room they write one text and draw on one board in their browsers",
  async (opened) => {
    const { server, browser, teacherPassword } = await openPageSchool(opened);
    const teacher = await signIn(server.url, "teacher", teacherPassword);
    const { code, classId } = await openClass(server.url, teacher);
    const [ada, ben] = [await join(browser, server.url, code, "ada_p"), await join(browser, server.url, code, "ben_p")];
    await learnTogether(ada.page, ben.page);

    const plan = { course_id: "elementary-algebra", title: "Lines", mode: "teacher_paced" };
    const { id: lessonId } = idSchema.parse(await post(server.url, teacher, `/classes/${classId}/lessons`, plan));
    const client = new NeuroLearn(`${server.url.replace("http", "ws")}/api/v1/socket`, () => teacher.token);
    opened.defer(() => client.close());
    const lesson = client.channel(`classroom/${lessonId}`);
    await lesson.send("start");
    for (const { page } of [ada, ben]) await page.getByText(/Lines/).first().waitFor();
    await lesson.send("form_breakouts", { how: "random", size: 2, task: "What is a slope?" });
    for (const { page } of [ada, ben]) await page.getByText("What is a slope?").waitFor();
    await writeTogether(ada.page, ben.page);
    await drawTogether(ada.page, ben.page);
    if (PICTURES !== undefined) await ben.page.screenshot({ path: `${PICTURES}/room.png`, fullPage: true });
    for (const { faults } of [ada, ben]) assert.deepEqual(faults, []);
  },
);
