import type { ComponentChildren } from 'preact';

/** Nothing here yet: says what would be here and how it comes about. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty teach" data-testid="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
