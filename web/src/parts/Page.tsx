import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';

interface Crumb {
  label: string;
  to: LinkProps['to'];
  params?: LinkProps['params'];
  search?: LinkProps['search'];
}

interface PageProps {
  title: string;
  crumbs?: Crumb[];
  /** Before the title: what it is about, as a picture. */
  icon?: ReactNode;
  /** Beside the title: a state. */
  badge?: ReactNode;
  /** Below the title: one line. */
  sub?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: its place, its one h1, its actions, and the rest. Takes the focus when it is come to. */
export function Page({ title, crumbs, icon, badge, sub, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Postern`;
  }, [title]);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      {crumbs && (
        <nav className="crumbs" aria-label="Breadcrumb">
          {crumbs.map((crumb) => (
            <span key={crumb.label} className="row">
              <Link to={crumb.to} params={crumb.params as never} search={crumb.search as never}>
                {crumb.label}
              </Link>
              <span aria-hidden>/</span>
            </span>
          ))}
        </nav>
      )}
      <div className="page-head">
        <div className="page-head-lead">
          {icon}
          <div className="page-head-words">
            <div className="row wrap">
              <h1 ref={heading} tabIndex={-1}>
                {title}
              </h1>
              {badge}
            </div>
            {sub && <div className="page-head-sub">{sub}</div>}
          </div>
        </div>
        {actions && <div className="row wrap">{actions}</div>}
      </div>
      {children}
    </>
  );
}
