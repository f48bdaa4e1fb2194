import { useTexts } from '../../../ui/locale.tsx';
import type { Option, OptionGroup } from './options-of.ts';
import styles from './search.module.css';
import { searchTexts } from './search-texts.ts';

type Props = {
  id: string;
  groups: readonly OptionGroup[];
  /** Why nothing could be looked for. */
  problem: string | undefined;
  toList: Option;
  active: string | undefined;
  onChoose: (option: Option) => void;
};

/** What was found, in groups, with the way to the list of cases below. The focus stays in the box. */
export function Results({ id, groups, problem, toList, active, onChoose }: Props) {
  const t = useTexts(searchTexts);
  const count = groups.reduce((sum, { options }) => sum + options.length, 0);
  const said = problem ?? (count === 0 ? t.none : t.found(count));
  return (
    <div className={styles.results}>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {count === 0 && <p className={styles.none}>{said}</p>}
      <div id={`${id}-results`} role="listbox" aria-label={t.results}>
        {groups.map(({ key, title, options }) => (
          <div key={key} role="group" aria-labelledby={`${id}-${key}`}>
            <p id={`${id}-${key}`} className={styles.title}>
              {title}
            </p>
            {options.map((option) => (
              <Line key={option.key} id={id} option={option} active={active} onChoose={onChoose} />
            ))}
          </div>
        ))}
        <Line id={id} option={toList} active={active} onChoose={onChoose} />
      </div>
    </div>
  );
}

type LineProps = Pick<Props, 'id' | 'active' | 'onChoose'> & { option: Option };

function Line({ id, option, active, onChoose }: LineProps) {
  return (
    <div
      id={`${id}-${option.key}`}
      role="option"
      tabIndex={-1}
      aria-selected={option.key === active}
      className={styles.option}
      // Before the box loses the focus, which would take the results away.
      onMouseDown={(event) => {
        event.preventDefault();
        onChoose(option);
      }}
    >
      <span>{option.label}</span>
      {option.detail && <span className={styles.detail}>{option.detail}</span>}
    </div>
  );
}
