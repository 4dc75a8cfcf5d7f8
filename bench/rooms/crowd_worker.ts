/** One thread of the load: a crowd that does what it is told. */
/// <reference lib="deno.worker" />
import { assertNever } from "../../src/domain/assert_never.ts";
import { joinColyseus } from "./colyseus_member.ts";
import { Crowd } from "./crowd.ts";
import type { CrowdOrder, CrowdReport, Dialect } from "./crowd_orders.ts";
import { type Join, joinOurs, joinPlain, joinSocketIo } from "./member.ts";

const JOINS: Readonly<Record<Dialect, Join>> = {
  ours: joinOurs,
  plain: joinPlain,
  socket_io: joinSocketIo,
  colyseus: joinColyseus,
};

/** Obeys the orders of a thread, the first of which gathers the crowd. */
function obey(): void {
  let crowd: Crowd | null = null;
  const report = async (order: CrowdOrder): Promise<CrowdReport> => {
    switch (order.kind) {
      case "gather":
        crowd = await Crowd.gather(JOINS[order.dialect], order.port, order.rooms);
        return null;
      case "say_all":
        return await crowd?.sayAll(order.forMs, order.listeners) ?? null;
      case "loop":
        return await crowd?.loop(order.forMs) ?? null;
      default:
        return assertNever(order);
    }
  };
  self.onmessage = async ({ data }: MessageEvent<CrowdOrder>) => self.postMessage(await report(data));
}

obey();
