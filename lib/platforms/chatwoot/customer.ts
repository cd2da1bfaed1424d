/** What Chatwoot says of a contact. */
import { CustomerPatch } from '../../domain/customer.ts';
import type { ChatwootConversation, Sender } from './shapes.ts';

const MAX_ID = 190;
/** Longer ones are not kept; nor are nested ones. */
const MAX_VALUE = 1_000;
const MAX_ATTRIBUTES = 50;
/** A visitor's browser names fields as it likes. */
const MAX_NAME = 100;

/**
 * The shop's own id of a contact counts only where Chatwoot has verified it (HMAC): anybody can claim one in a browser, and
 * would be shown the orders of whom they claim to be. What is in the cart or was viewed, and labels, are no such secret.
 */
export function customerPatch(contact: Sender, conversation: ChatwootConversation): CustomerPatch {
  const isVerified = (conversation.contact_inbox?.hmac_verified ?? conversation.meta?.hmac_verified) === true;
  const verified = isVerified ? cleaned(contact.identifier) : undefined;
  const id = verified ?? `chatwoot:${contact.id ?? `conversation-${conversation.id}`}`;
  const own = { ...contact.custom_attributes, ...conversation.custom_attributes };
  return CustomerPatch.parse({
    id,
    ...(contact.name == null || contact.name === '' ? {} : { name: contact.name.slice(0, 200) }),
    ...listed('tags', conversation.labels ?? [], 100),
    ...listed('cart', idsOf(own['cart']), 100),
    ...listed('recentViews', idsOf(own['recent_views']), 50),
    ...attributesOf(own),
  });
}

function cleaned(identifier: string | null | undefined): string | undefined {
  const plain = (identifier ?? '')
    .trim()
    .replace(/[\s\p{C}]+/gu, '_')
    .slice(0, MAX_ID);
  return plain === '' ? undefined : plain;
}

const listed = (name: string, list: readonly string[], most: number): object =>
  list.length === 0 ? {} : { [name]: list.slice(0, most).map((one) => one.slice(0, 100)) };

/** Attributes hold text: product ids apart by commas. */
const idsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? value
        .split(/[,，\s]+/)
        .map((id) => id.trim())
        .filter((id) => id !== '')
    : [];

const isPlain = (value: unknown): value is string | number | boolean =>
  (typeof value === 'string' && value !== '' && value.length <= MAX_VALUE) ||
  typeof value === 'number' ||
  typeof value === 'boolean';

function attributesOf(own: Record<string, unknown>): { attributes?: Record<string, unknown> } {
  const kept = Object.entries(own).filter(
    ([name, value]) => isPlain(value) && name.length <= MAX_NAME && name !== 'cart' && name !== 'recent_views',
  );
  return kept.length === 0 ? {} : { attributes: Object.fromEntries(kept.slice(0, MAX_ATTRIBUTES)) };
}
