/** What learners read before they consent to emotion inference; whoever changes a word raises the version. */

export interface ConsentText {
  readonly version: string;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Consents to any other version do not count. */
export const EMOTION_CONSENT_TEXT: ConsentText = {
  version: "2026-4",
  language: "en",
  title: "May the computer look at your face while you learn?",
  paragraphs: [
    "If you say yes, your camera sends a few pictures a second while you work. From each one a program estimates how " +
    "your face looks: angry, disgusted, afraid, happy, sad, surprised or neutral. It is often wrong, and it never " +
    "knows what you really feel.",
    "The estimates are used for one thing: when the work is going badly and your face has looked tense for a while, " +
    "help is offered sooner than without a camera: a hint, a worked example, easier questions or a break. You choose " +
    "whether to take it. They never count for a grade, and they do not decide which question comes next.",
    "While you work you can see the estimates, and so can the teachers of the classes you are in and the " +
    "administrators of this place, unless your class does not allow this.",
    "No picture is ever kept. Each is looked at in the computer's memory and then gone. The estimates are not kept " +
    "either, nor what was offered because of them, except one summary a minute: the average of the seven estimates " +
    "and of a stress value worked out from them. Nobody but you can open these summaries here; you can delete them " +
    "whenever you like, and after some days they are deleted anyway.",
    "You may say no, and you may change your mind in the middle of a lesson. Then nothing more is looked at from the " +
    "next picture on, and everything that was kept is deleted. The lesson goes on just the same without a camera.",
  ],
};
