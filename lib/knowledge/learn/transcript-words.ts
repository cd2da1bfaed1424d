/** The shape of a chat export: what its columns and its sides may be called. */

/** `author` says who spoke where no column says on which side; `date` goes before a `time` of day. */
export const TRANSCRIPT_COLUMNS = {
  conversation: [
    'conversation id',
    'session',
    'session id',
    'chat',
    'chat id',
    'ticket',
    'ticket id',
    'thread',
    'thread id',
    '会话',
    '会话id',
    '会话编号',
    '对话',
    '对话id',
    '对话编号',
    '工单',
    '工单号',
  ],
  role: [
    'author type',
    'author role',
    'sender type',
    'sender role',
    'side',
    'direction',
    'user type',
    'waiter_send',
    '角色',
    '发送方',
    '身份',
    '方向',
  ],
  author: ['sender', 'from', 'speaker', '发送者', '发送人', '发言人', '说话人'],
  text: ['message', 'content', 'body', 'msg', 'utterance', '内容', '消息', '消息内容', '聊天内容', '发言', '文本'],
  time: ['at', 'timestamp', 'created at', 'sent at', 'datetime', '时间', '发送时间', '消息时间', '创建时间'],
  date: ['日期'],
} as const;
export type TranscriptColumn = keyof typeof TRANSCRIPT_COLUMNS;

export type Side = 'customer' | 'agent' | 'none';

const CUSTOMER =
  /^(?:customers?|users?|buyers?|clients?|visitors?|guests?|consumers?|contacts?|end[\s_-]?users?|incoming|inbound|in|received|0|买家|顾客|客户|用户|访客|会员|客人|消费者)$/i;
const AGENT =
  /^(?:agents?|staff|seller|support|supporter|operators?|admins?|assistants?|advisors?|employees?|waiters?|bots?|robots?|outgoing|outbound|out|sent|1|客服|人工客服|坐席|座席|卖家|商家|店铺|店家|店小二|机器人|智能客服|人工)$/i;
const NEITHER = /^(?:system|event|notification|note|activity|template|系统|系统消息|通知|备注|提示)$/i;

/** Which side a cell names; undefined for a word that names none. `none`: neither spoke. */
export function sideOf(cell: string): Side | undefined {
  const word = cell.normalize('NFKC').trim();
  if (CUSTOMER.test(word)) return 'customer';
  if (AGENT.test(word)) return 'agent';
  return NEITHER.test(word) ? 'none' : undefined;
}

export const SIDES_HINT = 'write customer (顾客, 买家, user, 0) or agent (客服, 卖家, staff, bot, 1)';
