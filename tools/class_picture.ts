/**
 * Draws docs/teacher.webp: the page of a teacher with a class in mid-lesson, in Chromium, against a server of its own.
 * Run: deno task picture:class
 */
import type { Browser, Page } from "playwright-core";
import { z } from "zod";
import type { Item } from "../src/domain/curriculum/course.ts";
import { courseSchema } from "../src/http/documents/course_schemas.ts";
import { launchBrowser } from "../tests/support/chromium.ts";
import { startServer } from "../tests/support/server_process.ts";
import { Pupil } from "./class_picture/pupil.ts";
import { type Account, Rest } from "./class/rest.ts";

const COURSE = new URL("../content/elementary-algebra.json", import.meta.url);
const PICTURE = new URL("../docs/teacher.webp", import.meta.url);
const SIZE = { width: 1280, height: 1160 };
const QUALITY = 0.82;
/** Drawn by Chromium, which reads PNG and writes WebP; text, since it runs there. */
const IN_THE_BROWSER = `([png, quality]) => new Promise((resolve) => {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d").drawImage(image, 0, 0);
    resolve(canvas.toDataURL("image/webp", quality));
  };
  image.src = "data:image/png;base64," + png;
})`;
const PAGE_MS_MAX = 120_000;
const LIMIT_S = "90";
const ROUNDS = 4;
const PSEUDONYMS = "acorn aster birch clover daisy elder fern gorse hazel ivy juniper linden maple poppy"
  .split(" ");

const passwordsSchema = z.looseObject({ teacher: z.string() });

interface Held {
  readonly page: Page;
  readonly server: string;
  readonly rest: Rest;
  readonly teacher: Account;
}

/** Signs in and opens a lesson of the demo class, by the pages; resolves to the ids of class and lesson. */
async function openLesson({ page, server }: Held, password: string): Promise<{ classId: string; lessonId: string }> {
  page.setDefaultTimeout(PAGE_MS_MAX);
  await page.goto(`${server}/teach`);
  await page.getByLabel("Username or email").fill("teacher");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Demo class" }).click();
  await page.getByLabel("Title").fill("Numbers and letters");
  const classId = new URL(page.url()).hash.replace("#class=", "");
  await page.getByLabel("Time for a question").selectOption(LIMIT_S);
  await page.getByRole("button", { name: "Open the lesson" }).click();
  await page.getByRole("button", { name: "Start the lesson" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  return { classId, lessonId: new URL(page.url()).hash.replace("#lesson=", "") };
}

async function comeIn({ rest, server, teacher }: Held, classId: string, lessonId: string): Promise<readonly Pupil[]> {
  return await Promise.all(PSEUDONYMS.map(async (name, index) => {
    const { token } = await rest.register(name, `pass-${name}-${name}`);
    await rest.ask("POST", `/classes/${classId}/members`, teacher.token, { login: name });
    await rest.ask("POST", `/invitations/${classId}/accept`, token);
    const pupil = new Pupil(index / PSEUDONYMS.length, server, lessonId, token);
    await pupil.send("enter");
    return pupil;
  }));
}

/** One item with options of each skill that has some. */
async function choiceItems(): Promise<readonly Item[]> {
  const { items } = courseSchema.parse(JSON.parse(await Deno.readTextFile(COURSE)));
  return [
    ...new Map(items.filter(({ answer }) => answer.kind === "choice").map((item) => [item.skills[0], item])).values(),
  ];
}

async function ask({ page }: Held, item: Item, answering: readonly Pupil[], round: number): Promise<void> {
  await page.locator(".question .ask select").first().selectOption(item.id);
  await page.getByRole("button", { name: "Ask the class" }).click();
  await Promise.all(answering.map((pupil) => pupil.answer(item, round)));
}

async function reveal({ page }: Held): Promise<void> {
  await page.getByRole("button", { name: "Pens down now" }).click();
  await page.getByRole("button", { name: "Reveal the answer" }).click();
  await page.locator("[data-step=revealed]").waitFor();
}

/** Some questions are behind the class; the present one is answered by most, one has raised a hand, one has gone. */
async function toMidLesson(held: Held, pupils: readonly Pupil[], items: readonly Item[]): Promise<void> {
  for (const [round, item] of items.slice(0, ROUNDS).entries()) {
    await ask(held, item, pupils, round);
    await reveal(held);
  }
  const [first, second, third, ...others] = pupils;
  const last = items[ROUNDS];
  if (first === undefined || second === undefined || third === undefined || last === undefined) return;
  await second.send("raise_hand", { raised: true });
  await third.send("attention", { hidden: true, at: third.nowMs() });
  first.close();
  const answering = others.slice(0, -3);
  await ask(held, last, answering, ROUNDS);
  await held.page.getByText(`${answering.length} of ${pupils.length - 1} here have answered`).waitFor();
}

/** What the page shows, as WebP: a third of the size of PNG. */
async function draw(browser: Browser, page: Page): Promise<Uint8Array> {
  const png = (await page.screenshot()).toString("base64");
  const canvas = await browser.newPage();
  const webp = await canvas.evaluate<string>(`(${IN_THE_BROWSER})(${JSON.stringify([png, QUALITY])})`);
  return Uint8Array.fromBase64(webp.slice(webp.indexOf(",") + 1));
}

await using opened = new AsyncDisposableStack();
const dataDir = await Deno.makeTempDir({ prefix: "class_picture_" });
opened.defer(() => Deno.remove(dataDir, { recursive: true }));
const server = await startServer({ DATA_DIR: dataDir, BCRYPT_COST: "4", EMOTION: "off", RATE_LIMITS: "off" });
opened.defer(async () => void await server.stop("SIGTERM"));
const browser = await launchBrowser();
opened.defer(() => browser.close());

const { teacher: password } = passwordsSchema.parse(
  JSON.parse(await Deno.readTextFile(`${dataDir}/demo-accounts.json`)),
);
const rest = new Rest(server.url);
const page = await browser.newPage({ viewport: SIZE });
const held: Held = { page, server: server.url, rest, teacher: await rest.signIn("teacher", password) };
const { classId, lessonId } = await openLesson(held, password);
const pupils = await comeIn(held, classId, lessonId);
await toMidLesson(held, pupils, await choiceItems());
const picture = await draw(browser, page);
await Deno.writeFile(PICTURE, picture);
for (const pupil of pupils) pupil.close();
console.log(`${PICTURE.pathname}: ${picture.length} bytes`);
