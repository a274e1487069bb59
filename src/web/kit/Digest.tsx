/**
 * A SHA-256 in groups of four that can be read aloud and compared. The groups are set apart by space
 * only: what is copied is the digest itself.
 */
export function Digest({ value, short = false }: { value: string; short?: boolean }) {
  const groups = value.match(/.{1,4}/g) ?? [];
  const shown = short ? groups.slice(0, 3) : groups;
  return (
    <bdi dir="ltr" className="digest" data-short={short || undefined} title={short ? value : undefined}>
      {shown.map((group, index) => <span key={index}>{group}{short ? null : <wbr />}</span>)}
      {short ? <span aria-hidden="true">…</span> : null}
    </bdi>
  );
}
