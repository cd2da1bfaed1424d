import { computed } from '@preact/signals';
import { language } from '../words/words.ts';

const en = {
  none: 'Waiting for the page around to say which conversation is open.',
  reading: 'Reading…',
  unknown: 'Cuecard has not heard of this conversation yet. Its card appears with the next message.',
  unreachable: 'Cuecard cannot be reached. It is tried again.',
  copied: 'Copied. Paste it into the reply.',
  notCopied: 'Copying is not allowed here. Mark the text and copy it.',
  signInTitle: 'Sign in to see the cue card',
  login: 'Login',
  password: 'Password',
  orToken: 'Or a personal token',
  signIn: 'Sign in',
  signOut: 'Sign out',
  refused: 'That is not accepted.',
  notAllowed: 'This page may not show the cue card. An admin names pages in the settings (embed.origins).',
};
const zh: typeof en = {
  none: '等待所在页面告知当前会话。',
  reading: '读取中…',
  unknown: 'Cuecard 还没有收到这个会话，下一条消息到达后显示提示卡。',
  unreachable: '连接不到 Cuecard，正在重试。',
  copied: '已复制，请粘贴到回复框。',
  notCopied: '这里不允许复制，请选中文字后复制。',
  signInTitle: '登录后查看提示卡',
  login: '登录名',
  password: '密码',
  orToken: '或使用个人令牌',
  signIn: '登录',
  signOut: '退出登录',
  refused: '登录信息无效。',
  notAllowed: '此页面不能显示提示卡，请管理员在设置（embed.origins）中添加。',
};

/** What the framed card says around the card itself. */
export const f = computed(() => (language.value === 'zh' ? zh : en));
