/** Runs what a button asks for: once at a time, and what goes wrong is told beside it. */
import { useState } from "preact/hooks";

/** `[run, isBusy, fault]`: `run(action)` resolves to whether it went well. */
export function useAction() {
  const [phase, setPhase] = useState("idle");
  const [fault, setFault] = useState(null);
  async function run(action) {
    setPhase("busy");
    setFault(null);
    try {
      await action();
      return true;
    } catch (error) {
      setFault(error instanceof TypeError ? "The server cannot be reached. Try again." : error.message);
      return false;
    } finally {
      setPhase("idle");
    }
  }
  return [run, phase === "busy", fault];
}
