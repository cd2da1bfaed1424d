import { ApiError } from '../../api.ts';
import { fieldWords, placeWords, sentenceWords } from '../../refused-words.ts';
import { fill } from '../../words/words.ts';
import { w } from './words.ts';

/** What went wrong, in the page's language as far as it is known: the server's sentence, then each place and what is wrong there. */
export function ProblemView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const say = w.value;
  return (
    <div class="problem" role="alert" data-testid="problem">
      <p>{error instanceof ApiError ? sentenceWords(error.message) : say.unreachable}</p>
      {error instanceof ApiError ? <ProblemList error={error} /> : null}
      {onRetry === undefined ? null : (
        <button type="button" onClick={onRetry}>
          {say.again}
        </button>
      )}
    </div>
  );
}

export function ProblemList({ error }: { error: ApiError }) {
  const { errors = [], requestId } = error.problem;
  return (
    <>
      {errors.length === 0 ? null : (
        <ul>
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path === '' ? null : <code title={path}>{placeWords(path)}</code>} {fieldWords(message)}
            </li>
          ))}
        </ul>
      )}
      {error.status < 500 || requestId === undefined ? null : (
        <p class="small">{fill(w.value.request, { id: requestId })}</p>
      )}
    </>
  );
}
