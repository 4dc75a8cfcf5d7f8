/** How the class has answered: one bar an answer, the right one marked by more than colour. */
import { html } from "./html.js";
import { RichLine } from "./rich_text.js";

/** `answers` as the lesson tells them; `caption` says what they are. */
export function AnswerBars({ answers, caption }) {
  const total = answers.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return html`<p class="quiet">Nobody has answered.</p>`;
  return html`
    <table class="bars">
      <caption>${caption}</caption>
      <tbody>${answers.map(({ answer, correct, count }, i) => {
        const share = Math.round(count / total * 100);
        return html`
          <tr key=${i} class=${correct ? "right" : ""}>
            <th scope="row">
                    ${correct && html`<span class="mark" role="img" aria-label="right">✓</span>`}
                    ${answer === null ? "other answers" : html`<${RichLine} text=${answer} />`}
                  </th>
            <td class="bar" aria-hidden="true"><span style=${{ width: `${share}%` }}></span></td>
            <td class="count">${count}<small>${share} %</small></td>
          </tr>
        `;
      })}</tbody>
    </table>
  `;
}
