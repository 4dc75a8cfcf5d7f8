/** Talk of options by where they stand or how they compare, which tells one of them without its name. */

const ORDINAL =
  "first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th|last|final|top|bottom|middle|next|other|even|odd|upper|lower|remaining";
/** What may be counted in a hint: it is no option. */
const COUNTED =
  "step|steps|side|term|terms|sentence|part|half|line|equation|idea|rule|bracket|brackets|thing|fraction|factor|hint|time|thought|power|condition|question";
const PLACES: readonly RegExp[] = [
  new RegExp(String.raw`\bthe (?:${ORDINAL})\b(?! (?:${COUNTED})\b)`),
  new RegExp(
    String
      .raw`\b(?:${ORDINAL}|one|two|three|four|five) (?:from|up|down|(?:in|on) (?:the )?(?:list|row|left|right|middle|end|top|bottom))\b`,
  ),
  /\b(?:one|option|choice|answer) (?:right |just )?(?:after|before|between|above|below|next to|in the middle|at the|on the|near|ending|starting|with|that|which)\b/,
  /\bthe (?:one|option|choice|answer) (?:right |just |directly )?(?:under|underneath|beneath|over|behind|beside|past|following|preceding|to the)\b/,
  new RegExp(
    String
      .raw`\bit (?:be |is |come |comes |stand |stands |come in |in )?(?:second|third|fourth|fifth|sixth|[2-6](?:nd|rd|th)|last|final|top|bottom|middle)\b(?! (?:${COUNTED})\b)`,
  ),
  /\bonly (?!if\b|when\b|for\b)\S+(?: \S+){0,3} (?:wrong|false|incorrect|untrue|right|true|correct)\b/,
  /\b(?:smallest|largest|biggest|greatest|lowest|highest|shortest|longest|smaller|larger|second) (?:but|one|option|choice|answer|of (?:the|them|all|these))\b/,
  /\b(?:second|third|next|2nd|3rd)[ -](?:smallest|largest|biggest|greatest|lowest|highest|shortest|longest)\b/,
  /\bthe (?:only|[a-h]) (?:one|option|choice|answer)\b/,
  new RegExp(String.raw`(?:^|[:"'(,;-]\s*)#?(?:(?!first)(?:${ORDINAL})|[a-h])(?=\W*(?:$|[.!?])|\s+-)`),
  /\b\d(?:st|nd|rd|th)\b|#\d/,
  /\b(?:position|placed|the list|from the (?:top|bottom|left|right|end|start))\b/,
];
/** A call to take one, where nothing is asked. */
const TAKE_IT =
  /(?:^|[.!?\n]\s*|, )(?:so |then |now |just )?(?:pick|choose|select|tick|mark|click|go (?:for|with))\b[^?]*$/;
const LETTER_NAMES = /\b(?:alpha|alfa|beta|gamma|delta|epsilon|bravo|charlie|aye|bee|cee|dee)\b/g;

/** Two things may be compared, or chosen between; what stands between two options is a third. */
const BETWEEN = /(?<!(?:differences?|differ|choose|choosing|decide|relation|link|signs?) )\bbetween\b/;
const NAMED_MIN = 2;

/** @param named how many options the text names */
export function standsBetween(plain: string, named: number): boolean {
  return named >= NAMED_MIN && BETWEEN.test(plain);
}

/** @param shown what the learner sees anyway, in its plain form too */
export function tellsOptionPlace(plain: string, shown: string): boolean {
  return PLACES.some((pattern) => pattern.test(plain)) ||
    plain.split(/(?<=[.!?\n])/).some((sentence) => TAKE_IT.test(sentence)) ||
    (plain.match(LETTER_NAMES) ?? []).some((name) => !shown.includes(name));
}
