import type { Message, Part } from '../lib/domain/message.ts';
import { productTitle } from './customer/samples.ts';
import { safeImage, safeLink } from './safe-url.ts';
import { words } from './words/words.ts';

/** A message's parts as they are shown on both sides. Everything a customer wrote is text, never markup. */
export function Parts({ message }: { message: Pick<Message, 'text' | 'parts'> }) {
  const { parts, text } = message;
  if (parts.length === 0) return <p class="text">{text}</p>;
  return (
    <>
      {parts.map((part, index) => (
        // Parts of a message never change their order.
        <PartView key={`${index}-${part.kind}`} part={part} />
      ))}
    </>
  );
}

function PartView({ part }: { part: Part }) {
  const { part: names, ui } = words.value;
  switch (part.kind) {
    case 'text':
    case 'system':
      return <p class="text">{part.text ?? ''}</p>;
    case 'image':
    case 'sticker':
      return <Picture part={part} />;
    case 'order_card':
      return <Card label={names.order_card} title={part.orderNumber ?? part.text ?? ''} />;
    case 'product_card':
      return <Card label={names.product_card} title={part.text ?? productTitle(part.productId ?? '')} />;
    case 'button':
      return (
        <p class="text tapped">
          <span class="muted">{ui.tapped} </span>
          {part.text ?? part.value ?? ''}
        </p>
      );
    default:
      return <Attachment part={part} />;
  }
}

function Picture({ part }: { part: Part }) {
  const url = safeImage(part.url);
  const label = part.transcript ?? part.text ?? words.value.part[part.kind];
  if (url !== undefined) return <img class="picture" src={url} alt={label} />;
  return (
    <figure class="picture placeholder">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01" />
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

function Card({ label, title }: { label: string; title: string }) {
  return (
    <p class="card-part">
      <span class="card-label">{label}</span>
      <span class="card-title">{title}</span>
    </p>
  );
}

/** Voice, video, file, link: what it says in words where somebody wrote that down, else a link. */
function Attachment({ part }: { part: Part }) {
  const label = words.value.part[part.kind];
  const link = safeLink(part.url);
  const title = part.transcript ?? part.text ?? part.url ?? label;
  return (
    <p class="card-part">
      <span class="card-label">{label}</span>
      {link === undefined ? (
        <span class="card-title">{title}</span>
      ) : (
        <a class="card-title" href={link} target="_blank" rel="noopener noreferrer">
          {title}
        </a>
      )}
    </p>
  );
}
