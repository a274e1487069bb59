import { useEffect, useState } from 'react';
import { useKnows, useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { textState } from '../views.ts';
import { isFiltered, withFilter, type Filters } from './filters.ts';
import { textKinds } from './kinds.ts';

const TYPING_PAUSE_MS = 250;

interface FiltersProps {
  readonly filters: Filters;
  onChange(filters: Filters): void;
}

export function TextFilters({ filters, onChange }: FiltersProps) {
  const say = useSay();
  const knows = useKnows();
  const kinds = filters.kind === undefined || textKinds.includes(filters.kind) ? textKinds : [...textKinds, filters.kind];
  return (
    <search className="text-filters">
      <SearchField filters={filters} onChange={onChange} />
      <Select label={say('texts.filter.state')} value={filters.state ?? 'any'} onChange={(id) => onChange(withFilter(filters, 'state', id === 'any' ? '' : id))}
        options={[{ id: 'any', text: say('texts.filter.any-state') }, ...textState.options.map((state) => ({ id: state, text: say(`texts.state.${state}`) }))]} />
      <Select label={say('texts.filter.kind')} value={filters.kind ?? 'any'} onChange={(id) => onChange(withFilter(filters, 'kind', id === 'any' ? '' : id))}
        options={[{ id: 'any', text: say('texts.filter.any-kind') }, ...kinds.map((kind) => ({ id: kind, text: knows(`texts.kind.${kind}`) ? say(`texts.kind.${kind}`) : kind }))]} />
      {isFiltered(filters) ? <Button weight="quiet" onPress={() => onChange({})}>{say('texts.filter.clear')}</Button> : null}
    </search>
  );
}

/** The address follows after a short pause, so that typing does not fill the history with letters. */
function SearchField({ filters, onChange }: FiltersProps) {
  const say = useSay();
  const stated = filters.q ?? '';
  const [typed, setTyped] = useState(stated);
  const [known, setKnown] = useState(stated);
  if (known !== stated) {
    setKnown(stated);
    if (stated !== typed.trim()) setTyped(stated);
  }
  useEffect(() => {
    if (typed.trim() === stated) return undefined;
    const timer = setTimeout(() => onChange(withFilter(filters, 'q', typed.trim())), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, stated, filters, onChange]);
  return <Field label={say('texts.filter.search')} type="search" value={typed} onChange={setTyped} maxLength={200} />;
}
