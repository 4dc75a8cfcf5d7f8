/** Keeps a sign-in over a reload, in this tab alone: closing it forgets, and a copy of the tab has to sign in itself. */
import { Account } from "../client/account.js";

const KEY = "neurolearn.login";
/** How long a reloaded page waits for the one before it to be gone. */
const LOCK_MS_MAX = 1_500;

/** `held`, or `elsewhere` where another tab has this login: a refresh token that both spent would end it. */
function hold(name) {
  const { promise, resolve } = Promise.withResolvers();
  navigator.locks.request(`${KEY}.${name}`, { signal: AbortSignal.timeout(LOCK_MS_MAX) }, () => {
    resolve("held");
    // Until the page goes.
    return new Promise(() => {});
  }).catch(() => resolve("elsewhere"));
  return promise;
}

/** Keeps `account` from now on. Browsers lock on secure origins alone; elsewhere nothing is kept. */
export function keepLogin(account, name = crypto.randomUUID?.()) {
  if (navigator.locks === undefined) return;
  if (sessionStorage.getItem(KEY) === null) void hold(name);
  account.onTokens((refreshToken) => sessionStorage.setItem(KEY, JSON.stringify({ refreshToken, name })));
}

/** The account that this tab was signed in with, or null. Rejects while the server cannot be asked. */
export async function keptLogin() {
  const kept = JSON.parse(sessionStorage.getItem(KEY));
  if (kept === null || navigator.locks === undefined || await hold(kept.name) === "elsewhere") return null;
  try {
    const account = await Account.resume(kept.refreshToken);
    keepLogin(account, kept.name);
    return account;
  } catch (error) {
    if (error.status !== 401) throw error;
    sessionStorage.removeItem(KEY);
    return null;
  }
}

export async function forgetLogin(account) {
  account.onTokens(() => {});
  sessionStorage.removeItem(KEY);
  await account.signOut();
}
