/** Parts that members play, and how they move on. */
import { membersIn, type OpenedRoom } from "./state.ts";

/** Who explains, who checks what is said, who writes it down, who minds the time. */
export const ROOM_ROLES = ["explainer", "checker", "scribe", "timekeeper"] as const;
export type RoomRole = typeof ROOM_ROLES[number];

/** Each member's part; with every rotation the parts move on by one member. Empty in a room without roles. */
export function rolesOf(room: OpenedRoom): readonly { readonly userId: string; readonly role: RoomRole }[] {
  if (room.plan.roles === "none") return [];
  const members = membersIn(room);
  const parts = ROOM_ROLES.slice(0, Math.max(1, members.length));
  return members.flatMap(({ userId }, i) => {
    const place = (i - room.rotation) % parts.length;
    const role = parts[(place + parts.length) % parts.length];
    return role === undefined ? [] : [{ userId, role }];
  });
}
