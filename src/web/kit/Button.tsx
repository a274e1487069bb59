import type { ReactNode } from 'react';
import { Button as AriaButton, Link as AriaLink, type ButtonProps, type LinkProps } from 'react-aria-components';
import { useSay } from '../i18n/Language.tsx';

/** `primary`: the one thing this page asks for; `plain`: everything else; `quiet`: looks like a link. */
type Weight = 'primary' | 'plain' | 'quiet';

/** While `isPending` it keeps its place and focus and says that work goes on. */
export function Button({ weight = 'plain', children, ...props }: Omit<ButtonProps, 'children' | 'className'> & { weight?: Weight; children: ReactNode }) {
  const say = useSay();
  return (
    <AriaButton {...props} className="button" data-weight={weight}>
      {props.isPending === true ? <span role="status">{say('kit.working')}</span> : children}
    </AriaButton>
  );
}

/** A link inside the application (client-side) or, with a full address or `download`, out of it. */
export function Link({ children, ...props }: Omit<LinkProps, 'children' | 'className'> & { children: ReactNode }) {
  return <AriaLink {...props} className="link">{children}</AriaLink>;
}

/** A link that looks like a button: where the next step is a page, not an act. */
export function ButtonLink({ weight = 'plain', children, ...props }: Omit<LinkProps, 'children' | 'className'> & { weight?: Weight; children: ReactNode }) {
  return <AriaLink {...props} className="button" data-weight={weight}>{children}</AriaLink>;
}
