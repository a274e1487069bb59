import { useEffect, useRef, useState, type RefObject } from 'react';

/** True from the moment the element at the end of the text has been on the screen. */
export function useReachedEnd(): { readonly end: RefObject<HTMLDivElement | null>; readonly reached: boolean } {
  const end = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState(false);
  useEffect(() => {
    if (end.current === null || reached) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setReached(true);
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [reached]);
  return { end, reached };
}
