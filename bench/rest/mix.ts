/** What learners ask of REST, in the shares that a day of a school brings: mostly reads, some writes. */
import { z } from "zod";
import { ask, type Visitor } from "./visitors.ts";

/** One visit to a route; resolves to the status of the answer once it has been read whole. */
type Visit = (base: string, visitor: Visitor, chance: () => number) => Promise<number>;

export interface Route {
  readonly name: string;
  /** How often it is asked beside the others. */
  readonly weight: number;
  readonly visit: Visit;
}

const questsSchema = z.object({ offers: z.array(z.looseObject({ quest_id: z.string() })) });

function reading(path: string): Visit {
  return async (base, visitor) => await readStatus(await ask(base, visitor, path));
}

async function readStatus(response: Response): Promise<number> {
  await response.arrayBuffer();
  return response.status;
}

/** The entity tag that each visitor's browser holds. */
export class KnownTags {
  readonly #tags = new Map<string, string>();

  of({ userId }: Visitor): string {
    return this.#tags.get(userId) ?? "";
  }

  note({ userId }: Visitor, response: Response): void {
    const tag = response.headers.get("etag");
    if (tag !== null) this.#tags.set(userId, tag);
  }
}

function profileVisits(tags: KnownTags): readonly Route[] {
  return [
    {
      name: "GET /profile",
      weight: 16,
      visit: async (base, visitor) => {
        const response = await ask(base, visitor, "/profile");
        tags.note(visitor, response);
        return await readStatus(response);
      },
    },
    {
      name: "GET /profile, If-None-Match",
      weight: 10,
      visit: async (base, visitor) => {
        const headers = { "if-none-match": tags.of(visitor) };
        const response = await ask(base, visitor, "/profile", { headers });
        tags.note(visitor, response);
        return await readStatus(response);
      },
    },
    {
      name: "PATCH /profile, If-Match",
      weight: 4,
      visit: async (base, visitor, chance) => {
        const pace_preference = chance() < 0.5 ? "steady" : "brisk";
        const headers = { "if-match": tags.of(visitor) };
        const body = JSON.stringify({ pace_preference });
        const response = await ask(base, visitor, "/profile", { method: "PATCH", headers, body });
        tags.note(visitor, response);
        return await readStatus(response);
      },
    },
  ];
}

/** Takes up one of the quests that are offered, or seeks more. */
const takeUpQuest: Visit = async (base, visitor, chance) => {
  const response = await ask(base, visitor, "/quests?status=offered");
  if (!response.ok) return await readStatus(response);
  const { offers } = questsSchema.parse(await response.json());
  const chosen = offers[Math.floor(chance() * offers.length)];
  const path = chosen === undefined
    ? "/quests/seek"
    : `/quests/${chosen.quest_id}/${chance() < 0.3 ? "accept" : "decline"}`;
  return await readStatus(await ask(base, visitor, path, { method: "POST" }));
};

const GOALS = ["/goals/elementary-algebra/systems", "/goals/elementary-algebra/factoring"] as const;

function writes(): readonly Route[] {
  return [
    { name: "quest: read, then accept or decline", weight: 2, visit: takeUpQuest },
    {
      name: "PUT, DELETE a goal",
      weight: 2,
      visit: async (base, visitor, chance) => {
        const method = chance() < 0.5 ? "PUT" : "DELETE";
        const goal = GOALS[chance() < 0.5 ? 0 : 1];
        return await readStatus(await ask(base, visitor, goal, { method }));
      },
    },
  ];
}

const READS: readonly (readonly [path: string, weight: number])[] = [
  ["/quests", 14],
  ["/points", 10],
  ["/activity-feed", 8],
  ["/learning-dna", 7],
  ["/reviews", 7],
  ["/badges", 5],
  ["/sessions", 5],
  ["/points/ledger", 3],
  ["/achievements", 3],
  ["/goals", 3],
  ["/leaderboards", 3],
  ["/learning-dna/radar.svg", 1],
];

export function routeMix(tags: KnownTags): readonly Route[] {
  const reads = READS.map(([path, weight]) => ({ name: `GET ${path}`, weight, visit: reading(path) }));
  return [...profileVisits(tags), ...reads, ...writes()];
}
