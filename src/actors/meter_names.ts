/** Names of what the runtime counts and measures; docs/LIFECYCLE.md says what each means. */
export const METER = {
  /** Counts. */
  turns: "actor_turns",
  rejections: "actor_rejections",
  repeats: "actor_repeats",
  refusals: "actor_refusals",
  restarts: "actor_restarts",
  activations: "actor_activations",
  retirements: "actor_retirements",
  deadLetters: "actor_dead_letters",
  appends: "journal_appends",
  appendFailures: "journal_append_failures",
  fenced: "journal_fenced",
  effects: "effects_started",
  effectFailures: "effects_failed",
  timersFired: "timers_fired",
  messagesDelivered: "messages_delivered",
  watchersLost: "watchers_lost",
  storeRetries: "store_retries",
  /** Observations. */
  appendMs: "journal_append_ms",
  appendTurns: "journal_append_turns",
  recoveryMs: "actor_recovery_ms",
  recoveryEvents: "actor_recovery_events",
  timerLateMs: "timer_late_ms",
} as const;
