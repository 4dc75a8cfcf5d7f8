/** The form by which people sign in, and students make an account. */
import { useState } from "preact/hooks";
import { Account } from "../client/account.js";
import { html } from "./html.js";
import { keepLogin } from "./kept_login.js";
import { useAction } from "./use_action.js";

const PASSWORD_LENGTH_MIN = 8;

function Field({ label, note = null, ...input }) {
  return html`<label class="field">
    <span>${label}</span>
    <input required ...${input} />
    ${note && html`<small>${note}</small>`}
  </label>`;
}

/** `mayRegister`: also offers to make an account. `onAccount` gets who has signed in. */
export function SignIn({ mayRegister, onAccount, children }) {
  const [whose, setWhose] = useState("known");
  const isNew = whose === "new";
  const [run, isBusy, fault] = useAction();
  function submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    const [name, password] = [given.get("username").trim(), given.get("password")];
    void run(async () => {
      const account = isNew
        ? await Account.register(name, given.get("email").trim(), password)
        : await Account.signIn(name, password);
      keepLogin(account);
      await onAccount(account, given);
    });
  }
  return html`<form class="stack" onSubmit=${submit}>
    ${children}
    <${Field} label=${isNew ? "Choose a username" : "Username or email"} name="username" autocomplete="username"
      autocapitalize="none" spellcheck=${false}
      note=${isNew ? "Your teacher and your class see it. Letters, digits, dots, hyphens." : null} />
    ${isNew && html`<${Field} label="Email" name="email" type="email" autocomplete="email" />`}
    <${Field} label="Password" name="password" type="password" minlength=${isNew ? PASSWORD_LENGTH_MIN : null}
      autocomplete=${isNew ? "new-password" : "current-password"}
      note=${isNew ? `At least ${PASSWORD_LENGTH_MIN} characters.` : null} />
    <button class="primary" disabled=${isBusy}>${isNew ? "Make my account" : "Sign in"}</button>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    ${
    mayRegister && html`<p class="quiet">
      ${isNew ? "You have an account?" : "You are new here?"}${" "}
      <button type="button" class="link" onClick=${() => setWhose(isNew ? "known" : "new")}>
        ${isNew ? "Sign in" : "Make an account"}
      </button>
    </p>`
  }
  </form>`;
}
