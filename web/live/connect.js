/** The page's one connection to the server it came from. */
import { NeuroLearn } from "../client/neurolearn.js";

export function connect(token) {
  const address = new URL("/api/v1/socket", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return new NeuroLearn(address.href, token);
}
