/** Whether a reply to a guess judges it, which only a question or a call to look closer surely does not. */

const PRAISE =
  "yes|yep|yeah|yup|exactly|precisely|absolutely|definitely|indeed|bingo|spot on|well done|congratulations|bravo|nailed|hooray|clever|brilliant|amazing|awesome|perfect|celebrat\\w*|great";
const BLAME =
  "nope|nah|wrong|incorrect|mistaken?|mistakes?|error|not (?:quite|right|correct|it|yet|there)|almost|nearly|warmer|colder|higher|lower|too (?:high|low|big|small|large|little|much|many|few)|a bit (?:more|less)";
const SAID_SO = String
  .raw`that(?:'s| is) (?:it|right|true|correct|the one)|(?:got|have) it|you(?:'re| are) (?:right|done|there|correct)|good guess|isn't (?:it|that)|is it not|are you sure|any doubt|anything else|stop there|(?:type|enter|hand) it|submit`;
/** Asked as if it were settled: what is right works, what is wrong was a slip or should be larger. */
const TAKEN_FOR_GRANTED = String
  .raw`why (?:does|did|do) (?:that|this|it|your \w+) (?:work|hold|fit)|why (?:it|that|this) (?:works|holds|fits|is so)|so (?:well|quickly|fast|neatly|nicely)|slip(?:ped|s)?|stumbled?|astray|miscount\w*|overlooked|(?:it|that|your (?:number|answer|result|guess)) (?:not |rather )?(?:be |have to be |need to be )?(?:a (?:bit|little) )?(?:larger|bigger|greater|smaller|less|more)\b(?! or\b| than \D)|(?:one|1) (?:more|less|fewer|higher|lower|too)\b(?! (?:time|step|thing|look|question|hint|than)\b)`;
/** Verdicts that no question holds by chance. */
const VERDICT = new RegExp(String.raw`\b(?:${PRAISE}|${BLAME}|${SAID_SO}|${TAKEN_FOR_GRANTED})\b`);
/** Words that are verdicts where nothing is asked. */
const VERDICT_SAID =
  /\b(?:sure|ok|okay|true|false|correct|certainly|totally|perfect|great|excellent|brilliant|awesome|super|nice|good|right|no|off|close|closer|submit|enter|agree|disagree|works|fits|go (?:for|with))\b/;
const QUESTION =
  /^(?:(?:and|so|but|now|then|next|before that|first|let's see|let us see|thanks?(?: you)?|i see|hm+)[,:]? )*(?:what|how|which|where|when|who|why|whose|can|could|do|does|did|is|are|was|were|would|will|should|if|have|has|in|on|at|by|for|to|from|with|after|before|under|once|suppose|imagine|given|looking|that you)\b.*\?$/;
const CALL =
  /^(?:(?:and|so|now|then|first|please|next)[,:]? )*(?:let's|let us|look|try|put|check|test|explain|tell|show|think|write|draw|describe|say|compare|go through|read|start|begin|work|use|walk|take|find|name|count|picture|imagine|remember|recall|say)\b/;
/** Says back what was done, and no more. */
const SAID_BACK =
  /^(?:so )?you(?: have|'ve)? (?:add|subtract|multipli|divid|look|start|work|us|tri|chose|wrote|thought|took|put|count)\w*\b/;
/** What a call may not turn into: it would say that the guess needs it. */
const ANEW = /\b(?:again|once more|another|anew|redo|retry|instead)\b/;
const SENTENCES = /(?<=[.!?…])["'”)]*\s+|\n+/;
const WORDS_MIN = 3;

function sentencesOf(plain: string): readonly string[] {
  return plain.split(SENTENCES).map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

function isQuestion(sentence: string): boolean {
  return QUESTION.test(sentence.replace(/["'”)*_]+$/, "")) && sentence.split(/\s+/).length >= WORDS_MIN;
}

/** Whether a text asks its reader something, in a sentence of its own. */
export function asksSomething(plain: string): boolean {
  return plain.split(SENTENCES).some((sentence) =>
    /\?["'”)*_]*$/.test(sentence.trim()) && sentence.trim().split(/\s+/).length >= WORDS_MIN
  );
}

/**
 * Whether a reply to a guess judges it. Strictly read, it may ask and call to look closer and do nothing else; on the
 * last rung, where a step is worked out, it may say more, but not begin with a word or two.
 */
export function judgesGuess(plain: string, reading: "strict" | "free"): boolean {
  if (VERDICT.test(plain)) return true;
  const isOpen = (sentence: string) =>
    isQuestion(sentence) || ((CALL.test(sentence) || SAID_BACK.test(sentence)) && !ANEW.test(sentence));
  const said = sentencesOf(plain).filter((sentence) => !isOpen(sentence));
  if (reading === "strict") return said.length > 0;
  return said.some((sentence) => VERDICT_SAID.test(sentence) || sentence.split(/\s+/).length <= WORDS_MIN);
}
