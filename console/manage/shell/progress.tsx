import { number, share } from './say.ts';

type ProgressProps = { label: string; done: number; total: number; percent?: boolean };

/** How far long work has come. With no total it only says what is being done. */
export function Progress({ label, done, total, percent = false }: ProgressProps) {
  return (
    <div class="progress" data-testid="progress">
      <span class="progress-label">
        <span>{label}</span>
        {total > 0 ? (
          <span class="number muted">{percent ? share(done / total) : `${number(done)} / ${number(total)}`}</span>
        ) : null}
      </span>
      {total > 0 ? <progress max={total} value={done} aria-label={label} /> : <progress aria-label={label} />}
    </div>
  );
}
