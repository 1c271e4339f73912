import { categoryName } from '../../../words/categories';
import classes from './browse.module.css';

interface CategoriesProps {
  of: { id: string; count: number }[];
  /** How many fit in all. */
  all: number;
  value: string;
  change: (value: string) => void;
}

/** One of the categories, or all, with how many fit. */
export function Categories({ of, all, value, change }: CategoriesProps) {
  const choices = [{ id: '', count: all }, ...of];
  return (
    <div className={classes['categories']} role="radiogroup" aria-label="Category">
      {choices.map(({ id, count }) => (
        <label key={id} className={classes['category']} data-none={count === 0 || undefined}>
          <input type="radio" name="category" value={id} checked={value === id} onChange={() => change(id)} />
          {id === '' ? 'All' : categoryName(id)} <span className="number">{count}</span>
        </label>
      ))}
    </div>
  );
}
