import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { directionOf, type Language } from '../../kernel/language.ts';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
  readonly help?: ReactNode;
  /** A sentence; shown under the field and read with it. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  /** Language of what is written: sets script direction and the browser's spelling help. */
  readonly lang?: Language;
  readonly rows?: number;
  readonly type?: 'text' | 'date' | 'search';
  readonly name?: string;
  readonly autoFocus?: boolean;
}

/** One line of text, or several with `rows`. Limits come from the contract's schema. */
export function Field({ label, value, onChange, help, error, required = false, disabled = false, maxLength, lang, rows, type = 'text', name, autoFocus = false }: FieldProps) {
  const script = lang === undefined ? {} : { lang, dir: directionOf(lang) };
  const limit = maxLength === undefined ? {} : { maxLength };
  return (
    <TextField className="field" value={value} onChange={onChange} isInvalid={error !== undefined} isRequired={required}
      isDisabled={disabled} validationBehavior="aria" autoFocus={autoFocus} {...limit} {...(name === undefined ? {} : { name })}>
      <Label className="field-label">{label}</Label>
      {help === undefined ? null : <Text slot="description" className="field-help">{help}</Text>}
      {rows === undefined ? <Input className="input" type={type} {...script} /> : <TextArea className="input" rows={rows} {...script} />}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}

export function Checkbox({ label, selected, onChange, disabled = false }: { label: ReactNode; selected: boolean; onChange(selected: boolean): void; disabled?: boolean }) {
  return (
    <AriaCheckbox className="checkbox" isSelected={selected} onChange={onChange} isDisabled={disabled}>
      <span className="checkbox-box" aria-hidden="true" />
      <span>{label}</span>
    </AriaCheckbox>
  );
}
