/** Number words of languages that a learner of English may know, where they are no English words too. */

const WORDS = [
  // German
  "eins zwei drei vier sechs sieben acht neun zehn zwolf [a-zß]*(?:zehn|zwanzig|drei(?:ss|ß)ig|hundert|tausend)[a-zß]*",
  "(?:funf|[a-z]*(?:vier|funf|sech|sieb|acht|neun)zig)[a-z]*",
  // French
  "deux trois quatre cinq huit neuf dix onze douze treize quatorze quinze vingt trente quarante cinquante soixante",
  // Spanish, Portuguese
  "uno tres cuatro cinco seis siete ocho nueve diez doce trece catorce dieci[a-z]+ veinte veinti[a-z]+ treinta cuarenta",
  "cincuenta sesenta setenta ochenta noventa ciento doscientos dois quatro sete oito nove doze treze vinte trinta",
  "quarenta cinquenta sessenta oitenta noventa duzentos",
  // Italian
  "tre quattro cinque sette dieci undici dodici tredici quattordici quindici sedici venti[a-z]* trenta[a-z]* cento",
  "quaranta[a-z]* cinquanta[a-z]* sessanta[a-z]* settanta[a-z]* ottanta[a-z]* novanta[a-z]*",
  // Dutch
  "twee drie vijf zes zeven negen tien twaalf [a-z]*(?:dertig|twintig|veertig|vijftig|zestig|zeventig|tachtig|negentig)",
  // Polish
  "dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec [a-z]+(?:dziesci|dziesci|dziesiat|nascie)",
].flatMap((line) => line.split(" "));
const FOREIGN = new RegExp(String.raw`(?<!\p{L})(?:${WORDS.join("|")})(?!\p{L})`, "gu");

/** @param shown what the learner sees anyway, in its plain form too */
export function namesForeignNumber(plain: string, shown: string): boolean {
  return [...plain.matchAll(FOREIGN)].some(([word]) => !shown.includes(word));
}
