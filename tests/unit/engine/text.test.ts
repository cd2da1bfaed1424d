import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { features, terms } from '../../../lib/engine/features.ts';
import { exactKey, MAX_LENGTH, normalize } from '../../../lib/engine/normalize.ts';
import { tokenize } from '../../../lib/engine/tokenize.ts';
import { simplify } from '../../../lib/engine/traditional.ts';

/** Any UTF-16 at all, lone surrogates and control characters included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
);

describe('normalize', () => {
  it('reads full width, capitals, curly quotes and spaces as their plain forms', () => {
    expect(normalize('  ＷＨＥＲＥ’s  my\tORDER　１２３？ ')).toBe("where's my order 123?");
  });

  it('reads traditional Chinese as simplified', () => {
    expect(normalize('請問什麼時候發貨？訂單還沒收到，謝謝您')).toBe('请问什么时候发货?订单还没收到,谢谢您');
    expect(simplify('退款')).toBe('退款');
  });

  it('drops what only changes how an emoji is drawn', () => {
    expect(normalize('❤\ufe0f')).toBe(normalize('❤'));
  });

  it('never throws, never grows past what it reads by more than compatibility forms, and gives well-formed text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = normalize(text);
        expect(plain.isWellFormed()).toBe(true);
        expect(plain).toBe(plain.trim());
      }),
    );
    expect(normalize('a'.repeat(MAX_LENGTH + 500))).toHaveLength(MAX_LENGTH);
  });

  it('gives the same exact key to questions that differ in punctuation and spaces alone', () => {
    const key = exactKey(normalize('Where is my order?'));
    expect(exactKey(normalize('where is  my order!!'))).toBe(key);
    expect(exactKey(normalize('where is your order?'))).not.toBe(key);
    expect(exactKey(normalize('？？'))).toBe('??');
    expect(exactKey(normalize(' \u200b '))).toBe('');
  });
});

describe('tokenize', () => {
  const texts = (text: string) => tokenize(normalize(text)).map((token) => token.text);

  it('splits at every change between Chinese and words', () => {
    expect(texts('我的iPhone15坏了，how to return?')).toEqual(['我的', 'iphone15', '坏了', 'how', 'to', 'return']);
    expect(tokenize('坏了 ok').map((token) => token.han)).toEqual([true, false]);
  });

  it('reads symbols only where there is nothing else', () => {
    expect(texts('👍👍')).toEqual(['👍', '👍']);
    expect(texts('？')).toEqual(['?']);
    expect(texts('好👍')).toEqual(['好']);
  });
});

describe('features', () => {
  it('gives distinct hashes in ascending order for any text, and the same ones each time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokenize(normalize(text));
        const { words, chars } = features(tokens);
        for (const group of [words, chars]) {
          expect([...group]).toEqual([...new Set(group)].sort((a, b) => a - b));
        }
        expect(features(tokens)).toEqual({ words, chars });
        expect(terms(tokens).every((term) => Number.isInteger(term) && term >= 0 && term < 2 ** 32)).toBe(true);
      }),
    );
  });

  it('counts the features of a known text', () => {
    // Words: 3 of one, 2 neighbours, 1 pair with a gap. Characters of <ab>: 3 + 2 + 1, of each of three words.
    const latin = features(tokenize('ab cd ef'));
    expect(latin.words).toHaveLength(6);
    expect(latin.chars).toHaveLength(18);
    // Two characters; their bigram and the two at the run's ends.
    const han = features(tokenize('退款'));
    expect(han.words).toHaveLength(2);
    expect(han.chars).toHaveLength(3);
    expect(terms(tokenize('退款'))).toHaveLength(3);
  });

  it('tells the order of words and of characters apart', () => {
    expect(features(tokenize('a b')).words).not.toEqual(features(tokenize('b a')).words);
    expect(features(tokenize('款退')).chars).not.toEqual(features(tokenize('退款')).chars);
  });
});
