/** The actors as rosters let people reach them; what tells of nobody whom a teacher teaches is not there for them (A7). */
import type { ReadOutcome, Reply, ResumePoint, Watcher, WatchOutcome } from "../actors/envelope.ts";
import type { ActorId, Address } from "../domain/address.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { Origin } from "../domain/decision.ts";
import type { Principal } from "../domain/principal.ts";
import type { ActorDoor } from "./actor_door.ts";
import { TaughtSubjects } from "./taught_subjects.ts";
import type { Teaching } from "./teaching.ts";

type Verdict = "let_in" | Extract<ReadOutcome, { kind: "forbidden" | "refused" }>;

interface Watch {
  readonly actor: ActorId;
  readonly principal: Principal;
  readonly watcher: Watcher;
}

const FORBIDDEN = { kind: "forbidden" } as const;
const NOT_THEIRS: Reply = {
  kind: "rejected",
  code: "forbidden",
  message: "This is of nobody whom you teach.",
  detail: null,
};

export class TaughtDoor implements ActorDoor {
  readonly #inner: ActorDoor;
  readonly #teaching: Teaching;
  readonly #subjects: TaughtSubjects;
  /** Watches that rest on rosters, those being opened included. */
  readonly #watches = new Map<Watcher, Watch>();

  constructor(inner: ActorDoor, teaching: Teaching) {
    this.#inner = inner;
    this.#teaching = teaching;
    this.#subjects = new TaughtSubjects(inner);
  }

  async tell<C>(
    to: Address<C>,
    command: C,
    from: { readonly commandId: string; readonly origin: Origin },
  ): Promise<Reply> {
    const { origin } = from;
    if (origin.kind !== "client" || !this.#subjects.concerns(to, origin.principal)) {
      return await this.#inner.tell(to, command, from);
    }
    const verdict = await this.#verdict(to, origin.principal, "let_in");
    if (verdict === "let_in") return await this.#inner.tell(to, command, from);
    return verdict.kind === "forbidden" ? NOT_THEIRS : verdict;
  }

  async read(actor: ActorId, principal: Principal): Promise<ReadOutcome> {
    const verdict = this.#subjects.concerns(actor, principal)
      ? await this.#verdict(actor, principal, "let_in")
      : "let_in";
    return verdict === "let_in" ? await this.#inner.read(actor, principal) : verdict;
  }

  async watch(
    actor: ActorId,
    principal: Principal,
    resume: ResumePoint | null,
    watcher: Watcher,
  ): Promise<WatchOutcome> {
    if (!this.#subjects.concerns(actor, principal)) return await this.#inner.watch(actor, principal, resume, watcher);
    const watch: Watch = { actor, principal, watcher };
    this.#watches.set(watcher, watch);
    const verdict = await this.#verdict(actor, principal, FORBIDDEN);
    const outcome = verdict === "let_in" ? await this.#inner.watch(actor, principal, resume, watcher) : verdict;
    // It was ended on the way, by the watcher or by a change of roster.
    if (this.#watches.get(watcher) !== watch) {
      this.#inner.unwatch(actor, watcher);
      return FORBIDDEN;
    }
    if (outcome.kind === "forbidden" || outcome.kind === "refused") this.#watches.delete(watcher);
    return outcome;
  }

  unwatch(actor: ActorId, watcher: Watcher): void {
    this.#watches.delete(watcher);
    this.#inner.unwatch(actor, watcher);
  }

  /**
   * These people came into a class, left it, or have another part in it (null: nobody knows who): watches that rest on
   * it no more end.
   */
  async rosterChanged(userIds: readonly string[] | null): Promise<void> {
    this.#teaching.changed();
    const changed = userIds === null ? null : new Set(userIds);
    const checks = [...this.#watches.values()].map(async (watch) => {
      try {
        await this.#recheck(watch, changed);
      } catch (error) {
        // Nobody can say now whether it may go on; who joins again is asked anew.
        this.#end(watch);
        throw error;
      }
    });
    await Promise.all(checks);
  }

  async #recheck(watch: Watch, changed: ReadonlySet<string> | null): Promise<void> {
    const { actor, principal, watcher } = watch;
    if (changed !== null && !changed.has(principal.userId)) {
      const subject = await this.#subjects.of(actor);
      if (subject.kind !== "learners" || !subject.ids.some((id) => changed.has(id))) return;
    }
    const verdict = await this.#verdict(actor, principal, FORBIDDEN);
    if (verdict === "let_in" || this.#watches.get(watcher) !== watch) return;
    this.#end(watch);
  }

  #end({ actor, watcher }: Watch): void {
    this.unwatch(actor, watcher);
    watcher.lost("roster_changed");
  }

  /** `unborn` is the verdict where there is no such actor: its own rules say what to make of that, but not later on. */
  async #verdict(actor: ActorId, { userId }: Principal, unborn: Verdict): Promise<Verdict> {
    const subject = await this.#subjects.of(actor);
    switch (subject.kind) {
      case "refused":
        return subject;
      case "nobody":
        return unborn;
      case "class":
        return await this.#teaching.isIn(userId, subject.id) ? "let_in" : FORBIDDEN;
      case "room": {
        if (subject.ids.includes(userId)) return "let_in";
        return await this.#teaching.teachesIn(userId, subject.classId) ? "let_in" : FORBIDDEN;
      }
      case "learners": {
        if (subject.ids.includes(userId)) return "let_in";
        const taught = await Promise.all(subject.ids.map((id) => this.#teaching.teaches(userId, id)));
        return taught.some((isTaught) => isTaught) ? "let_in" : FORBIDDEN;
      }
      default:
        return assertNever(subject);
    }
  }
}
