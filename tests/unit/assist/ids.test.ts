import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assistId, parseAssistId, parseReplayId, replayId, suggestionId, turnSeed } from '../../../lib/assist/ids.ts';
import { AssistId, ConversationId } from '../../../lib/domain/ids.ts';

const conversationId = ConversationId.parse('wechat:客户/1@x');

test('an assist is found from its id alone', () => {
  const id = assistId(conversationId, 'trn_9', 3);
  expect(AssistId.safeParse(id).success).toBe(true);
  expect(parseAssistId(id)).toEqual({ conversationId, turnId: 'trn_9', revision: 3 });
  expect(parseReplayId(replayId(conversationId, 'trn_9', 3))).toEqual(parseAssistId(id));
  expect(parseReplayId(id)).toBeUndefined();
});

const encoded = (text: string) => `ast_${Buffer.from(text).toString('base64url')}`;
test.each([
  '',
  'ast_',
  'ast_!!!!',
  encoded('c\nt'),
  encoded('c\nt\n0'),
  encoded('c\nt\n1.5'),
  encoded('c\nt\n1e3'),
  encoded('c\nt\n1\nmore'),
  encoded('c\n\n1'),
  encoded('c d\nt\n1'),
  `${encoded('c\nt\n1')}=`,
  encoded(`${'c'.repeat(3_000)}\nt\n1`),
])('%s is no assist id of ours', (id) => {
  expect(parseAssistId(id)).toBeUndefined();
});

test('no text makes it throw, and what it takes it would write again', () => {
  fc.assert(
    fc.property(
      fc.string().map((text) => `ast_${text}`),
      (id) => {
        const key = parseAssistId(id);
        return key === undefined || assistId(key.conversationId, key.turnId, key.revision) === id;
      },
    ),
  );
});

test('suggestions are known again across turns, and differ by answer and release', () => {
  const ids = [
    suggestionId('e', 0, 'rel_1'),
    suggestionId('e', 1, 'rel_1'),
    suggestionId('e', undefined, 'rel_1'),
    suggestionId('e', 0, 'rel_2'),
  ];
  expect(new Set(ids).size).toBe(4);
  expect(suggestionId('e', 0, 'rel_1')).toBe(ids[0]);
  expect(turnSeed('c', 't')).toBe(turnSeed('c', 't'));
});
