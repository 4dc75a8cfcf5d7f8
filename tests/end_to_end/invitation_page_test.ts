/** A student is asked into a class on the page where lessons are found, and says no, then yes. */
import assert from "node:assert/strict";
import { z } from "zod";
import { browserTest } from "../support/chromium.ts";
import { call, enrol, signIn } from "./people.ts";
import { openPageSchool, PAGE_MS_MAX } from "./school_pages.ts";

const USERNAME = "asked_learner";
const rosterSchema = z.looseObject({ rows: z.array(z.looseObject({ user_id: z.string(), admitted: z.boolean() })) });

browserTest("[A9] a student sees who asks them into which class, and answers on the page", async (opened) => {
  const { server, browser, teacherPassword } = await openPageSchool(opened);
  const teacher = await signIn(server.url, "teacher", teacherPassword);
  const post = (path: string, body: object) =>
    call(server.url, path, { method: "POST", body: JSON.stringify(body) }, teacher.token);
  const { id: classId } = z.looseObject({ id: z.string() }).parse(await post("/classes", { title: "Monday" }));
  const student = await enrol(server.url, USERNAME);
  const members = `/classes/${classId}/members`;
  const standing = async () => {
    const { rows } = rosterSchema.parse(await call(server.url, members, {}, teacher.token));
    return rows.find(({ user_id }) => user_id === student.userId)?.admitted ?? null;
  };
  await post(members, { login: USERNAME });
  const page = await browser.newPage();
  page.setDefaultTimeout(PAGE_MS_MAX);
  await page.goto(`${server.url}/join`);
  await page.getByLabel("Username or email").fill(USERNAME);
  await page.getByLabel("Password").fill(`pw-${USERNAME}-0123456789`);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const asked = page.getByRole("group", { name: "Invitation to Monday" });
  await asked.getByText("teacher asks you to join Monday").waitFor();
  await asked.getByRole("button", { name: "Decline" }).click();
  await asked.waitFor({ state: "detached" });
  assert.equal(await standing(), null);
  await post(members, { login: USERNAME });
  await asked.getByRole("button", { name: "Accept" }).click();
  await asked.waitFor({ state: "detached" });
  assert.ok(await standing());
});
