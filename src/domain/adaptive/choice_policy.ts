/** What led to a choice: the usual weighing, finding where to start, refreshing what was learnt, or a teacher. */

export type ChoicePolicy = "adaptive" | "diagnostic" | "review" | "teacher";
