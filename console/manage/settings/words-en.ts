import type { SectionName } from './sections.ts';

const section: Record<SectionName, { title: string; lead: string }> = {
  bot: {
    title: 'What the bot does by itself',
    lead: 'It holds from the next message on. Try a change with the hit test and a batch test first.',
  },
  words: {
    title: 'Its words',
    lead: "Around the answers, which stand in the entries. Empty: the pack's words, or the product's.",
  },
  shop: { title: 'The shop', lead: 'Hours, freezes and reports are read by its clock.' },
  platform: { title: 'The chat platform', lead: 'Where replies and notes go, and who may show the cue card.' },
  access: { title: 'At the desk', lead: 'What agents see, and how long a sign-in lasts.' },
  releases: { title: 'Releases', lead: 'What stops a release from going live by itself.' },
  models: {
    title: 'Language models',
    lead: 'Drafts and summaries, where this installation has a model. Personal data is masked before it is sent.',
  },
};

const label: Record<string, string> = {
  mode: 'How it takes part',
  'targetPrecision.autoReply': 'Answers it gives alone should be right, % of them',
  'targetPrecision.suggest': 'Suggestions shown to agents should be right, % of them',
  belowThreshold: 'When it is not sure enough to answer alone',
  quietWindowMs: 'Seconds it waits for the customer to finish',
  outOfScopeShare: 'Questions that no entry answers, % of all',
  'learning.enabled': 'Let what agents use and dismiss shift the order of suggestions',
  'wording.botDisclosure.zh': 'Says it is a bot, in Chinese',
  'wording.botDisclosure.en': 'Says it is a bot, in English',
  'wording.clarify.zh': 'Asks which is meant, in Chinese',
  'wording.clarify.en': 'Asks which is meant, in English',
  'wording.address.zh': 'How customers are addressed, in Chinese',
  'wording.address.en': 'How customers are addressed, in English',
  'phrases.greet.zh': 'Greets, in Chinese',
  'phrases.greet.en': 'Greets, in English',
  'phrases.hold.zh': 'Asks to wait, in Chinese',
  'phrases.hold.en': 'Asks to wait, in English',
  'phrases.ask.zh': 'Asks for what is missing, in Chinese',
  'phrases.ask.en': 'Asks for what is missing, in English',
  'phrases.apologise.zh': 'Apologises, in Chinese',
  'phrases.apologise.en': 'Apologises, in English',
  'phrases.close.zh': 'Says goodbye, in Chinese',
  'phrases.close.en': 'Says goodbye, in English',
  name: 'Name',
  timeZone: 'Time zone',
  languages: 'Languages',
  callbackUrl: 'Address for replies (callback)',
  'embed.origins': 'Pages that may frame the cue card',
  visibility: 'Agents see',
  sessionHours: 'Hours until a sign-in ends',
  'gate.goldenLost': 'Golden questions that may be lost',
  'gate.accuracyDrop': 'Accuracy may fall by, percentage points',
  'gate.recentLost': 'Of recent questions answered, % that may be lost',
  keepReleases: 'Releases to go back to',
  freezes: 'Nothing goes live',
  'freezes.from': 'From',
  'freezes.until': 'Until',
  'freezes.reason': 'Why',
  'model.enabled': 'Use models',
  'model.tokensPerDay': 'Tokens a day at most',
};

const hint: Record<string, string> = {
  mode: 'Begin with shadow or assist, and look at what it would have done before it answers alone.',
  'targetPrecision.autoReply': '50 to 100. Lower: it answers more by itself, and more of that is wrong.',
  'targetPrecision.suggest': '0 to 100. Lower: agents see more suggestions, and more of them do not fit.',
  quietWindowMs: '0 to 60. Short: it answers half a thought. Long: everybody waits. At most 10 are waited.',
  outOfScopeShare: '0 to 95. It holds from the next release on; too low makes it too sure of itself.',
  'wording.botDisclosure.en': 'Once a conversation, with its first message. Many places require it by law.',
  'wording.botDisclosure.zh': 'Once a conversation, with its first message. Many places require it by law.',
  'wording.clarify.en': 'Above the buttons.',
  'wording.clarify.zh': 'Above the buttons.',
  'wording.address.en': '{{address}} in answers and phrases.',
  'wording.address.zh': '{{address}} in answers and phrases, such as 亲.',
  timeZone: 'Such as Asia/Shanghai. Changing it moves opening hours, freezes and reports.',
  callbackUrl:
    "https. Everything the bot says goes there, signed. A wrong address: no reply arrives. Empty: agents' desk only.",
  'embed.origins':
    "Such as https://desk.example, separated by commas. Only pages you trust: they show customers' data. None: no page may.",
  visibility: 'Supervisors see every conversation.',
  sessionHours: '1 to 72. It holds from the next sign-in on. Long: a desk left open stays open.',
  'gate.goldenLost': 'Empty: none. Each more is a known question that customers no longer get answered.',
  'gate.accuracyDrop': 'Empty: 2.',
  'gate.recentLost': 'Empty: 10.',
  keepReleases: '1 to 200. Older ones stay in the list but can no longer be put live.',
  'model.tokensPerDay': 'Empty: what the installation allows. When they are used up, answers come without a model.',
};

const choice: Record<string, Record<string, string>> = {
  mode: {
    shadow: 'Shadow: it only records what it would have done; agents see nothing of it',
    assist: 'Assist: it suggests, people answer',
    hybrid: 'Hybrid: it answers alone when it is sure, people do the rest (today the same as auto)',
    auto: 'Auto: it answers alone when it is sure, and hands over to a person when it is not',
  },
  belowThreshold: { clarify: 'ask the customer which is meant', handoff: 'call a person at once' },
  visibility: { all: 'every conversation', skills: 'those of their skills, and their own' },
};

export const en = {
  section,
  label,
  hint,
  choice,
  title: 'Settings',
  lead: 'How the bot takes part, and how this shop is connected. Every change is kept in the log.',
  speakTitle: 'Let the bot answer customers?',
  speakLead:
    "From the next message on it sends answers to customers by itself, with nobody looking at them first: whenever it is as sure as it takes for {share} of such answers to be right, and the entry's policy allows it. It asks back when two answers compete, and calls a person when it does not know, when asked for one, and for what must be a person's. About 1 in {n} of its answers may be wrong.",
  speakNone: 'None of its answers may be wrong: it will rarely answer alone.',
  speakYes: 'Let it answer',
  darkTitle: 'Take the suggestions from the agents?',
  darkLead:
    'In shadow mode agents see no suggestions, no cue cards before the first word and no drafts. What the bot would have done is recorded for the team page.',
  darkYes: 'Go into shadow',
  cancel: 'Cancel',
  secrets: 'Secrets',
  secretsLead: 'They sign what the platform and Cuecard send each other. A new one is shown once.',
  webhookAddress: "Where the platform sends customers' messages",
  webhookSecret: 'Webhook secret: the platform signs with it',
  callbackSecret: 'Callback secret: Cuecard signs replies with it',
  rotate: 'Make a new one',
  rotateTitle: 'Make a new {name}?',
  rotateLead:
    "Messages signed with the one before are accepted for another day. Put the new one into the platform before then, or customers' messages are refused.",
  rotateCallback:
    'Replies are signed with the new one at once. A platform that checks signatures refuses them until it knows it.',
  newSecret: 'The new {name}',
  newSecretLead: 'It is shown this once. Put it where the platform keeps it.',
  secretName: { webhookSecret: 'webhook secret', callbackSecret: 'callback secret' },
  elsewhere:
    'How long conversations and logs are kept is set for the whole installation (RETENTION_DAYS, ACCESS_LOG_DAYS). Opening hours, skills and waiting: Routing.',
};
