import styles from './Tile.module.css';

interface TileProps {
  /** As the catalogue has it; nothing while it is not known yet, or not any more. */
  icon: { letters: string; color: string } | undefined;
  size?: number;
}

/** A connector's monogram. Its name stands beside it. */
export const Tile = ({ icon, size = 32 }: TileProps) => (
  <span
    className={styles['tile']}
    aria-hidden
    data-unknown={!icon || undefined}
    style={{
      width: size,
      height: size,
      borderRadius: Math.round(size / 4),
      fontSize: Math.round(size * (size < 24 ? 0.5 : 0.42)),
      backgroundColor: icon?.color,
    }}
  >
    {icon?.letters}
  </span>
);
