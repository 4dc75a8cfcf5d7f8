/** Notices words that hurt people, in what they write to one another; of meaning it knows nothing. */

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
const AGAINST_PEOPLE: readonly RegExp[] = [
  /\bshut (?:up|it|your)\b/,
  /\b(?:kill|hang|hurt) (?:yourself|urself|yourselves)\b/,
  /\bkys\b/,
  /\bgo die\b/,
  /\b(?:hate|despise) (?:you|her|him|them)\b/,
  /\b(?:you|ur|they|she|he)(?: a|')?re? (?:so |really |just |very |all )?(?:stupid|dumb|ugly|fat|pathetic|worthless|disgusting|trash|garbage)\b/,
  /\b(?:he|she) is (?:so |really |just |very )?(?:stupid|dumb|ugly|fat|pathetic|worthless|disgusting|trash|garbage)\b/,
  /\byour? (?:stupid|dumb|ugly|pathetic) (?:face|head|brain|self|mother|mum|mom|family)\b/,
];

/** Digits and signs that stand for letters inside a word. */
const DISGUISES: { readonly [sign: string]: string } = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  "$": "s",
  "!": "i",
};

function plain(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase().replaceAll("’", "'");
}

/** The words of `text` with disguises undone and letters that are drawn out ("fuuuck") said once. */
function soundsOf(text: string): ReadonlySet<string> {
  const sounds = new Set<string>();
  for (const word of text.match(/[\p{L}\p{N}@$!*]+/gu) ?? []) {
    const undone = word.replace(/[!*]+$/, "").replace(/[013457@$!]/g, (sign) => DISGUISES[sign] ?? sign);
    sounds.add(undone);
    sounds.add(undone.replace(/(\p{L})\1+/gu, "$1"));
  }
  return sounds;
}

/** Whether `text` may stand before learners: it insults nobody, as far as a list of words can tell. */
export function isCivil(text: string): boolean {
  const read = plain(text);
  const sounds = soundsOf(read);
  const isHurtful = HURTFUL.some((word) => sounds.has(word) || sounds.has(word.replace(/(\p{L})\1+/gu, "$1")));
  return !isHurtful && !AGAINST_PEOPLE.some((pattern) => pattern.test(read));
}
