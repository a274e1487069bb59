import { Label, Radio, RadioGroup } from 'react-aria-components';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  onChange(id: string): void;
  readonly options: readonly { readonly id: string; readonly text: string; readonly lang?: string }[];
}

/** One of a few, all in sight. */
export function Choice({ label, value, onChange, options }: ChoiceProps) {
  return (
    <RadioGroup className="field choice" value={value} onChange={onChange}>
      <Label className="field-label">{label}</Label>
      {options.map((option) => (
        <Radio key={option.id} value={option.id} className="radio">
          <span className="radio-dot" aria-hidden="true" />
          <span lang={option.lang}>{option.text}</span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
