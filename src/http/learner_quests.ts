/** A learner's quests as they move them by REST, their teams, and the submissions that teachers judge. */
import { z } from "zod";
import { ENGINE } from "../domain/engine.ts";
import type { Json } from "../domain/json.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import type { Principal } from "../domain/principal.ts";
import type { LearnerQuestCommand } from "../domain/quests/messages.ts";
import type { RubricPoints } from "../domain/quests/quest.ts";
import { questsView } from "../domain/quests/quest_view.ts";
import { type Address, parseActorId } from "../domain/address.ts";
import { submission, SUBMISSIONS_OWNER } from "../domain/submission/aggregate.ts";
import type { SubmissionCommand } from "../domain/submission/messages.ts";
import { teamQuestAddress } from "../domain/team_quest/messages.ts";
import { requireDone, requireRead } from "./actor_answers.ts";
import type { ActorDoor } from "./actor_door.ts";
import { submissionSchema, teamSchema } from "./documents/quest_schemas.ts";
import { uuidFromText } from "./identifiers.ts";
import type { LearnerRecords } from "./learner_records.ts";
import type { ListedActor, Listings, Page } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import { freshCommandId, type IdParts, sentBy } from "./rest_command.ts";

type Submission = Extract<LearnerQuestCommand, { type: "submit_quest" }>;

const moveReplySchema = z.looseObject({
  quest_id: z.string().optional(),
  team_id: z.string().nullable().optional(),
  digest: z.string().optional(),
});

export interface LearnerQuestParts extends IdParts {
  readonly actors: ActorDoor;
  readonly listings: Listings;
}

export class LearnerQuests {
  constructor(private readonly parts: LearnerQuestParts, private readonly records: LearnerRecords) {}

  /** What is offered and under way. */
  async read(learnerId: string): Promise<Json> {
    return questsView((await this.records.state(learnerId)).quests);
  }

  /** Moves one's own quests and tells how they then stand; a repeated `key` changes nothing and stands for one move. */
  async move(principal: Principal, command: LearnerQuestCommand, key: string | null): Promise<Json> {
    const commandId = key === null ? freshCommandId(this.parts) : `user:${principal.userId}:${command.type}:${key}`;
    const from = { commandId, origin: { kind: "client", principal } as const };
    const { body } = requireDone(await this.parts.actors.tell(learnerAddress(principal.userId), command, from));
    requireMove(moveReplySchema.parse(body), command);
    return await this.read(principal.userId);
  }

  /** Hands in for a quest. */
  async submit(
    principal: Principal,
    submission: Omit<Submission, "type" | "digest">,
    key: string | null,
  ): Promise<Json> {
    const digest = await uuidFromText(JSON.stringify([submission.answers, submission.text]));
    return await this.move(principal, { type: "submit_quest", ...submission, digest }, key);
  }

  /** Asks to be let into a team. Throws 404 where there is none, so that a name somebody made up leaves no trace. */
  async joinTeam(principal: Principal, teamId: string, key: string | null): Promise<Json> {
    requireRead(await this.parts.actors.read(teamQuestAddress(teamId), ENGINE));
    return await this.move(principal, { type: "join_team", teamId }, key);
  }

  /** For members and staff. Throws 404 for others. */
  async team(principal: Principal, teamId: string) {
    return teamSchema.parse(requireRead(await this.parts.actors.read(teamQuestAddress(teamId), principal)));
  }

  /** Those of the learners whom the caller teaches, for administrators of all, newest first. */
  submissions(
    { userId, role }: Principal,
    status: string,
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>> {
    const { listings } = this.parts;
    return role === "admin"
      ? listings.list(SUBMISSIONS_OWNER, submission.kind, status, cursor, limit)
      : listings.ofTaught(userId, SUBMISSIONS_OWNER, submission.kind, status, cursor, limit);
  }

  /** Throws 404 where nothing was handed in. */
  async submission(principal: Principal, submissionId: string) {
    const state = submissionSchema.safeParse(
      requireRead(await this.parts.actors.read(submissionAddressOf(submissionId), principal)),
    );
    if (!state.success) throw notFound();
    return state.data;
  }

  /** The learner is told with the same append. */
  async evaluate(principal: Principal, submissionId: string, points: RubricPoints, comment: string) {
    await this.submission(principal, submissionId);
    const from = sentBy(principal, this.parts);
    const command = { type: "evaluate", points, comment } as const;
    requireDone(await this.parts.actors.tell(submissionAddressOf(submissionId), command, from));
    return await this.submission(principal, submissionId);
  }
}

/** A key that was used before is answered with the move of then. */
function requireMove(told: z.infer<typeof moveReplySchema>, command: LearnerQuestCommand): void {
  const isSame = (!("questId" in command) || told.quest_id === command.questId) &&
    (!("teamId" in command) || told.team_id === command.teamId) &&
    // What was handed in under an older program has no digest.
    (command.type !== "submit_quest" || told.digest === undefined || told.digest === command.digest);
  if (isSame) return;
  throw problem(
    "idempotency_key_reused",
    "This key has moved another quest or handed in something else; choose a new key.",
  );
}

function submissionAddressOf(submissionId: string): Address<SubmissionCommand> {
  const address = parseActorId(`${submission.kind}/${submissionId}`);
  if (address === null) throw notFound();
  return address;
}
