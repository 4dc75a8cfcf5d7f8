/** A lesson's channel, folded into a view that components watch. */
import { Store } from "./store.js";

/**
 * Tells how the connection is. A socket notices a lost network late: the browser, which knows of it at once, is heard
 * too, but only when it says that something has changed.
 */
function watchConnection(client, tell) {
  const ends = new AbortController();
  let status = "connecting";
  client.onStatus((now) => {
    status = now;
    tell(status);
    if (status === "closed") ends.abort();
  });
  addEventListener("offline", () => tell("down"), { signal: ends.signal });
  addEventListener("online", () => tell(status), { signal: ends.signal });
}

/** `fold(view, event, data, atMs)`; returns the channel and a store of `{view, connection, fault}`. */
export function feedLesson(client, lessonId, fold) {
  const store = new Store({ view: null, connection: "connecting", fault: null });
  watchConnection(client, (connection) => store.set({ connection }));
  const channel = client.channel(`classroom/${lessonId}`);
  channel.on("*", (data, { type, event, at_ms }) => {
    const name = type === "joined" || type === "reset" ? "state" : event;
    // A join tells who is present too, which is no state.
    if (name === undefined || Array.isArray(data)) return;
    const view = fold(store.value.view, name, data, at_ms);
    if (view !== store.value.view) store.set({ view });
  });
  channel.on("refused", (_detail, { code }) => store.set({ fault: code }));
  return { channel, store };
}
