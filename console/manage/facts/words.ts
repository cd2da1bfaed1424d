import { pageWords } from '../shell/say.ts';

const en = {
  title: 'Shop facts',
  lead: 'What differs from shop to shop. An answer that needs a fact is left out until the fact is here.',
  save: 'Save',
  saved: 'Saved. It holds from the next message on, without a release.',
  nothing: 'No pack asks for facts, and no entry uses any.',
  nothingHint: 'Install a pack, or write {{shop.dispatch_time}} into an answer.',
  used: 'used by {n} entry|used by {n} entries',
  unlocks: 'fill in to unlock {n} entry|fill in to unlock {n} entries',
  filled: '{done} of {all} filled in',
  waiting: '{n} entry waits for facts|{n} entries wait for facts',
  example: 'for example: {text}',
  inZh: 'in Chinese',
  inEn: 'in English',
  unasked: 'Used in your entries, asked by no pack',
  onlyOpen: 'Only what is missing',
  which: 'Which entries',
};

const zh: typeof en = {
  title: '店铺信息',
  lead: '每家店不一样的内容。答案用到的信息没有填写时，这条答案不会启用。',
  save: '保存',
  saved: '已保存，从下一条消息起生效，无需发布。',
  nothing: '没有知识包询问店铺信息，也没有条目用到。',
  nothingHint: '安装一个知识包，或者在答案里写 {{shop.dispatch_time}}。',
  used: '{n} 条知识用到',
  unlocks: '填写后可启用 {n} 条知识',
  filled: '已填写 {done} / {all}',
  waiting: '{n} 条知识在等店铺信息',
  example: '例如：{text}',
  inZh: '中文说法',
  inEn: '英文说法',
  unasked: '您的条目用到、知识包没有询问的信息',
  onlyOpen: '只看未填写',
  which: '涉及的知识',
};

export const w = pageWords(en, zh);
