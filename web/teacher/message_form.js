/** A line from the teacher to one student or to all. */
import { html } from "../live/html.js";

export function MessageForm({ lesson, userId, label }) {
  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    if (await lesson.send("send_message", { user_id: userId, text: new FormData(form).get("text") })) form.reset();
  }
  return html`
    <form class="row" onSubmit=${submit}>
      <label class="field grow"><span>${label}</span>
          <input name="text" required maxlength="500" autocomplete="off" /></label>
      <button class="bottom">Send</button>
    </form>
  `;
}
