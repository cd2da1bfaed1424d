import type { OneTimeLink } from '../../../lib/domain/access.ts';
import { fill } from '../../words/words.ts';
import { moment } from '../shell/say.ts';
import { ShowOnce } from '../shell/show-once.tsx';
import { w } from './words.ts';

type ShowLinkProps = { name: string; link: OneTimeLink; onClose: () => void };

/** The ticket stands in the fragment, which is sent to no server and kept in no log. */
const addressOf = ({ ticket }: OneTimeLink): string => `${location.origin}${location.pathname}#/sign-in/${ticket}`;

export function ShowLink({ name, link, onClose }: ShowLinkProps) {
  const say = w.value;
  return (
    <ShowOnce
      title={fill(say.linkTitle, { name })}
      lead={fill(say.linkLead, { until: moment(link.expiresAt) })}
      label={say.linkLabel}
      value={addressOf(link)}
      testId="one-time-link"
      onClose={onClose}
    />
  );
}
