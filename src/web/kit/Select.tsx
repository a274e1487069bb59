import type { ReactNode } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue, Text } from 'react-aria-components';

export interface Option {
  readonly id: string;
  readonly text: string;
  readonly lang?: string;
}

interface SelectProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string | null;
  onChange(id: string): void;
  readonly help?: ReactNode;
  readonly placeholder?: string;
  readonly disabled?: boolean;
}

export function Select({ label, options, value, onChange, help, placeholder, disabled = false }: SelectProps) {
  return (
    <AriaSelect className="field" value={value} onChange={(key) => { if (key !== null) onChange(String(key)); }} isDisabled={disabled}
      {...(placeholder === undefined ? {} : { placeholder })}>
      <Label className="field-label">{label}</Label>
      {help === undefined ? null : <Text slot="description" className="field-help">{help}</Text>}
      <Button className="input select-button"><SelectValue /><span className="select-mark" aria-hidden="true" /></Button>
      <Popover className="popover">
        <ListBox className="listbox" items={options}>
          {(option: Option) => <ListBoxItem className="option" id={option.id} textValue={option.text}><span lang={option.lang}>{option.text}</span></ListBoxItem>}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
