import type { ComponentChildren } from 'preact';

/** A sentence whose `{name}` places hold what can be looked at, not only text; a name without anything stays visible. */
export function Sentence({ text, parts }: { text: string; parts: Record<string, ComponentChildren> }) {
  return (
    <>
      {text.split(/\{(\w+)\}/).map((piece, at) => (
        // The pieces of one sentence never move.
        <span key={`${at}-${piece}`}>{at % 2 === 0 ? piece : (parts[piece] ?? `{${piece}}`)}</span>
      ))}
    </>
  );
}
