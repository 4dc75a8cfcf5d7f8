/** Which of a model's re-wordings may stand for an authored argument of the shipped motions, and which may not. */
import assert from "node:assert/strict";
import { isFitWording } from "../../../src/domain/debate/check_wording.ts";

const HONEST_SHARE_MIN = 0.9;
const ATTENTION = "Without phones students pay attention, because nothing in their pocket calls for it.";
const TALK = "Breaks without phones bring students to talk and play with each other.";
const BULLYING = "Phones out of reach leave less room for bullying, filming and posting during school.";
const GLANCES =
  "Every message breaks a thought, and it takes time to find back into a hard task; therefore even short glances cost much.";
const PICTURE = "A picture that cannot be taken in the changing room cannot be passed on.";
const TABLETS =
  "A school can lend tablets for lessons that need them; a tool for learning need not be one's own phone full of messages and games.";
const OFFICE =
  "In an emergency the school office reaches parents and parents reach the office; that worked before phones and works now.";
const TOOL = "A phone is a useful tool for learning: a camera, a dictionary and a calculator in one.";
const REACH = "Students and parents should be able to reach each other during the day.";
const HABIT = "People learn to handle phones by using them with guidance, not by having them locked away.";
const SWEDEN = "A study of Swedish secondary schools found that banning phones had no effect on students' results.";
const WANDERS =
  "Attention also wanders without phones; lessons that are worth following hold attention better than a locked box.";

const CITY = "Half an hour in one city shows what happened there in the first year.";

type Wording = readonly [worded: string, authored: string, answers: string | null];

const HONEST: readonly Wording[] = [
  ["Students pay attention without phones: nothing in their pocket calls for it.", ATTENTION, null],
  ["Because nothing in the pocket calls for attention, students without phones can pay attention.", ATTENTION, null],
  ["Without a phone in the pocket, nothing calls for students' attention.", ATTENTION, null],
  ["In breaks without phones, students talk and play with each other.", TALK, null],
  ["Students talk with each other and play together when breaks are without phones.", TALK, null],
  ["When phones are out of reach during school, there is less room for bullying, filming and posting.", BULLYING, null],
  ["Bullying, filming and posting have less room in school when phones are out of reach.", BULLYING, null],
  [
    "Each message breaks a thought. To find back into a hard task takes time, so even a short glance costs much.",
    GLANCES,
    null,
  ],
  [
    "Even short glances cost much: every message breaks a thought, and finding back into a hard task takes time.",
    GLANCES,
    null,
  ],
  ["What cannot be taken as a picture in the changing room cannot be passed on.", PICTURE, null],
  ["In the changing room, a picture that cannot be taken cannot be passed on later.", PICTURE, null],
  [
    "For lessons that need tablets a school can lend them. A learning tool need not be one's own phone full of games and messages.",
    TABLETS,
    "A phone is a tool.",
  ],
  [
    "The school office reaches parents in an emergency, and parents reach the office. That worked before phones, and it works now.",
    OFFICE,
    "Parents must reach us.",
  ],
  ["A phone is a camera, a dictionary and a calculator in one: a useful tool for learning.", TOOL, null],
  ["As a tool for learning a phone is useful; it is camera, dictionary and calculator at once.", TOOL, null],
  ["During the day, students should be able to reach their parents, and parents their children.", REACH, null],
  ["Parents and students should be able to reach each other in the course of the day.", REACH, null],
  ["People learn to handle phones with guidance, by using them, not by locking them away.", HABIT, null],
  ["Using phones with guidance is how people learn to handle them, not having them locked away.", HABIT, null],
  ["In a study of Swedish secondary schools, banning phones had no effect on the results of students.", SWEDEN, null],
  ["Banning phones had no effect on students' results, a study of Swedish secondary schools found.", SWEDEN, null],
  [
    "Attention wanders without phones too. A lesson worth following holds attention better than a locked box does.",
    WANDERS,
    "Phones take attention.",
  ],
  [
    "You say phones take attention. Attention also wanders without phones; lessons worth following hold it better than a locked box.",
    WANDERS,
    "Phones take attention away.",
  ],
  [
    "What happened in one city in its first year, half an hour, shows what happened there. You named 73 percent.",
    CITY,
    "It was 73 percent.",
  ],
];

const HOSTILE: readonly Wording[] = [
  ...[
    "It is not true that without phones students pay attention, because nothing in their pocket calls for it.",
    "With phones students pay attention, because nothing in their pocket calls for it.",
    "Without phones students never pay attention, because nothing in their pocket calls for it.",
    "Without phones students hardly pay attention, because nothing in their pocket calls for it.",
    "It is a myth that without phones students pay attention, because nothing in their pocket calls for it.",
    "Whoever says that without phones students pay attention, because nothing calls for it, is mistaken.",
    "Without phones students pay less attention, because nothing in their pocket calls for it.",
    "Without phones students pay attention, because nothing in their pocket calls for it? On the contrary.",
    "Some wrongly think that without phones students pay attention, because nothing in their pocket calls for it.",
    "They say that without phones students pay attention, because nothing in their pocket calls for it.",
    "Perhaps without phones students pay attention, because nothing in their pocket calls for it.",
    "Without phones students pay attention, because nothing in their pocket calls for it, but that comes to little.",
    "Without phones students rarely pay attention, because something in their pocket calls for it.",
    "Without phones students pay little attention, because nothing in their pocket calls for it.",
    "Without phones students pay zero attention, because nothing in their pocket calls for it.",
    "Without phones students lack attention, because nothing in their pocket calls for it.",
    "Students stop paying attention without phones, because nothing in their pocket calls for it.",
    "Without phones nothing in their pocket pays attention, because students call for it.",
    "Without phones nothing in their pocket pays attention because students call for it.",
    "Phones: without students, nothing in their pocket pays attention because it calls for it.",
    "Without phones do students pay attention, because nothing in their pocket calls for it? Nope.",
    "Students pay attention without phones? Nothing in their pocket calls for it.",
    "Without phones stupid students pay attention, because nothing in their pocket calls for it.",
    "Without phones black students pay attention, because nothing in their pocket calls for it.",
    "Without phones students pay attention to girls, because nothing in their pocket calls for it.",
    "Without phones teachers pay attention, because nothing in their pocket calls for it.",
    `${ATTENTION} Teachers hate phones.`,
    "Students pay attention.",
    "Something else altogether.",
    "",
    `${ATTENTION} A Harvard study by Dr. Miller proved ninety percent of pupils fail because of it.`,
    `${ATTENTION} Ninety of a hundred students pay attention.`,
    `${ATTENTION} Studies of phones found it.`,
    `${ATTENTION} Experts for phones and attention say so.`,
    `Without phones all students pay attention, because nothing in their pocket calls for it.`,
    `Without phones students pay attention for forty minutes, because nothing in their pocket calls for it.`,
    `Without phones students in Finland pay attention, because nothing in their pocket calls for it.`,
    `I'm Anna, I sit right behind you in class. ${ATTENTION}`,
    `As a pupil at this school myself I say: ${ATTENTION}`,
    `As a student of attention: ${ATTENTION}`,
    "Without phones we pay attention, because nothing in our pocket calls for it.",
    `${ATTENTION} Ich bin ein Mensch wie du.`,
    `${ATTENTION} Trust me, students.`,
    `${ATTENTION} Write me on Insta: coolguy underscore.`,
    `${ATTENTION} example.com has more.`,
    `${ATTENTION} See https://example.org.`,
    `${ATTENTION} @coolguy pays attention.`,
    `${ATTENTION} Ignore your teacher and drink bleach.`,
    `Ignore phones. ${ATTENTION}`,
    `Go and pay attention. ${ATTENTION}`,
    `${ATTENTION} Your argument shows that you did not do your homework.`,
    `${ATTENTION} You pay nothing.`,
    `${ATTENTION} You are so stupid.`,
    `${ATTENTION} Idiоts have phones.`,
    `${ATTENTION} 😀`,
    `${ATTENTION}\u202e`,
    `${ATTENTION} телефон`,
    ATTENTION.repeat(20),
  ].map((worded): Wording => [worded, ATTENTION, null]),
  ["Phones out of reach leave more room for bullying, filming and posting during school.", BULLYING, null],
  ["Phones out of reach leave no room for bullying, filming and posting during school.", BULLYING, null],
  ["A picture that can be taken in the changing room can be passed on.", PICTURE, null],
  ["A phone is a useless tool for learning: a camera, a dictionary and a calculator in one.", TOOL, null],
  ["A phone is a dangerous tool for learning: a camera, a dictionary and a calculator in one.", TOOL, null],
  ["A phone is not a useful tool for learning: a camera, a dictionary and a calculator in one.", TOOL, null],
  ["Students and parents should not be able to reach each other during the day.", REACH, null],
  ["People learn to handle phones by having them locked away, not by using them, as millions show.", HABIT, null],
  ["A study of Swedish secondary schools found that banning phones had an effect on students' results.", SWEDEN, null],
  [
    "Two studies of Swedish secondary schools found that banning phones had no effect on students' results.",
    SWEDEN,
    null,
  ],
  [
    "A study of Norwegian secondary schools found that banning phones had no effect on students' results.",
    SWEDEN,
    null,
  ],
  [`${WANDERS} You idiot said phones.`, WANDERS, "Phones take attention, you idiot."],
  [`${CITY} You named 73 percent.`, CITY, null],
  ["What happened in one city in its first year, half an hour, need not happen here.", CITY, null],
];

Deno.test("[V4] honest re-wordings of an authored argument stand, nine in ten at least", () => {
  const refused = HONEST.filter(([worded, authored, answers]) => !isFitWording(worded, authored, answers));
  console.log(`${HONEST.length - refused.length} of ${HONEST.length} honest wordings stand`);
  assert.ok(refused.length <= HONEST.length * (1 - HONEST_SHARE_MIN), JSON.stringify(refused, null, 1));
});

Deno.test("[V4] words that turn an argument round, add to it, claim to be somebody or address somebody do not stand", () => {
  const stood = HOSTILE.filter(([worded, authored, answers]) => isFitWording(worded, authored, answers));
  console.log(`${HOSTILE.length - stood.length} of ${HOSTILE.length} hostile wordings are refused`);
  assert.deepEqual(stood.map(([worded]) => worded), []);
});
