/** What stands before every page: goes on with the sign-in of before the reload, or asks for one. */
import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";
import { keptLogin } from "./kept_login.js";

const TRY_AGAIN_MS = 3_000;

/** Draws `gate(onAccount)` for who is not signed in, else `page(account)`. */
export function SignedIn({ gate, page }) {
  const [account, setAccount] = useState(undefined);
  const [server, setServer] = useState("asked");
  useEffect(() => {
    let timer = null;
    async function look() {
      try {
        setAccount(await keptLogin());
      } catch {
        setServer("away");
        timer = setTimeout(look, TRY_AGAIN_MS);
      }
    }
    void look();
    return () => clearTimeout(timer);
  }, []);
  if (account === undefined) {
    return html`
      <main class="narrow" aria-busy="true">
        <p class="quiet" role="status">${server === "away"
          ? "The server cannot be reached. Trying again…"
          : "One moment…"}</p>
      </main>
    `;
  }
  return account === null ? gate(setAccount) : page(account);
}
