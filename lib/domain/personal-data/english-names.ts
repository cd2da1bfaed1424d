import type { Span } from './types.ts';

const WORD = "[A-Z][A-Za-z\\u00c0-\\u024f'’-]{0,20}\\.?";
const PARTICLE = '(?:(?:de|da|del|della|van|von|der|den|bin|al|la|le|di|du)\\s){0,2}';
const NAME = `${WORD}(?:\\s${PARTICLE}${WORD}){0,3}`;
/** Product names that begin like a person's title. */
const BRANDS =
  /^(?:martens|martins|pepper|scholl|coffee|clean|muscle|dre|bronner|jart|brown|squishy|price|potato|meyer|bean|right|beast)/i;

type Rule = { pattern: RegExp; accepts?: (name: string) => boolean };

/** Group `value` is the name. Case says what is a name; the marker's own case does not matter. */
const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `\\b(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Mm]x|[Dd]r|[Pp]rof|MR|MRS|MS|DR)\\b\\.?\\s(?<value>${NAME})`,
      'dgu',
    ),
    accepts: (name) => !BRANDS.test(name),
  },
  {
    pattern: new RegExp(
      `\\b(?:[Mm]y (?:full |real )?name(?: is|['’]s)|[Nn]ame\\s?(?::|is|=)|(?:[Rr]ecipient|[Cc]onsignee|[Aa]ddressee|[Cc]ontact(?: person| name)?|[Cc]ardholder|[Bb]uyer|[Rr]eceiver)(?:['’]s)?(?: name)?\\s?(?::|is)|[Aa]ttn\\.?:?|[Uu]nder (?:the )?name(?: of)?|[Ii]n the name of|[Nn]ame on (?:the |my )?(?:order|account|card|package|parcel)\\s?(?::|is)|[Cc]all me|[Ii] am called|[Cc]/o)\\s?(?<value>${NAME})`,
      'dgu',
    ),
  },
  {
    pattern:
      /\b(?:my (?:full |real )?name(?: is|['’]s)|name:|under the name(?: of)?)\s(?<value>(?!(?:not|on|wrong|spelled|spelt|misspelled|missing|incorrect|the|a|an|in|still|no|it|is|and|or|was|printed|different|my|your|of|to|too|also|required|above|below|as|same)\b)[a-z'’-]{2,20}(?:\s(?!(?:and|i|my|order|from|here|on|in|at|with|can|but|please|it|is|the|you|where|what|how|want|need|just|phone|email|number|so|for|have)\b)[a-z'’-]{2,20})?)(?=$|[\s,.;!?])/dgu,
  },
  {
    pattern: new RegExp(
      `\\b(?:[Rr]egards|[Ss]incerely|[Cc]heers|[Tt]hanks|[Tt]hank you|[Yy]ours|[Bb]est(?: wishes)?|[Tt]hanks so much|[Mm]any thanks)(?:[,!.]\\s?\\n+|[,!.]?\\s*\\n+|,\\s)(?<value>${NAME})(?=\\s*$)`,
      'dgu',
    ),
  },
];

const INTRODUCED = new RegExp(
  `\\b(?:[Ii]['’]m|[Ii] am|[Tt]his is|[Ii]t['’]s)\\s(?<value>${NAME})(?=$|[\\s]*[,.;!\\n]|\\s(?:here|from|again|and|speaking|calling|writing))`,
  'dgu',
);
const HERE = new RegExp(`(?:^|[,!.]\\s|\\b[Hh]i\\s|\\b[Hh]ello\\s)(?<value>${NAME})(?=\\shere\\b)`, 'dgu');
/** The commonest first names: a lone capitalised word after "I'm" may be anything else ("I'm Canadian"). */
const FIRST_NAMES = new Set(
  'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel frank gregory raymond alexander patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan carl keith roger gerald christian terry sean arthur austin noah lawrence jesse joe bryan billy jordan albert dylan bruce willie gabriel alan juan logan wayne ralph roy eugene randy vincent russell louis philip bobby johnny bradley mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine debra rachel carolyn janet maria olivia heather helen catherine diane julie victoria joyce lauren kelly christina ruth joan virginia judith evelyn hannah andrea megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella julia denise amber danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla alexis lori marie tom mike dave chris steve bob bill jim dan ben sam matt nick kate liz beth jen meg priya raj ahmed mohammed fatima omar wei ming lucy leo mia ella chloe zoe liam oliver sophie grace rose ava lily ivy ruby stella claire caroline audrey maya nora hazel aria luna naomi eva elena ellie clara jade paige brooke molly holly amelia evie isla freya harry freddie alfie archie theo max leon felix hugo oscar simon martin neil ian graham stuart colin derek trevor nigel hans klaus pierre luc marco luca giulia sofia carlos miguel luis pedro pablo diego javier fernando ana lucia carmen rosa elisa ingrid astrid lars sven erik olga ivan dmitri natasha yuki kenji hiroshi aiko min jin soo hyun ali hassan hussain aisha zainab khadija yusuf ibrahim sanjay anil sunita deepak ravi arjun neha kavita anita vijay amit rahul rohan chen li wang zhang liu yang huang xiao'.split(
    ' ',
  ),
);

function isIntroduced(name: string): boolean {
  const words = name.split(/\s/);
  return FIRST_NAMES.has(words[0]?.toLowerCase().replace(/\.$/, '') ?? '');
}

function* spansOf(text: string, { pattern, accepts }: Rule): Iterable<Span> {
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.groups?.['value'] ?? [0, 0];
    const name = text.slice(start, end).replace(/[.]$/, '');
    if (name === '' || accepts?.(name) === false) continue;
    yield { type: 'name', start, end: start + name.length, value: name };
  }
}

/** English names: beside their markers and titles, introduced ("I'm Sarah"), signed. */
export function englishNames(text: string): Span[] {
  return [...RULES, { pattern: INTRODUCED, accepts: isIntroduced }, { pattern: HERE, accepts: isIntroduced }].flatMap(
    (rule) => [...spansOf(text, rule)],
  );
}

/** Whether a whole piece between separators is a name: what stands beside a phone number or an address. */
export function isEnglishName(piece: string): boolean {
  return new RegExp(`^${WORD}(?:\\s${PARTICLE}${WORD}){1,2}$`, 'u').test(piece) && isIntroduced(piece);
}
