import { words } from './words/words.ts';

/** Something is on its way: nothing moves for people who asked for stillness. */
export function Loading() {
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" />
      {words.value.ui.loading}
    </p>
  );
}
