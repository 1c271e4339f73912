import { Link } from '@tanstack/react-router';
import { ArrowRight, Inbox, Library, type LucideIcon } from 'lucide-react';
import { Door } from './Door';
import styles from './door.module.css';

const STEPS: { to: '/collections' | '/inbox'; icon: LucideIcon; title: string; text: string }[] = [
  {
    to: '/collections',
    icon: Library,
    title: 'Import a collection',
    text: 'From Postman, OpenAPI, Insomnia, Bruno, HAR or cURL',
  },
  {
    to: '/inbox',
    icon: Inbox,
    title: 'Make an inbox and a first webhook',
    text: 'A URL of this server that shows what arrives at it',
  },
];

/** Where a new team begins. */
export const FirstSteps = () => (
  <Door title="You are in" sub="What first?">
    <div className="stack" style={{ gap: 10 }}>
      {STEPS.map(({ to, icon: Icon, title, text }) => (
        <Link key={to} to={to} className={styles.step}>
          <span className="kind" aria-hidden>
            <Icon size={16} />
          </span>
          <span style={{ flex: 1, minWidth: 0 }}>
            <span className={styles.title}>{title}</span>
            <span className={styles.text}>{text}</span>
          </span>
          <ArrowRight size={16} aria-hidden />
        </Link>
      ))}
      <Link to="/" className={`link ${styles.skip}`}>
        Look around first
      </Link>
    </div>
  </Door>
);
