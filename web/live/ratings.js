/** What peers think an explanation is worth. */
import { html } from "./html.js";

export function Ratings({ ratings }) {
  if (ratings.length === 0) return null;
  const mean = ratings.reduce((sum, { stars }) => sum + stars, 0) / ratings.length;
  return html`<small class="rating"><span aria-hidden="true">★</span> ${
    mean.toFixed(1)
  } of 5, by ${ratings.length}</small>`;
}
