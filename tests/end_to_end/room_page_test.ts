/** Students in real browsers: they find each other, and in a room do a task, write one text and draw on one board. */
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

/** No lesson is on: both look for somebody to learn with, find each other and talk. */
async function learnTogether(ada: Page, ben: Page): Promise<void> {
  for (const page of [ada, ben]) {
    await page.getByRole("region", { name: "Learn with somebody" }).locator("select[name=course]").selectOption(
      "elementary-algebra",
    );
    await page.getByRole("button", { name: "Find somebody" }).click();
  }
  if (PICTURES !== undefined) await ben.screenshot({ path: `${PICTURES}/partner.png`, fullPage: true });
  for (const page of [ada, ben]) await page.getByText("You will learn with").waitFor();
  if (PICTURES !== undefined) await ben.screenshot({ path: `${PICTURES}/found.png`, fullPage: true });
  for (const page of [ada, ben]) await page.getByRole("button", { name: "Go to your room" }).click();
  await ada.getByLabel("Say something to your room").fill("Shall we begin with lines?");
  await ada.getByRole("button", { name: "Say it" }).click();
  await ben.getByText("Shall we begin with lines?").waitFor();
}

/** Puts some answer into whatever form the item has, and sends it. */
async function answerSomehow(page: Page): Promise<void> {
  const form = page.locator(".task form");
  if (await form.locator(".option").count() > 0) await form.locator(".option").first().click();
  for (const field of await form.locator("input:not([type])").all()) await field.fill("1");
  for (const choice of await form.locator(".match select").all()) await choice.selectOption({ index: 1 });
  await form.getByRole("button", { name: "Send my answer" }).click();
}

/** Each answers alone, one proposes, the other agrees; resolves to who proposed, and the other. */
async function agreeOnTask(ada: Page, ben: Page): Promise<{ readonly proposer: Page; readonly other: Page }> {
  await ada.getByRole("button", { name: "A task: agree on one answer" }).click();
  for (const page of [ada, ben]) {
    await page.locator(".task[data-step=alone] form").waitFor();
    await answerSomehow(page);
  }
  await ada.locator(".task[data-step=turns]").waitFor();
  const isAdas = await ada.getByText("It is your turn to propose").count() > 0;
  const [proposer, other] = isAdas ? [ada, ben] : [ben, ada];
  if (PICTURES !== undefined) await proposer.screenshot({ path: `${PICTURES}/turn.png`, fullPage: true });
  await proposer.getByRole("button", { name: "Propose this" }).click();
  await other.getByRole("button", { name: "I agree" }).click();
  for (const page of [ada, ben]) await page.locator(".task[data-step=over]").getByText("answered:").waitFor();
  return { proposer, other };
}

/** The one who agreed explains; the one who proposed says what it is worth, and tells the teacher of it. */
async function explainAndReport(proposer: Page, other: Page): Promise<void> {
  await other.getByText("Explain something to the others").click();
  await other.getByLabel("in your own words").fill("Rise over run is the same for every two points.");
  await other.getByRole("button", { name: "Explain it" }).click();
  await proposer.getByRole("button", { name: "4 of 5 stars" }).click();
  await other.getByText("4.0 of 5, by 1").waitFor();
  const explanation = proposer.locator(".chat .explanation");
  await explanation.getByRole("button", { name: "Report" }).click();
  await explanation.getByLabel("What is wrong with it?").fill("It was only a try.");
  if (PICTURES !== undefined) await proposer.screenshot({ path: `${PICTURES}/together.png`, fullPage: true });
  await explanation.getByRole("button", { name: "Tell the teacher" }).click();
  await explanation.getByText("Your teacher is told.").waitFor();
}

/** The teacher finds the report on the class's page, takes the words away and settles it. */
async function seeToReport(browser: Browser, url: string, password: string, writer: Page): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(PAGE_MS_MAX);
  await page.goto(url);
  await page.getByLabel("Username or email").fill("teacher");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "1 reported" }).click();
  const report = page.getByRole("dialog").locator(".note");
  await report.getByText("It was only a try.").waitFor();
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/report.png` });
  await report.getByRole("button", { name: "Take away" }).click();
  await report.getByLabel("Why, for the room to read").fill("A try is fine");
  await report.getByRole("button", { name: "Take away" }).click();
  await writer.getByText("Taken away: A try is fine").waitFor();
  await report.getByRole("button", { name: "Settled" }).click();
  await report.getByRole("button", { name: "Settled" }).click();
  await report.waitFor({ state: "detached" });
  await page.close();
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
  const are = `document.querySelector(".together textarea").value === ${JSON.stringify(text)}`;
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
  "[J17] [I3] [I5] [I6] [I10] [I12] [I13] two students find each other; in a room they agree, explain, report, write one text and draw on one board in their browsers",
  async (opened) => {
    const { server, browser, teacherPassword } = await openPageSchool(opened);
    const teacher = await signIn(server.url, "teacher", teacherPassword);
    const { code, classId } = await openClass(server.url, teacher);
    const [ada, ben] = [await join(browser, server.url, code, "ada_p"), await join(browser, server.url, code, "ben_p")];
    await learnTogether(ada.page, ben.page);
    const { proposer, other } = await agreeOnTask(ada.page, ben.page);
    await explainAndReport(proposer, other);
    await seeToReport(browser, `${server.url}/teach#class=${classId}`, teacherPassword, other);
    for (const { page } of [ada, ben]) await page.getByRole("button", { name: "Back to your lessons" }).click();

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
