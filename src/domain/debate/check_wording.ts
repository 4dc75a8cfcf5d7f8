/** Whether a language model's words may stand in for an authored argument: they say no more than it does, and not the contrary. */
import { isCivil } from "../civility/civility.ts";
import { hasStrangeSigns } from "../tutor/hint_signs.ts";
import { digitsForWords } from "../tutor/number_words.ts";
import { STATEMENT_LENGTH_MAX } from "./limits.ts";
import { deniesTheSame } from "./negations.ts";
import { sharedStems, stemsOf } from "./words.ts";

const SHARED_STEMS_MIN = 3;
/** Of a text's stems, and of one sentence's, this share at most may be in nothing that it rests on. */
const NEW_STEMS_SHARE_MAX = 0.45;
const NEW_STEMS_SENTENCE_SHARE_MAX = 0.6;

const LINK = /https?:|www\.|@\w|\b\w{2,}\.[a-z]{2,4}\b/i;
/** Who speaks of themselves claims to be somebody, and who speaks to somebody may tell them what to do. */
const FIRST_PERSON = /\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself|we|we're|we've|us|our|ours|ourselves)\b/g;
const SECOND_PERSON =
  /\b(?:you|your|yours|yourself|yourselves)\b(?! (?:say|said|name|named|claim|claimed|argue|argued|mention|mentioned|point|call|called|argument|example)\b)/g;
const PERSONA =
  /\bas (?:a|an|your|the) (?:\w+ )?(?:human|person|student|pupil|teacher|learner|child|teenager|parent|mother|father|doctor|scientist|expert|friend|fellow|classmate|kid)\b/;
const CALL =
  /^(?:please |now |so |just )*(?:ignore|forget|listen|drink|eat|stop|start|go|vote|send|write|call|click|visit|follow|join|buy|give|do|don't|tell|ask|look|come|trust|believe|obey|remember|note|say|repeat|never|always|hit|leave|skip|shut|admit|imagine|consider|check|search|read|watch)\b/;
/** Words that turn round or cast doubt on what they stand beside. */
const REVERSALS =
  /\b(?:false|untrue|wrong|incorrect|mistaken?|myths?|lies?|nonsense|opposite|contrary|reverse|doubt\w*|den(?:y|ies|ied)|disagree\w*|unlikely|far from|anything but|instead|pretend\w*|supposed\w*|allegedly|claim(?:s|ed)? to|fails? to|refus\w*|ridiculous|absurd|used to|only if|unless|except|even if|if only|wrongly|mistakenly|falsely|so-called|but|however|although|though|despite|joke\w*|kidding)\b/g;
/** What holds an argument at arm's length: it is then somebody's opinion. */
const ATTRIBUTIONS =
  /\b(?:thinks?|thought|believ\w*|assum\w*|hop(?:e|es|ed)|feels?|wish\w*|imagin\w*|guess\w*|suppos\w*|opinions?|maybe|perhaps|possibly|might)\b|(?<!you )\b(?:say|says|said|claim\w*|argu(?:e|es|ed))\b/g;
/** What lends weight to a claim. */
const AUTHORITIES =
  /\b(?:per ?cent|percentage|majority|most|all|every|everyone|everybody|always|prov(?:e|es|ed|en)|stud(?:y|ies)|research\w*|scientists?|experts?|doctors?|statistics|surveys?|universit(?:y|ies)|professors?|according|evidence|data|reports?|hundreds|thousands|millions|billions|dozens)\b/g;
/** Who is meant: an argument about students is no argument about girls, or about teachers. */
const GROUPS =
  /\b(?:girls?|boys?|m[ae]n|wom[ae]n|males?|females?|teachers?|headteachers?|mothers?|fathers?|migrants?|immigrants?|refugees?|foreigners?|foreign|blacks?|whites?|asians?|africans?|europeans?|americans?|arabs?|turks?|turkish|jews?|jewish|muslims?|christians?|hindus?|catholics?|gays?|gay|lesbians?|trans|straight|disabled|autistic|blind|deaf|poor|poorer|rich|richer|working-class|old|elderly|politicians?)\b/g;
/** What nobody is called in an argument that does not say so itself. */
const SLIGHTS =
  /\b(?:stupid|dumb|lazy|silly|foolish|fools?|ignorant|naive|ugly|fat|skinny|dirty|smelly|spoiled|spoilt|crazy|mad|insane|mental|weird|boring|annoying|selfish|greedy|cowards?|cowardly|liars?|losers?|babies|brats?|addicts?|addicted|criminals?|inferior|worthless|pathetic|hate[sd]?|hating)\b/g;
const POLES: readonly RegExp[] = [
  /\b(?:more|greater|higher|increas\w*|rise|rises|rose|risen|grow\w*|grew|better|best|improv\w*|help\w*|easier|easy|safer?|safely|gain\w*|benefits?|useful|good|strong\w*|fairer|succeed\w*|calm\w*|healthy|healthier)\b/g,
  /\b(?:less|fewer|lower|decreas\w*|fall|falls|fell|fallen|drop\w*|worse|worst|worsen\w*|harm\w*|harder|danger\w*|unsafe|lose|loses|lost|damag\w*|useless|bad|badly|weak\w*|unfair|fail\w*|ruin\w*|destroy\w*|unhealthy|sick)\b/g,
];
const NAME = /(?<=[\p{L}\d,;:'’"”)] )\p{Lu}[\p{L}'’-]+/gu;
const SENTENCES = /(?<=[.!?…])\s+|\n+/;

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
}

function figuresOf(text: string): readonly string[] {
  return digitsForWords(plain(text)).match(/\p{N}+(?:[.,]\p{N}+)*/gu) ?? [];
}

/** Whether `text` holds matches of `pattern` that are in none of `sources`. */
function isNewIn(text: string, pattern: RegExp, sources: string): boolean {
  const known = new Set(sources.match(pattern) ?? []);
  return (text.match(pattern) ?? []).some((match) => !known.has(match));
}

function newShare(text: string, known: ReadonlySet<string>): number {
  const stems = stemsOf(text);
  return stems.length === 0 ? 1 : stems.filter((stem) => !known.has(stem)).length / stems.length;
}

/** It says what the authored text does, in mostly the same words, denies what it denies, and asks nothing where it does not. */
function keepsTo(text: string, authored: string, sources: string): boolean {
  const [said, meant] = [plain(text), plain(authored)];
  const known = new Set(stemsOf(sources));
  const isSameWay = POLES.every((pole) => !isNewIn(said, pole, plain(sources)) || meant.match(pole) !== null);
  return isSameWay && deniesTheSame(said, meant) && (!said.includes("?") || meant.includes("?")) &&
    !isNewIn(said, REVERSALS, meant) && !isNewIn(said, ATTRIBUTIONS, meant) &&
    sharedStems(text, authored) >= SHARED_STEMS_MIN &&
    newShare(text, known) <= NEW_STEMS_SHARE_MAX &&
    text.split(SENTENCES).every((sentence) => newShare(sentence, known) <= NEW_STEMS_SENTENCE_SHARE_MAX);
}

/** It brings in no group of people, name, figure, authority, link or call that is in none of the sources. */
function addsNothing(text: string, authored: string, sources: string): boolean {
  const [said, known] = [plain(text), plain(sources)];
  const figures = new Set(["1", ...figuresOf(sources)]);
  const names = new Set(sources.match(/\p{L}[\p{L}'’-]*/gu) ?? []);
  return figuresOf(text).every((figure) => figures.has(figure)) &&
    (text.match(NAME) ?? []).every((name) => names.has(name)) &&
    !isNewIn(said, GROUPS, known) && !isNewIn(said, SLIGHTS, plain(authored)) &&
    !isNewIn(said, AUTHORITIES, known) && !isNewIn(said, FIRST_PERSON, plain(authored)) &&
    !isNewIn(said, SECOND_PERSON, plain(authored)) && !PERSONA.test(said) &&
    (LINK.exec(text) === null || LINK.test(authored)) &&
    said.split(SENTENCES).every((sentence) => !CALL.test(sentence.replace(/^["'“(]+/, "")));
}

/**
 * It knows words, not meanings: what it lets through may still be a poor rendering.
 * @param answers what the other side said, null when nothing is answered; words and figures may come from there too
 */
export function isFitWording(worded: string, authored: string, answers: string | null): boolean {
  const text = worded.trim();
  const sources = `${authored}\n${answers ?? ""}`;
  return text.length > 0 && text.length <= STATEMENT_LENGTH_MAX && isCivil(text) && !hasStrangeSigns(text, authored) &&
    keepsTo(text, authored, sources) && addsNothing(text, authored, sources);
}
