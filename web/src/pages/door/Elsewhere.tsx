import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LogIn } from 'lucide-react';
import { base } from '../../api/client';

interface ElsewhereProps {
  /** What people call the service. */
  name: string;
  /** Where to go afterwards. */
  goal: string;
  /** Whether another way stands above it. */
  isSecond: boolean;
}

/** Leads to the service that people sign in with. */
export const Elsewhere = ({ name, goal, isSecond }: ElsewhereProps) => (
  <Button
    component="a"
    href={`${base}api/session/oidc?return=${encodeURIComponent(goal)}`}
    variant={isSecond ? 'default' : 'filled'}
    fullWidth
    leftSection={<LogIn size={16} aria-hidden />}
  >
    Sign in with {name}
  </Button>
);

/** The way on for who has no link any more. */
export const ToSignIn = () => (
  <Button variant="default" fullWidth renderRoot={(props) => <Link to="/login" {...props} />}>
    Go to sign in
  </Button>
);
