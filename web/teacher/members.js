/** The roster of a class: who asks to join, who is in it, and what is arranged for them. */
import { useEffect } from "preact/hooks";
import { html } from "../live/html.js";
import { useAction } from "../live/use_action.js";

const TIMES = [["1", "usual time"], ["1.25", "× 1.25"], ["1.5", "× 1.5"], ["2", "× 2"], ["", "no limit"]];
const PARTS = { teacher: "teacher", co_teacher: "co-teacher", student: "student" };

function Member({ member, change, remove }) {
  const { user_id, username, part, admitted, invited, time_multiplier, leaderboards_allowed } = member;
  return html`<tr>
    <th scope="row">${username}${
    part !== "student" && html`
      <small>${PARTS[part]}</small>
    `
  }</th>
    ${
    invited
      ? html`<td colspan="2" class="quiet">invited, has not accepted yet</td>`
      : !admitted
      ? html`<td colspan="2"><button class="primary small" onClick=${() =>
        change(user_id, { admitted: true })}>Admit</button></td>`
      : part !== "student"
      ? html`<td colspan="2"></td>`
      : html`
        <td><select aria-label=${`Time for ${username}`} value=${time_multiplier === null
          ? ""
          : String(time_multiplier)}
          onChange=${({ target: { value } }) =>
            change(user_id, { time_multiplier: value === "" ? null : Number(value) })}>
          ${TIMES.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
        </select></td>
        <td><label class="inline"><input type="checkbox" checked=${leaderboards_allowed}
          onChange=${({ target }) =>
            change(user_id, { leaderboards_allowed: target.checked })} /> standings</label></td>
      `
  }
    <td>${
    part !== "teacher" && html`
      <button class="small" aria-label=${`Remove ${username}`} onClick=${() => remove(user_id)}>Remove</button>
    `
  }</td>
  </tr>`;
}

function Add({ add, isBusy }) {
  return html`
    <form class="row" onSubmit=${(event) => {
      event.preventDefault();
      const form = event.target;
      const given = new FormData(form);
      void add({ login: given.get("login"), part: given.get("part") }).then((wasAdded) => wasAdded && form.reset());
    }}>
      <label class="field grow"><span>Invite by username or email</span><input name="login" required maxlength="254"
          autocomplete="off" autocapitalize="none" /></label>
      <label class="field"><span>As</span><select name="part">
          <option value="student">student</option><option value="co_teacher">co-teacher</option></select></label>
      <button class="bottom" disabled=${isBusy}>Invite</button>
    </form>
  `;
}

/** `members` and `setMembers`: the roster as it was read last, which the page keeps. */
export function Members({ account, classId, members, setMembers }) {
  const [run, isBusy, fault] = useAction();
  const path = `/classes/${classId}/members`;
  const read = async () => setMembers(await account.rows(path));
  useEffect(() => void run(read), [classId]);
  const ask = (method, to, body) =>
    run(async () => {
      try {
        await account.send(method, to, body);
      } finally {
        await read();
      }
    });
  // Shown as pressed at once; what the server says stands.
  function change(userId, body) {
    setMembers(members.map((member) => member.user_id === userId ? { ...member, ...body } : member));
    void ask("PATCH", `${path}/${userId}`, body);
  }
  return html`<section class="card stack" aria-labelledby="members-title">
    <header class="row"><h2 id="members-title" class="grow">Roster <span class="pill">${members.length}</span></h2>
      <button class="small" disabled=${isBusy} onClick=${() => run(read)}>Look again</button></header>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    <div class="scroll" tabindex="0" role="region" aria-labelledby="members-title"><table class="roster members">
      <tbody>${
    members.map((member) =>
      html`
        <${Member} key=${member.user_id} member=${member}
          change=${change} remove=${(userId) => ask("DELETE", `${path}/${userId}`)} />
      `
    )
  }
      </tbody></table></div>
    <${Add} add=${(body) => ask("POST", path, body)} isBusy=${isBusy} />
  </section>`;
}
