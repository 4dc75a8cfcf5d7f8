/** What a discussion brought, in words. */
export function gainInWords({ voters, before, after }) {
  const [from, to] = [Math.round(before * 100), Math.round(after * 100)];
  return `Of the ${voters} who voted twice, ${from} % were right before the discussion and ${to} % after it.`;
}
