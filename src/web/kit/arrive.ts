import { useEffect } from 'react';
import { useLocation } from '@tanstack/react-router';

/**
 * Goes to the element that the address names (`#id`) once its page has been read: the browser itself
 * looks for it too early, before there is anything to go to. It gets the focus and is marked.
 */
export function useArriveAtHash(ready: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (!ready || hash === '') return undefined;
    const place = document.getElementById(decodeURIComponent(hash));
    if (place === null) return undefined;
    place.dataset.arrived = '';
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: 'center' });
    return () => void delete place.dataset.arrived;
  }, [ready, hash]);
}
