/** An action that says why when it cannot be taken: the reason stands beside it, not in a tooltip. */
import { useId, type ReactNode } from 'react';
import { Button, ButtonLink } from '../../../web/kit/Button.tsx';
import { useWhy } from './why.ts';
import type { Permission } from './permission.ts';

interface ActionProps {
  readonly permission: Permission;
  readonly children: ReactNode;
  readonly weight?: 'primary' | 'plain' | 'quiet';
  /** A page, or an act on this one. */
  readonly href?: string;
  onPress?(): void;
  readonly pending?: boolean;
}

export function Action({ permission, children, weight = 'plain', href, onPress, pending = false }: ActionProps) {
  const reason = useId();
  const why = useWhy();
  if (!permission.offered) return null;
  if (permission.refusal !== undefined) {
    return (
      <span className="action-refused">
        <Button weight={weight} isDisabled aria-describedby={reason}>{children}</Button>
        <span id={reason} className="action-why">{why(permission.refusal)}</span>
      </span>
    );
  }
  if (href !== undefined) return <ButtonLink weight={weight} href={href}>{children}</ButtonLink>;
  return <Button weight={weight} isPending={pending} onPress={() => onPress?.()}>{children}</Button>;
}
