/** What a text may give away of a person; `account` is a name at a messenger (WeChat, QQ, WhatsApp). */
export type PersonalDataType = 'email' | 'id_card' | 'bank_card' | 'phone' | 'account' | 'address' | 'name';

/** `start` and `end` (exclusive) are UTF-16 offsets into the given text; `value` is normalised. */
export type PersonalData = { type: PersonalDataType; text: string; start: number; end: number; value: string };

/** In units of the legible text. */
export type Span = { type: PersonalDataType; start: number; end: number; value: string };

/** What the customer's record says, found literally wherever it stands; `keep` (order numbers, SKUs) is never personal. */
export type KnownPerson = {
  values?: readonly { type: PersonalDataType; value: string }[];
  keep?: readonly string[];
};
