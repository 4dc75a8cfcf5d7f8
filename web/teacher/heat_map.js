/** The class's skills: how each went here, and each student's share. Cells say their number, so colour is not needed. */
import { html } from "../live/html.js";

const STUDENTS_SHOWN = 40;

/** Five steps, so that neighbours can be told apart. */
function stepOf(share) {
  return share === null ? "none" : String(Math.min(4, Math.floor(share * 5)));
}

/** Mastery where it is known, else the share that was right. */
function shareOf({ mastery, skills }, skillId) {
  if (mastery[skillId] !== undefined) return mastery[skillId];
  const [answered, correct] = skills[skillId] ?? [0, 0];
  return answered === 0 ? null : correct / answered;
}

function Cell({ student, skillId, title }) {
  const share = shareOf(student, skillId);
  const percent = share === null ? "" : Math.round(share * 100);
  return html`<td class="heat" data-step=${stepOf(share)} title=${`${student.name}, ${title}`}>${percent}</td>`;
}

export function HeatMap({ skills, students, titles }) {
  const rows = Object.values(skills).filter(({ answered }) => answered > 0);
  const shown = students.filter((student) => rows.some(({ skill_id }) => shareOf(student, skill_id) !== null))
    .slice(0, STUDENTS_SHOWN);
  return html`<section class="card" aria-labelledby="skills-title">
    <h2 id="skills-title">Skills of the class</h2>
    ${
    rows.length === 0 ? html`<p class="quiet">Skills show here as the class answers.</p>` : html`
      <div class="scroll" tabindex="0" role="region" aria-labelledby="skills-title">
        <table class="heat-map">
          <thead>
            <tr>
                <th scope="col">Skill</th><th scope="col">right</th><th scope="col">mastery</th>
                ${shown.map(({ user_id, name }) =>
                  html`<th key=${user_id} scope="col" class="name"><span>${name}</span></th>`
                )}
              </tr>
          </thead>
          <tbody>${rows.map(({ skill_id, answered, correct, mastery_mean }) => {
            const title = titles[skill_id] ?? skill_id;
            return html`<tr key=${skill_id}>
            <th scope="row">${title}</th>
            <td class="number">${correct} of ${answered}</td>
            <td class="heat" data-step=${stepOf(mastery_mean)}>
              ${mastery_mean === null ? "" : Math.round(mastery_mean * 100)}
            </td>
            ${
              shown.map((student) =>
                html`
                  <${Cell} key=${student.user_id} student=${student} skillId=${skill_id}
                    title=${title} />
                `
              )
            }
          </tr>`;
          })}</tbody>
        </table>
      </div>
      <p class="quiet">Mastery: how likely the next item of the skill is right, in %.
            ${students.length > STUDENTS_SHOWN ? ` The first ${STUDENTS_SHOWN} students are shown.` : ""}</p>
    `
  }
  </section>`;
}
