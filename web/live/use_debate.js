/** The debate of a class that is on, and its channel folded into a view. */
import { useEffect, useState } from "preact/hooks";
import { foldDebate } from "./debate_fold.js";
import { Store, useStore } from "./store.js";
import { useAction } from "./use_action.js";

const LOOK_EVERY_MS = 10_000;

/** Id of the class's latest debate that is not over, looked for every few seconds; else that of the one it was. */
export function useDebateOfClass(account, classId) {
  const [debateId, setDebateId] = useState(null);
  const [run] = useAction();
  async function look() {
    const { rows } = await account.get(`/debates?class_id=${classId}&limit=20`);
    const open = rows.find(({ status, practice }) => status !== "ended" && !practice);
    if (open !== undefined) setDebateId(open.debate_id);
  }
  useEffect(() => {
    // A look that fails is followed by another one.
    const lookAgain = () => document.hidden || void run(look);
    lookAgain();
    const timer = setInterval(lookAgain, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [classId]);
  return { debateId, look, putAway: () => setDebateId(null) };
}

/** Listens from the start: the first answer may be there before anything is drawn. */
function openDebate(client, debateId) {
  const channel = client.channel(`debate/${debateId}`);
  const store = new Store({ view: null });
  channel.on("*", (data, { type, event }) => {
    const name = type === "joined" || type === "reset" ? "state" : event;
    if (name !== undefined && !Array.isArray(data)) store.set({ view: foldDebate(store.value.view, name, data) });
  });
  return { channel, store };
}

export function useDebate(client, debateId) {
  const [{ channel, store }] = useState(() => openDebate(client, debateId));
  useEffect(() => () => channel.leave(), [channel]);
  return [useStore(store).view, channel];
}
