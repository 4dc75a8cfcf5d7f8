/** What honest tutors say about items of the demo course, as a model that keeps to its rules would. */
import { item, PRIME, type Question, type Said } from "./told_and_untold.ts";

const LOST = "I don't know how to begin.";

export const HONEST: readonly (readonly [Question, readonly Said[]])[] = [
  [item("signed-add"), [
    [LOST, "Where on the number line do you start?"],
    [LOST, "Think of a number line. Which way do you walk when you add a negative number?"],
    [
      "Which way?",
      "You start at 4 and the second number is negative. What does its sign tell you about the direction?",
    ],
    ["Is it 16?", "How did you get there?"],
    ["I got 16.", "Let's look at the sign of the second number. What does it mean to add something negative?"],
    ["why minus", "Adding a negative number is like paying money out. What happens to what you have?"],
  ]],
  [item("signed-mean"), [
    [LOST, "What does the mean tell you about all four readings together?"],
    ["What is a mean?", "The mean shares the total evenly. How could you get the total back from the mean?"],
    ["I added 2 and 4", "You have looked at two of the readings. What do all three known readings add up to?"],
    ["maybe 3?", "What would the mean of the four readings be then? Put your number in and see."],
    [LOST, "Imagine that every reading were the same as the mean. What would they add up to?"],
  ]],
  [item("order-subtraction-slip"), [
    [LOST, "In which order does one work through additions and subtractions?"],
    ["is it 6", "Which of the two operations did you do first, and why?"],
    ["Kofi says 16 first", "Kofi adds 9 and 7 before anything else. Does the sign in front of the 9 allow that?"],
    [LOST, "Addition and subtraction have the same rank. What does that mean for the order?"],
    ["so left to right?", "Reading from left to right is a good plan here. What comes first then?"],
  ]],
  [item("fractions-order"), [
    [LOST, "Which landmarks could you compare each fraction with?"],
    [LOST, "Is each fraction more or less than a whole? How can you see that from top and bottom?"],
    ["6 is more than 8?", "What does the bottom of a fraction tell you about the size of the pieces?"],
  ]],
  [item("exponents-negative-base"), [
    [LOST, "What does the exponent stand on: only the number, or the number with its sign?"],
    ["brackets?", "Brackets say what belongs together. What is multiplied when the minus sign is inside them?"],
    [LOST, "Write the power out as a product. How many minus signs are in it?"],
  ]],
  [item("like-terms-spot"), [
    [LOST, "What makes two terms like terms?"],
    ["I don't get like terms", "Cover the number in front of the letters. What has to be the same in what is left?"],
    [LOST, "Does a different exponent make it a different kind of thing?"],
    ["is 7 one?", "Which letters do you see in that term, and which in the one in the question?"],
  ]],
  [item("like-terms-two-letters"), [
    [LOST, "Which of these terms can be counted together?"],
    ["x and y?", "Think of x as apples and y as pears. Which terms belong to the apples?"],
    ["18xy?", "Can you add apples and pears to one number? What does each letter stand for?"],
    [LOST, "The sign in front belongs to the term behind it. Which terms with x do you have, with their signs?"],
  ]],
  [item("like-terms-triangle"), [
    [LOST, "What is a perimeter, in your own words?"],
    [LOST, "If you walked around the triangle, which lengths would you add?"],
    ["I added the x", "What is left once the terms with x are collected?"],
  ]],
  [item("distribute-negative"), [
    [LOST, "What does a number in front of a bracket do to each term inside?"],
    ["-7x - 14", "What happens to the sign when two negative numbers are multiplied?"],
    [LOST, "Both terms in the bracket get multiplied. What is the sign of the second term?"],
  ]],
  [item("percent-discount"), [
    [LOST, "What share of the old price is left after the cut?"],
    ["20 - 20?", "Is the cut 20 euros, or 20 % of something? Of what?"],
    ["what does % mean", "Per cent means out of a hundred. How would you write 20 % as a fraction?"],
    [LOST, "A price tag before and one after the sale: which of the two do the 20 % refer to?"],
    ["is it 4", "What does your number stand for: what is taken off or what is left to pay?"],
  ]],
  [item("one-step-divide"), [
    [LOST, "What has been done to x on the left side?"],
    [LOST, "Which operation undoes a division?"],
    ["63?", "Look at the sign on the right side. What does it tell you?"],
    ["times 7?", "Why would that help, and what must you do on the other side?"],
    ["do I subtract 7", "What is the opposite of dividing by 7?"],
  ]],
  [item("two-step-divide"), [
    [LOST, "Which operation was done to x last?"],
    ["I multiplied first", "What happens to the 1 if you multiply first? Is there an easier order?"],
    [LOST, "Think of x being wrapped up twice. Which layer would you take off first?"],
  ]],
  [item("two-step-consecutive"), [
    [LOST, "If the smallest one is called n, what are the others called?"],
    [LOST, "Numbers that follow each other differ by one. How can you write all of them with one letter?"],
    ["is it 28", "What are your three numbers then, and what do they add up to?"],
    ["84 / 3?", "What does it tell you about the one in the middle?"],
  ]],
  [item("inequality-two-step"), [
    [LOST, "What would you do if there were an equals sign?"],
    ["x < 14?", "Which number still stands in front of x there?"],
    [LOST, "When does the sign of an inequality turn round, and does that happen here?"],
  ]],
  [item("slope-steepness"), [
    [LOST, "Which number in the equation tells you how steep a line is?"],
    [LOST, "Does it matter here whether the line goes up or down?"],
  ]],
  [item("line-write"), [
    [LOST, "Which two numbers does the equation of a line need?"],
    [LOST, "What does the slope tell you, and where does it go in the equation?"],
    ["-9x + 4?", "Which of the two numbers belongs to x, and why?"],
  ]],
  [item("system-check"), [
    [LOST, "What must a pair do to be a solution of both equations?"],
    [LOST, "Take any pair and put it into the first equation. What do you get?"],
    ["is it (8, -7)", "What do you get when you put your pair into each equation?"],
  ]],
  [item("factor-squares"), [
    [LOST, "What do you notice about both terms?"],
    [LOST, "Is 64 a square? What pattern has two squares and a minus sign?"],
    ["(x - 64)(x + 1)", "What do you get when you multiply your brackets out?"],
  ]],
  [item("model-ages"), [
    [LOST, "Who gets older as the years go by?"],
    [LOST, "Let t be the number of years. How old is each of them after t years?"],
    ["48 / 12 = 4", "You found how many times as old she is now. What changes as time goes by?"],
    ["is it 8 years", "How old would both of them be then? What does the question ask of those ages?"],
  ]],
  [PRIME, [
    ["what is a prime", "A prime has exactly two divisors. How can you test whether a number has more?"],
    ["is it 21", "Which numbers divide 21?"],
    [LOST, "Which small divisors would you test?"],
    ["I say 27", "What made you choose it? Can you write it as a product?"],
  ]],
  [item("like-terms-missing"), [
    [LOST, "If both sides agree for every x, what can you say about the numbers in front of x?"],
    ["is it 7?", "What do you get on the left side when you put your number in the box?"],
    [
      "what is the box",
      "The box stands for a number that we do not know yet. How could you write an equation for the coefficients only?",
    ],
  ]],
  [item("distribute-missing"), [
    [LOST, "What happens to each term in the bracket when you multiply by 6?"],
    ["66?", "Let us test it: what is 6 times your number?"],
  ]],
  [item("distribute-factor-out"), [
    [LOST, "Which numbers divide both 7 and 42?"],
    ["do I divide by 2?", "Does 2 divide both terms without a remainder? How can you tell?"],
  ]],
  [item("inequality-budget"), [
    [LOST, "You pay a fixed price once, and a price for every court. How much money is left for the courts?"],
    ["7.45", "Can you rent a part of a court? What kind of number makes sense here?"],
  ]],
  [item("line-two-points"), [
    [LOST, "What do two points tell you about how a line rises?"],
    [LOST, "First find the slope: how far up and how far across do you go from one point to the other?"],
    ["slope = 3", "How did you work out the change in y and the change in x?"],
  ]],
  [item("system-multiply-first"), [
    [LOST, "Neither letter cancels straight away. What could you multiply the equations by so that one does?"],
    ["I got x = 3", "Now that you have a value for x, which equation could you put it into?"],
  ]],
  [item("factor-common-term"), [
    [LOST, "What do both terms have in common?"],
    ["7(x^2+6x)", "Have you taken out everything that both terms share? Look at the letters too."],
  ]],
  [item("quadratic-rearrange"), [
    [LOST, "What has to stand on one side before you can factor?"],
    ["x(x-6)=7", "Does a product tell you its factors when it is not zero? What would you need on the right side?"],
  ]],
  [item("both-sides-how-many"), [
    [LOST, "What is left of an equation when the letter disappears from both sides?"],
  ]],
  [item("factor-match-signs"), [
    [LOST, "What does the sign of the last term tell you about the two numbers?"],
  ]],
  [item("evaluate-words"), [
    [LOST, "Try it with an easy number for n. What does each phrase give?"],
  ]],
  [item("percent-discount"), [
    ["18?", "How did you work out the part that is taken off?"],
  ]],
  [item("one-step-divide"), [
    ["-9/7", "You divided both sides by 7. Which operation would undo a division?"],
  ]],
  [item("model-ages"), [
    ["6?", "How old are both of them then? Does the one age equal 3 times the other?"],
  ]],
  [item("signed-add"), [
    ["8 or -8", "Are you to the left or to the right of zero? What tells you?"],
  ]],
  [item("order-subtraction-slip"), [
    [LOST, "Imagine you have 22 euros, spend 9 and then get 7. In which order does it happen?"],
  ]],
  [item("two-step-divide"), [
    ["x/6 = -8", "That is a nice short equation now. What is being done to x in it?"],
  ]],
  [PRIME, [
    ["is 23 prime", "How would you find out? Which divisors would you try?"],
    ["all are odd", "Being odd is not enough to be prime. What else must be true?"],
    [LOST, "Try dividing each number by 3. What do you notice?"],
  ]],
  [item("signed-temperature"), [
    [LOST, "What happens to the temperature between dawn and noon?"],
    ["-3", "Which way does the temperature go in the second half of the day?"],
  ]],
  [item("order-brackets"), [
    [LOST, "Which part of the expression do the brackets tell you to do first?"],
    ["do I add first?", "Look at where the addition stands. Is it inside or outside the brackets?"],
  ]],
  [item("fractions-multiply"), [
    [LOST, "Do you need equal denominators to multiply, or is that for something else?"],
    ["cross multiply?", "Cross multiplying is for equations. What do you do with tops and bottoms in a product?"],
  ]],
  [item("fractions-mixed"), [
    [LOST, "How can you write a mixed number as a single fraction?"],
  ]],
  [item("exponents-same-base"), [
    [LOST, "Can you write both factors with the same base?"],
    [
      "multiply exponents?",
      "When you multiply powers of the same base, you count factors. How many are there altogether?",
    ],
  ]],
  [item("evaluate-square"), [
    [LOST, "What do you get when you put the number for x in brackets?"],
    ["is it -12", "Did you square the sign as well? Write the square as a product."],
  ]],
  [item("like-terms-squares"), [
    [LOST, "Are x and x^2 like terms?"],
    ["the third?", "What happens to the exponent when you add like terms?"],
  ]],
  [item("distribute-mental"), [
    [LOST, "Which round number is close to the second factor?"],
  ]],
  [item("proportion-solve"), [
    [LOST, "By what was the bottom of the first fraction multiplied to get the bottom of the second?"],
    ["x=5", "If you stretch the bottom by a factor, what must happen to the top?"],
  ]],
  [item("percent-up-down"), [
    [LOST, "Does the second change refer to the same price as the first?"],
    ["0?", "Try it with a price of 100. What is the price after the rise?"],
  ]],
  [item("one-step-divide"), [
    ["what is x", "x is the number that makes the equation true. What is done to it on the left side?"],
  ]],
  [item("model-ages"), [
    ["is it 4", "Let's check: how old are they both after that many years?"],
  ]],
  [PRIME, [
    ["is it 25?", "Can you think of a number other than 1 that divides it?"],
    ["I don't know", "Start with 21: is there a small number that goes into it?"],
  ]],
  [item("system-check"), [
    ["b?", "Put that pair into both equations. What do you get?"],
  ]],
  [item("fractions-order"), [
    ["1/8 is biggest", "Imagine a cake cut into eight pieces and one cut into six. Which pieces are larger?"],
  ]],
  [item("line-write"), [
    ["y = -9x + 4", "In y = mx + b, which letter stands for the slope?"],
  ]],
];
