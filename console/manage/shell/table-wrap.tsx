import type { ComponentChildren } from 'preact';

/** A table that may be wider than the page: scrolled by keys as well as by hand. */
export function TableWrap({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <section class="table-wrap" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
