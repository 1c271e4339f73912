import { Link } from '@tanstack/react-router';
import { TOLD } from '../told';
import classes from './browse.module.css';
import { RECIPES } from './recipes';

/** What integrations are good for; each leads to the connectors that can do it. */
export const Recipes = () => (
  <section aria-labelledby="recipes" className={classes['section']}>
    <h2 id="recipes">What do you want to do?</h2>
    <div className={classes['recipes']}>
      {RECIPES.map(({ kind, title, text, notify }) => {
        const Icon = TOLD[kind]!.icon;
        return (
          <Link
            key={kind}
            to="/integrations"
            search={{ event: kind, ...(notify && { notify }) } as never}
            className={`card ${classes['recipe']}`}
          >
            <span className="kind">
              <Icon size={16} aria-hidden />
            </span>
            <span>
              <h3>{title}</h3>
              <span className="dimmed small">{text}</span>
            </span>
          </Link>
        );
      })}
    </div>
  </section>
);
