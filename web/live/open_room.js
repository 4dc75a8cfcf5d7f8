/** A room's channel, folded into a view that components watch. */
import { foldRoom } from "./room_fold.js";
import { Store } from "./store.js";

/** Listens from the start, as `ownId`: the first answer may be there before anything is drawn. */
export function openRoom(client, roomId, ownId) {
  const channel = client.channel(`room/${roomId}`);
  const store = new Store({ view: null, refusal: null });
  channel.on("refused", () => store.set({ refusal: "There is no such room for you." }));
  channel.on("*", (data, { type, event, at_ms }) => {
    const isState = type === "joined" || type === "reset";
    const name = Array.isArray(data) ? "presence" : isState ? "state" : event;
    if (name !== undefined) store.set({ view: foldRoom(store.value.view, name, data, at_ms, ownId) });
  });
  return { channel, store };
}
