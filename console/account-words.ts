import { computed } from '@preact/signals';
import type { Role } from '../lib/domain/tenant.ts';
import { language } from './words/words.ts';

const roles: Record<Role, string> = {
  agent: 'Agent',
  supervisor: 'Supervisor',
  manager: 'Knowledge manager',
  admin: 'Admin',
  operator: 'Operator',
};

const en = {
  roles,
  account: 'Your account',
  until: 'signed in until {until}',
  password: 'Password',
  current: 'Password of now',
  currentHint: 'Leave it empty if you never set one.',
  new: 'New password',
  rule: '10 to 200 characters, any you like. Not your login, and none of the passwords that everybody tries first.',
  repeat: 'Once more',
  change: 'Change password',
  ends: 'Everywhere else you are signed out by it.',
  changed: 'Your password is changed. You are signed in here alone.',
  notCurrent: 'This is not your password of now.',
  differ: 'The two new passwords are not the same.',
  byToken: 'You are here by a personal token, which has no password. A one-time link of your admin lets you set one.',
  elsewhere: 'Signed in elsewhere',
  nowhere: 'Nowhere else.',
  since: 'since {since}, until {until}',
  end: 'Sign out there',
  endAll: 'Sign out everywhere else',
  unread: 'Where else you are signed in could not be read.',
  close: 'Close',
  signOut: 'Sign out here',
};

const zh: typeof en = {
  roles: { agent: '客服', supervisor: '主管', manager: '知识管理员', admin: '管理员', operator: '运维' },
  account: '我的账号',
  until: '登录有效至 {until}',
  password: '密码',
  current: '当前密码',
  currentHint: '从未设置过密码的，请留空。',
  new: '新密码',
  rule: '10 到 200 个字符，内容不限；不能与登录名相同，也不能是人人都会先试的密码。',
  repeat: '再输入一次',
  change: '更改密码',
  ends: '更改后，其他地方的登录都会退出。',
  changed: '密码已更改，现在只有这里保持登录。',
  notCurrent: '当前密码不正确。',
  differ: '两次输入的新密码不一致。',
  byToken: '您正在使用个人令牌，它没有密码。请管理员生成一次性链接，即可设置密码。',
  elsewhere: '其他地方的登录',
  nowhere: '没有其他登录。',
  since: '{since} 开始，{until} 结束',
  end: '退出该登录',
  endAll: '退出所有其他登录',
  unread: '无法读取其他地方的登录。',
  close: '关闭',
  signOut: '在这里退出',
};

/** What the account says, in the language of the page. */
export const account = computed(() => (language.value === 'zh' ? zh : en));
