export const Team = () => null;
export const Keys = () => null;
export const Account = () => null;
