// What of the prompt became the film: nothing is swapped behind anybody's back.
import type { Report } from '../api/types';

export function ReportView({ report }: { report: Report }) {
  const { understood, replaced, left_out } = report;
  return (
    <div class="report">
      {understood.length > 0 && (
        <section>
          <h3>Understood</h3>
          <ul class="chips">
            {understood.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ul>
        </section>
      )}
      {replaced.length > 0 && (
        <section class="replaced">
          <h3>Replaced</h3>
          <ul>
            {replaced.map(({ asked, used, why }) => (
              <li key={asked}>
                <s>{asked}</s> <span aria-hidden="true">→</span> <span class="unseen">became</span> <strong>{used}</strong>
                {why && <span class="why">{why}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {left_out.length > 0 && (
        <section>
          <h3>Left out</h3>
          <ul class="chips out">
            {left_out.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
