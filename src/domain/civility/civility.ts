/** Notices words that hurt people, in what they write to one another; of meaning it knows nothing. */
import { lettersForSigns, plainForm } from "../plain_form.ts";

/** Words that are no part of an argument between learners, by their letters alone. */
const HURTFUL: readonly string[] = [
  "arsehole",
  "asshole",
  "bastard",
  "bitch",
  "bullshit",
  "crap",
  "cretin",
  "cunt",
  "dickhead",
  "dumbass",
  "fag",
  "faggot",
  "fuck",
  "fucked",
  "fucker",
  "fucking",
  "idiot",
  "idiotic",
  "idiots",
  "imbecile",
  "loser",
  "losers",
  "moron",
  "morons",
  "motherfucker",
  "nigger",
  "piss",
  "prick",
  "retard",
  "retarded",
  "scum",
  "shit",
  "shitty",
  "slut",
  "twat",
  "wanker",
  "whore",
];

/** Said of somebody rather than of something. */
const AGAINST_PEOPLE = new RegExp(
  [
    String.raw`\bshut (?:up|it|your)\b`,
    String.raw`\b(?:kill|hang|hurt) (?:yourself|urself|yourselves)\b`,
    String.raw`\bkys\b`,
    String.raw`\bgo die\b`,
    String.raw`\b(?:hate|despise) (?:you|her|him|them)\b`,
    String
      .raw`\b(?:you|ur|they|she|he)(?: a|')?re? (?:so |really |just |very |all )?(?:stupid|dumb|ugly|fat|pathetic|worthless|disgusting|trash|garbage)\b`,
    String
      .raw`\b(?:he|she) is (?:so |really |just |very )?(?:stupid|dumb|ugly|fat|pathetic|worthless|disgusting|trash|garbage)\b`,
    String.raw`\byour? (?:stupid|dumb|ugly|pathetic) (?:face|head|brain|self|mother|mum|mom|family)\b`,
  ].join("|"),
);

/** Letters that stand one by one, as in `i d i o t`; two alone may be words. */
const SPACED_LETTERS = /(?<![\p{L}\p{N}'])\p{L}(?:[\s._*-]{1,3}\p{L}(?![\p{L}\p{N}'])){2,}/gu;
/** What stands between the letters of a word to part them: `id-iot`, `i.d.i.o.t`. */
const PARTING = /(?<=\p{L})[._*~|-]+(?=\p{L})/gu;
const SIGNED_WORD = /[\p{L}\p{N}@$!*]+/gu;

function saidOnce(text: string): string {
  return text.replace(/(\p{L})\1+/gu, "$1");
}

/** The ways in which a text may be read: as it stands, with disguises undone, spaced letters joined, parted words whole. */
function readingsOf(text: string): ReadonlySet<string> {
  const plain = plainForm(text).replace(/\s+/g, " ");
  // A dollar sign is markup in a plain form, and may stand for a letter here.
  const signed = text.includes("$") ? plainForm(text.replaceAll("$", "s")).replace(/\s+/g, " ") : plain;
  const undone = signed.replace(SIGNED_WORD, (word) => lettersForSigns(word.replace(/[!*]+$/, "")));
  const joined = undone.replace(SPACED_LETTERS, (letters) => letters.replace(/[^\p{L}]/gu, ""));
  // The first letter may be a word of its own: `a` or `i`.
  const joinedBehind = undone.replace(
    SPACED_LETTERS,
    (letters) => `${letters[0]} ${letters.slice(1).replace(/[^\p{L}]/gu, "")}`,
  );
  const readings = [plain, undone, joined, joinedBehind, undone.replace(PARTING, "")];
  return new Set([...readings, ...readings.map(saidOnce)]);
}

const HURTFUL_SOUNDS: ReadonlySet<string> = new Set([...HURTFUL, ...HURTFUL.map(saidOnce)]);

function isHurtful(reading: string): boolean {
  return (reading.match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => HURTFUL_SOUNDS.has(word)) ||
    AGAINST_PEOPLE.test(reading);
}

/** Whether `text` may stand before learners: it insults nobody, as far as a list of words can tell. */
export function isCivil(text: string): boolean {
  return ![...readingsOf(text)].some(isHurtful);
}
