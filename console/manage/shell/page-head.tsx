import type { ComponentChildren } from 'preact';

/** The heading of a page, what it is for in one line, and what can be done on it. */
export function PageHead({ title, lead, children }: { title: string; lead?: string; children?: ComponentChildren }) {
  return (
    <header class="page-head">
      <div class="page-title">
        <h2>{title}</h2>
        {lead === undefined ? null : <p class="muted">{lead}</p>}
      </div>
      <div class="page-actions">{children}</div>
    </header>
  );
}
