import { Select, type SelectProps } from '@mantine/core';
import type { Role } from '../../api/session';
import { upTo } from './roles';
import styles from './team.module.css';

interface RoleSelectProps extends Omit<SelectProps, 'data' | 'renderOption' | 'value' | 'onChange'> {
  value?: Role;
  onChange?: (role: Role) => void;
  /** The most that can be chosen. */
  most?: Role;
}

/** Chooses a role, and says what each may do. */
export const RoleSelect = ({ most = 'admin', onChange, ...more }: RoleSelectProps) => (
  <Select
    comboboxProps={{ width: 300, position: 'bottom-start' }}
    data={upTo(most).map(({ value, label }) => ({ value, label }))}
    renderOption={({ option }) => (
      <span>
        {option.label}
        <span className={styles.option}>{upTo(most).find(({ value }) => value === option.value)?.text}</span>
      </span>
    )}
    onChange={(role) => role && onChange?.(role as Role)}
    {...more}
  />
);
